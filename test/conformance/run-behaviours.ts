import type { Behaviour, Observation } from './behaviour.js';
import type { World } from './world/world.js';

/** What became of one behaviour on one network. */
export interface BehaviourOutcome {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** The failure, or why it was skipped. */
  readonly reason?: string;
  readonly observed?: Observation;
  readonly milliseconds: number;
}

/** A behaviour that takes longer has failed. */
const LIMIT_MS = 120_000;

/** Runs one behaviour; never throws. */
export async function runBehaviour(behaviour: Behaviour, world: World, limitMs = LIMIT_MS): Promise<BehaviourOutcome> {
  const { id, needs } = behaviour;
  const missing = needs.filter((capability) => !world.network.capabilities.has(capability));
  if (missing.length > 0) {
    return { id, outcome: 'skipped', reason: `the ${world.network.kind} network cannot: ${missing.join(', ')}`, milliseconds: 0 };
  }
  const start = performance.now();
  const elapsed = (): number => Math.round(performance.now() - start);
  try {
    const observed = await within(limitMs, behaviour.run(world));
    return { id, outcome: 'passed', ...(observed === undefined ? {} : { observed }), milliseconds: elapsed() };
  } catch (error) {
    return { id, outcome: 'failed', reason: reasonOf(error), milliseconds: elapsed() };
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => { reject(new Error(`took longer than ${milliseconds} ms`)); }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface ErrorShape {
  readonly stack?: string;
  readonly details?: readonly { readonly mspId: string; readonly message: string }[];
}

function reasonOf(error: unknown): string {
  const { stack = String(error), details = [] } = error as ErrorShape;
  return [stack, ...details.map(({ mspId, message }) => `  ${mspId}: ${message}`)].join('\n');
}
