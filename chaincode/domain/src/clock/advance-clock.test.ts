import { DomainError } from '../shared/errors.js';
import { advanceClock } from './advance-clock.js';
import type { Clock } from './clock.js';

const configuration = { schema: 'registry-configuration/v1', consortium: 'OfficeMSP', clockIntervalMilliseconds: 60_000, clockToleranceMilliseconds: 5_000 } as const;
const clock: Clock = { schema: 'clock/v1', tick: 7, time: '2026-01-01T00:00:00.000Z' };

const tick = (time: string, now = time, from: Clock | undefined = clock): unknown => {
  try {
    return advanceClock(from, { time }, configuration, now);
  } catch (error) {
    return error instanceof DomainError ? error.code : error;
  }
};

describe('the clock', () => {
  test('begins with tick 1', () => {
    expect(advanceClock(undefined, { time: clock.time }, configuration, clock.time)).toEqual({ ...clock, tick: 1 });
  });

  test.each([
    ['after the agreed interval', '2026-01-01T00:01:00.000Z', undefined, { schema: 'clock/v1', tick: 8, time: '2026-01-01T00:01:00.000Z' }],
    ['not before it', '2026-01-01T00:00:59.999Z', undefined, 'CLOCK_NOT_MONOTONE'],
    ['not backwards', '2025-12-31T00:00:00.000Z', undefined, 'CLOCK_NOT_MONOTONE'],
    ['as far ahead of the transaction as agreed', '2026-01-01T00:02:05.000Z', '2026-01-01T00:02:00.000Z', expect.objectContaining({ tick: 8 })],
    ['and no farther', '2026-01-01T00:02:05.001Z', '2026-01-01T00:02:00.000Z', 'CLOCK_OUT_OF_BOUNDS'],
    ['nor farther behind', '2026-01-01T00:01:54.999Z', '2026-01-01T00:02:00.000Z', 'CLOCK_OUT_OF_BOUNDS'],
  ])('moves %s', (_, time, now, expected) => {
    expect(tick(time, now)).toEqual(expected);
  });

  test('moves at all even where no interval was agreed', () => {
    const free = { ...configuration, clockIntervalMilliseconds: 0 };
    expect(() => advanceClock(clock, { time: clock.time }, free, clock.time)).toThrow(DomainError);
  });
});
