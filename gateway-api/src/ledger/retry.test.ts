import { CONFLICT_RETRY, pauseMs } from './retry.js';

describe('pauses between tries', () => {
  test('double up to a bound', () => {
    expect([2, 3, 4, 5, 6, 7].map((attempt) => pauseMs(attempt, CONFLICT_RETRY, 1))).toEqual([100, 200, 400, 800, 1600, 1600]);
  });

  test('are anything from nothing to that', () => {
    expect([0, 0.25].map((share) => pauseMs(3, CONFLICT_RETRY, share))).toEqual([0, 50]);
  });
});
