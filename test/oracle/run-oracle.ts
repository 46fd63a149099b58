import { isDeepStrictEqual } from 'node:util';
import { peopleOf } from '../demo/people.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { DEMO_FACILITY, DEMO_GROUP } from '../fixtures/demo-registry.js';
import { startStoryStack } from '../scenarios/story-stack.js';
import { excludedNpis, restriction, worldClinicians } from './clinicians.js';
import { Product } from './product.js';
import { runPython } from './python.js';
import type { AnswerKey, World, WorldClaim } from './world.js';

/** One decision on which the two implementations differ. */
export interface Difference {
  readonly decision: string;
  readonly claim?: WorldClaim | undefined;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** What a run found; `unsupported` are decisions that the oracle does not answer. */
export interface OracleRun {
  readonly matched: number;
  readonly unsupported: number;
  readonly differences: readonly Difference[];
  readonly fired: Readonly<Record<string, number>>;
  /** Totals of benefit years that were compared at the end; they are among the matched. */
  readonly totals: number;
  readonly mutants: number;
  /** Constants of the answer key's rules that can be changed without a difference. */
  readonly unnoticed: readonly string[];
}

/** How much is generated. */
export interface OracleRequest {
  readonly seed: number;
  readonly claims: number;
  /** Changes each constant of the answer key in turn and tells which of them nothing notices. */
  readonly mutants?: boolean;
}

/** Generates a world, tells its story to a whole stack, and compares what was committed with the answer key. */
export async function runOracle({ seed, claims, mutants = false }: OracleRequest): Promise<OracleRun> {
  const dates = demoDates(new Date().toISOString().slice(0, 10));
  const input = {
    seed, claims, today: dates.today, clinicians: worldClinicians(dates), excluded: excludedNpis(dates), billing: { entity: 'organisation', ...DEMO_GROUP }, facility: DEMO_FACILITY.npi,
    suspension: dates.suspensionEffective, restriction: restriction(dates),
  };
  const world = await runPython<World>('generate.py', input);
  const stack = await startStoryStack();
  try {
    const product = new Product(peopleOf(stack.endpoints), dates, world);
    await product.prepare();
    for (const step of world.steps) await product.run(step);
    return compare(world, product, await product.totals(), await runPython<AnswerKey>('oracle.py', { world, received: product.received, mutants }));
  } finally {
    await stack.stop();
  }
}

function compare(world: World, product: Product, totals: Readonly<Record<string, number>>, key: AnswerKey): OracleRun {
  const claims = new Map(world.steps.flatMap((step) => (step.kind === 'claims' ? step.claims.map((claim) => [claim.number, claim] as const) : [])));
  const decisions = [...new Set([...Object.keys(product.answers), ...Object.keys(key.answers)])];
  const unsupported = decisions.filter((decision) => key.answers[decision] === undefined).length;
  const differences = decisions.flatMap((decision): Difference[] => {
    const [expected, actual] = [key.answers[decision], product.answers[decision]];
    return expected === undefined || isDeepStrictEqual(expected, actual) ? [] : [{ decision, claim: claims.get(decision.split(' ')[1] ?? ''), expected, actual }];
  });
  const remittances = key.remittances.map((expected, index) => ({ expected, actual: product.remittances[index] }));
  const wrong = remittances.flatMap(({ expected, actual }, index): Difference[] => (isDeepStrictEqual(expected, actual) ? [] : [{ decision: `remittance ${index + 1}`, expected, actual }]));
  const off = Object.entries(totals).flatMap(([leaf, actual]): Difference[] => (actual === key.totals[leaf] ? [] : [{ decision: `total ${leaf}`, expected: key.totals[leaf], actual }]));
  const compared = Object.keys(totals).length;
  const matched = decisions.length - unsupported - differences.length + remittances.length - wrong.length + compared - off.length;
  return { matched, unsupported, differences: [...differences, ...wrong, ...off], fired: key.fired, totals: compared, mutants: key.mutants ?? 0, unnoticed: key.unnoticed ?? [] };
}
