import { setTimeout as pause } from 'node:timers/promises';

/** How often and how patiently something is tried. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Longest pause before the second try in milliseconds; doubles with each further one. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Transactions that collided: short pauses, as the other one is in a block by now. */
export const CONFLICT_RETRY: RetryPolicy = { attempts: 6, firstPauseMs: 100, longestPauseMs: 1_600 };

/** Requests that decide claims of one family change the same totals, and only one of those in a block wins: more tries. */
export const FAMILY_RETRY: RetryPolicy = { attempts: 14, firstPauseMs: 100, longestPauseMs: 3_200 };

/** A peer or endorser that does not answer. */
export const UNAVAILABLE_RETRY: RetryPolicy = { attempts: 4, firstPauseMs: 200, longestPauseMs: 1_600 };

/** Waits a random part of the policy's pause, so that those who collided do not meet again. */
export async function pauseBefore(attempt: number, policy: RetryPolicy, random: () => number = Math.random): Promise<void> {
  await pause(pauseMs(attempt, policy, random()));
}

/** Milliseconds to wait before try number `attempt` (2 is the first repetition), for a `share` from 0 to 1. */
export function pauseMs(attempt: number, policy: RetryPolicy, share: number): number {
  return Math.min(policy.firstPauseMs * 2 ** (attempt - 2), policy.longestPauseMs) * share;
}
