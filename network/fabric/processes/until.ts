import { setTimeout as delay } from 'node:timers/promises';
import { FabricError } from '../fabric-error.js';

/** How long a condition is awaited. */
export interface Patience {
  readonly withinMs: number;
  /** What is awaited, for the error message. */
  readonly what: string;
  readonly everyMs?: number;
}

/**
 * Waits until `attempt` gives a value; an attempt that throws counts as not yet. Throws NOT_READY_IN_TIME with the last
 * failure as its cause, and at once whatever FabricError PROCESS_FAILED an attempt throws.
 */
export async function until<T>(attempt: () => Promise<T | undefined>, { withinMs, what, everyMs = 100 }: Patience): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const outcome = await tryOnce(attempt);
    if (outcome.value !== undefined) return outcome.value;
    if (Date.now() > deadline) {
      throw new FabricError('NOT_READY_IN_TIME', `${what}: not within ${withinMs / 1000} s${reason(outcome.failure)}`, { cause: outcome.failure });
    }
    await delay(everyMs);
  }
}

async function tryOnce<T>(attempt: () => Promise<T | undefined>): Promise<{ value: T | undefined; failure?: unknown }> {
  try {
    return { value: await attempt() };
  } catch (failure) {
    if (failure instanceof FabricError && failure.code === 'PROCESS_FAILED') throw failure;
    return { value: undefined, failure };
  }
}

function reason(failure: unknown): string {
  return failure instanceof Error ? ` (${failure.message})` : '';
}
