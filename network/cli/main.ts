import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { startEmbeddedLedger } from './embedded-ledger.js';
import { startFabricLedger, stopFabricLedger } from './fabric-ledger.js';
import { consortiumFile, stateDirectory } from './house.js';
import { isAlive, stopProcesses } from './managed-process.js';
import { wellKnownPorts } from './ports.js';
import { startStack, type StartLedger } from './stack.js';
import { readStackRecord, removeStackRecord, type StackRecord } from './stack-file.js';
import { printEndpoints, printReadiness } from './welcome.js';

const embeddedDirectory = join(stateDirectory, 'up');
const fabricStackDirectory = join(stateDirectory, 'fabric-up');
const clockIntervalSeconds = 120;

const program = new Command('medaccord').description('Starts, shows and stops the MedAccord stack on this machine.');

program
  .command('up')
  .description('start the embedded network, gateways and identity provider and leave them running')
  .action(() => up(embeddedDirectory, startEmbeddedLedger));

program
  .command('down')
  .description('stop what `up` started; its data stays')
  .action(() => down(embeddedDirectory));

program
  .command('fabric-up')
  .description('the same stack on real Fabric')
  .action(() => up(fabricStackDirectory, startFabricLedger));

program
  .command('fabric-down')
  .description('stop the stack on real Fabric; its data stays')
  .action(async () => {
    await down(fabricStackDirectory);
    await stopFabricLedger(fabricStackDirectory, { reset: false });
  });

program
  .command('fabric-reset')
  .description('stop the stack on real Fabric and delete its data')
  .action(async () => {
    await down(fabricStackDirectory);
    await stopFabricLedger(fabricStackDirectory, { reset: true });
    await rm(fabricStackDirectory, { recursive: true, force: true });
  });

program
  .command('status')
  .description('show what runs and whether it is ready')
  .action(async () => {
    const records = await Promise.all([embeddedDirectory, fabricStackDirectory].map(runningStack));
    const running = records.filter((record) => record !== undefined);
    if (running.length === 0) {
      say('Nothing is running. `make up` starts it, on real Fabric `make fabric-up`.');
      process.exitCode = 1;
    }
    for (const { processes, endpoints } of running) {
      say(`network: ${endpoints.network}`);
      for (const { name, pid } of processes) say(`${isAlive(pid) ? 'runs ' : 'ended'}  ${name} (${pid})`);
      await printReadiness(endpoints);
    }
  });

async function up(directory: string, startLedger: StartLedger): Promise<void> {
  const running = await runningStack(directory);
  if (running !== undefined) {
    say('It is running already.');
    printEndpoints(running.endpoints);
    return;
  }
  const progress = (what: string): void => {
    say(`starting ${what}…`);
  };
  const begun = performance.now();
  const { endpoints } = await startStack({ consortiumFile, directory, ports: wellKnownPorts, startLedger, clockIntervalSeconds, progress });
  await copyFile(join(directory, 'endpoints.json'), join(stateDirectory, 'endpoints.json'));
  say(`Ready in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  printEndpoints(endpoints);
}

async function down(directory: string): Promise<void> {
  const record = await readStackRecord(directory);
  if (record === undefined) {
    say('Nothing is running.');
    return;
  }
  await stopProcesses(record.processes.toReversed());
  await removeStackRecord(directory);
  say(`Stopped ${record.processes.length} processes. What they recorded stays in ${directory}.`);
}

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
