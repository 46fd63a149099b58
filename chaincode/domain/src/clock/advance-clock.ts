import { millisecondsOf } from '../shared/dates.js';
import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { instant, object } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryConfiguration } from '../members/registry-configuration.js';
import type { Clock } from './clock.js';

/** Proposes the time of the next tick. */
export interface AdvanceClock {
  readonly time: Instant;
}

/** Reads a tick. */
export const advanceClockShape: Shape<AdvanceClock> = object<AdvanceClock>({ time: instant });

/**
 * The next tick: later than the last by the agreed interval, and near the transaction's own time, which each endorser's
 * peer has compared with its own clock. Throws CLOCK_NOT_MONOTONE and CLOCK_OUT_OF_BOUNDS.
 */
export function advanceClock(clock: Clock | undefined, command: AdvanceClock, configuration: RegistryConfiguration, now: Instant): Clock {
  const proposed = millisecondsOf(command.time);
  const earliest = clock === undefined ? 0 : millisecondsOf(clock.time) + Math.max(1, configuration.clockIntervalMilliseconds);
  if (proposed < earliest) throw new DomainError('CLOCK_NOT_MONOTONE');
  if (Math.abs(proposed - millisecondsOf(now)) > configuration.clockToleranceMilliseconds) throw new DomainError('CLOCK_OUT_OF_BOUNDS');
  return { schema: 'clock/v1', tick: (clock?.tick ?? 0) + 1, time: command.time };
}
