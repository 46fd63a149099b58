import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consortiumFile, freePorts, startEmbeddedLedger, startStack, stateDirectory, type StackEndpoints } from '@medaccord/network/cli';
import { runAnyFile } from './any-file.js';
import type { DemoFacts } from './facts.js';
import { runMainJob } from './main-job.js';
import { tablesOf } from './tables.js';

const directory = join(stateDirectory, 'demo');
const resultFile = join(stateDirectory, 'demo-result.json');

const { values } = parseArgs({ options: { file: { type: 'string' }, enroll: { type: 'boolean', default: false } } });

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(endpoints: StackEndpoints): Promise<DemoFacts> {
  const tell = (step: string): void => {
    say(`• ${step}`);
  };
  if (values.file === undefined) return runMainJob(endpoints, tell);
  return runAnyFile(endpoints, { name: values.file, content: await readFile(values.file), enroll: values.enroll }, tell);
}

async function demo(): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const stack = await startStack({
    consortiumFile,
    directory,
    ports: freePorts,
    startLedger: startEmbeddedLedger,
    clockIntervalSeconds: 0,
    progress: (what) => {
      say(`starting ${what}…`);
    },
  });
  const interrupted = (): void => {
    void stack.stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const facts = await run(stack.endpoints);
    await writeFile(resultFile, JSON.stringify(facts, undefined, 2));
    say('');
    say(tablesOf(facts));
    say('');
    say(`The same facts are in ${resultFile}. This took ${facts.seconds.toFixed(1)} s after the start.`);
  } finally {
    await stack.stop();
  }
}

try {
  await demo();
} catch (error) {
  process.stderr.write(`medaccord: the demo failed: ${error instanceof Error ? error.message : String(error)}\nLogs are in ${join(directory, 'logs')}\n`);
  process.exitCode = 1;
}
