import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BEHAVIOURS } from './behaviours.js';
import { type BehaviourOutcome, runBehaviour } from './run-behaviours.js';
import { openWorld } from './world/open-world.js';

// Runs the behaviours on one network: node main.js [--network embedded|fabric] [--only id-prefix]... [--out file.json]
// Prints a line per behaviour and ends with 1 where one failed.

function option(name: string): readonly string[] {
  return process.argv.flatMap((argument, index) => (argument === name ? [process.argv[index + 1] ?? ''] : []));
}

const only = option('--only');
const chosen = BEHAVIOURS.filter(({ id }) => only.length === 0 || only.some((prefix) => id.startsWith(prefix)));
const { world, close } = await openWorld(option('--network')[0]);
const outcomes: BehaviourOutcome[] = [];
try {
  for (const behaviour of chosen) {
    const outcome = await runBehaviour(behaviour, world);
    outcomes.push(outcome);
    process.stdout.write(`${outcome.outcome.padEnd(7)} ${outcome.id} (${outcome.milliseconds} ms)${outcome.reason === undefined ? '' : `\n  ${outcome.reason.replaceAll('\n', '\n  ')}`}\n`);
  }
} finally {
  await close();
}
const [out] = option('--out');
if (out !== undefined) {
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, `${JSON.stringify({ network: world.network.kind, outcomes }, undefined, 2)}\n`);
}
const count = (kind: BehaviourOutcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === kind).length;
process.stdout.write(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped on the ${world.network.kind} network\n`);
process.exit(count('failed') === 0 ? 0 : 1);
