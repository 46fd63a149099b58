import { join } from 'node:path';
import { Command } from 'commander';
import { startEmbeddedLedger } from './embedded-ledger.js';
import { consortiumFile, stateDirectory } from './house.js';
import { isAlive, stopProcesses } from './managed-process.js';
import { wellKnownPorts } from './ports.js';
import { startStack } from './stack.js';
import { readStackRecord, removeStackRecord, type StackRecord } from './stack-file.js';
import { printEndpoints, printReadiness } from './welcome.js';

const embeddedDirectory = join(stateDirectory, 'up');
const clockIntervalSeconds = 120;

const program = new Command('medaccord').description('Starts, shows and stops the MedAccord stack on this machine.');

program
  .command('up')
  .description('start the embedded network, gateways and identity provider and leave them running')
  .action(async () => {
    const running = await runningStack(embeddedDirectory);
    if (running !== undefined) {
      say('It is running already.');
      printEndpoints(running.endpoints);
      return;
    }
    const stack = await startStack({
      consortiumFile,
      directory: embeddedDirectory,
      ports: wellKnownPorts,
      startLedger: startEmbeddedLedger,
      clockIntervalSeconds,
      progress: (what) => {
        say(`starting ${what}…`);
      },
    });
    printEndpoints(stack.endpoints);
  });

program
  .command('down')
  .description('stop what `up` started; its data stays')
  .action(async () => {
    const record = await readStackRecord(embeddedDirectory);
    if (record === undefined) {
      say('Nothing is running.');
      return;
    }
    await stopProcesses(record.processes.toReversed());
    await removeStackRecord(embeddedDirectory);
    say(`Stopped ${record.processes.length} processes. The ledger stays in ${embeddedDirectory}.`);
  });

program
  .command('status')
  .description('show what runs and whether it is ready')
  .action(async () => {
    const record = await runningStack(embeddedDirectory);
    if (record === undefined) {
      say('Nothing is running. `make up` starts it.');
      process.exitCode = 1;
      return;
    }
    for (const { name, pid } of record.processes) say(`${isAlive(pid) ? 'runs ' : 'ended'}  ${name} (${pid})`);
    await printReadiness(record.endpoints);
  });

/** The stack that an earlier command left, where any of it is still alive. */
async function runningStack(directory: string): Promise<StackRecord | undefined> {
  const record = await readStackRecord(directory);
  return record?.processes.some(({ pid }) => isAlive(pid)) === true ? record : undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`medaccord: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
