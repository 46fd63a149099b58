import type { Instant } from '../shared/dates.js';

/**
 * The consortium's clock: advanced by ticks under a majority of organisations, so that no client's own time decides about
 * a deadline. A transaction that reads tick k commits before tick k+1 or not at all.
 */
export interface Clock {
  readonly schema: 'clock/v1';
  /** From 1, one more with each tick. */
  readonly tick: number;
  readonly time: Instant;
}
