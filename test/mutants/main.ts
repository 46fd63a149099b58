import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Guard } from './guards.js';
import { instrumentedCopy } from './instrumented-copy.js';
import { Reach } from './reach.js';
import { reportOf, summaryOf, type Verdict } from './report.js';
import { OUT_OF_TIME, UnitTests } from './unit-tests.js';
import { WorkerProcess } from './worker-process.js';

// Disables each guard of the embedded network in turn and shows which conformance behaviour (or, failing that, which unit
// test) notices: node main.js [--only file-prefix] [--without-units]
// Survivors are listed and counted: in .medaccord/mutants.json, and after a whole run in REPORT.md beside this file's source.

const WORKERS = 2;
const BASELINE_LIMIT_MS = 900_000;
const MUTANT_LIMIT_MS = 600_000;
/** Behaviours to try for a short cut that is taken nearly everywhere; the quickest first. */
const MOST_FOR_SHORT_CUTS = 60;

const root = join(import.meta.dirname, '..', '..', '..');
const argument = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const only = argument('--only') ?? '';
const withUnits = !process.argv.includes('--without-units');

/** What is tried: the tree may move on while it runs. */
const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const copy = await instrumentedCopy(root);
const workers = Array.from({ length: WORKERS }, () => new WorkerProcess(copy.directory));
const units = new UnitTests(copy.directory);
const verdicts: Verdict[] = [];
try {
  const reach = await baseline();
  if (withUnits) {
    await units.learn();
  }
  const waiting = copy.guards.filter(({ file }) => file.startsWith(only));
  process.stdout.write(`${waiting.length} guards; a line for each\n`);
  await Promise.all(workers.map(async (worker) => {
    for (let guard = waiting.shift(); guard !== undefined; guard = waiting.shift()) {
      const verdict = await judge(guard, reach, worker);
      verdicts.push(verdict);
      process.stdout.write(`${lineOf(verdict)}\n`);
    }
  }));
} finally {
  await Promise.all(workers.map((worker) => worker.stop()));
  await copy.remove();
}
await report();

/** Which guards decide anything in which behaviour. Only these behaviours can notice when the guard is off. */
async function baseline(): Promise<Reach> {
  const [first] = workers;
  if (first === undefined) {
    throw new Error('no worker');
  }
  const behaviours = await first.behaviours();
  const { runs, caughtBy, reason } = await first.run({ behaviours }, BASELINE_LIMIT_MS);
  if (caughtBy !== undefined) {
    throw new Error(`without any mutant, ${caughtBy} fails: ${reason ?? ''}`);
  }
  const reach = new Reach(runs);
  const again = await first.run({ behaviours, usual: reach.usual }, BASELINE_LIMIT_MS);
  if (again.caughtBy !== undefined) {
    throw new Error(`without any mutant, ${again.caughtBy} does not do the same twice: ${again.reason ?? ''}`);
  }
  return reach;
}

async function judge(guard: Guard, reach: Reach, worker: WorkerProcess): Promise<Verdict> {
  const reached = reach.behavioursOf(guard.id);
  const behaviours = guard.shortCut === undefined ? reached : reached.slice(0, MOST_FOR_SHORT_CUTS);
  if (behaviours.length > 0) {
    const { caughtBy } = await worker.run({ off: guard.id, behaviours, usual: reach.usual }, MUTANT_LIMIT_MS);
    if (caughtBy !== undefined) {
      return { guard, by: 'conformance', test: caughtBy };
    }
  }
  const test = withUnits ? await units.noticing(guard) : undefined;
  if (test !== undefined) {
    return { guard, by: test === OUT_OF_TIME ? 'time' : 'unit test', test };
  }
  return { guard, by: behaviours.length > 0 ? 'nothing' : 'nothing: never decides' };
}

function lineOf({ guard, by, test }: Verdict): string {
  const place = `${guard.file.replace(/\.js$/, '')}:${guard.line}`;
  return `${test === undefined ? 'SURVIVED' : 'caught  '} ${place}  ${guard.text}  <- ${test === undefined ? by : test}`;
}

async function report(): Promise<void> {
  verdicts.sort((a, b) => a.guard.id - b.guard.id);
  await mkdir(join(root, '.medaccord'), { recursive: true });
  await writeFile(join(root, '.medaccord', 'mutants.json'), `${JSON.stringify(verdicts, undefined, 2)}\n`);
  if (only === '' && withUnits) {
    await writeFile(join(root, 'test', 'mutants', 'REPORT.md'), reportOf(verdicts, commit, new Date().toISOString().slice(0, 10)));
  }
  process.stdout.write(`${summaryOf(verdicts)}\n`);
}
