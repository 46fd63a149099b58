import { BEHAVIOURS } from './behaviours.js';
import type { OutcomeReport } from './outcome-report.js';
import { type BehaviourOutcome, runBehaviour } from './run-behaviours.js';
import { openWorld } from './world/open-world.js';

/** Runs the behaviours whose ids begin with one of the prefixes (all without any) on a network of its own. */
export async function runSuite(kind: string | undefined, prefixes: readonly string[], onOutcome: (outcome: BehaviourOutcome) => void): Promise<OutcomeReport> {
  const chosen = BEHAVIOURS.filter(({ id }) => prefixes.length === 0 || prefixes.some((prefix) => id.startsWith(prefix)));
  const { world, close } = await openWorld(kind);
  const outcomes: BehaviourOutcome[] = [];
  try {
    for (const behaviour of chosen) {
      const outcome = await runBehaviour(behaviour, world);
      outcomes.push(outcome);
      onOutcome(outcome);
    }
  } finally {
    await close();
  }
  return { network: world.network.kind, outcomes };
}

/** One line per behaviour, with the reason where it did not pass. */
export function lineOf({ outcome, id, milliseconds, reason }: BehaviourOutcome): string {
  const why = reason === undefined ? '' : `\n  ${reason.replaceAll('\n', '\n  ')}`;
  return `${outcome.padEnd(7)} ${id} (${milliseconds} ms)${why}\n`;
}
