import fc from 'fast-check';
import { isMinor, portion, scale, sumOf } from './money.js';

describe('money', () => {
  test.each([
    // amount, share in basis points, half up, half even, cut off
    [101, 8000, 81, 81, 80], // 80.8
    [125, 2000, 25, 25, 25], // 25 exactly
    [5, 5000, 3, 2, 2], //      2.5
    [15, 5000, 8, 8, 7], //     7.5
    [-5, 5000, -3, -2, -2], //  -2.5, away from zero
    [0, 2000, 0, 0, 0],
  ])('%i × %i bp', (amount, basisPoints, halfUp, halfEven, down) => {
    expect([portion(amount, basisPoints, 'halfUp'), portion(amount, basisPoints, 'halfEven'), portion(amount, basisPoints, 'down')]).toEqual([halfUp, halfEven, down]);
  });

  test('rounding moves an amount by half a unit at most, and cutting off by less than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 1e4 }), fc.integer({ min: 1, max: 1e4 }), (amount, numerator, denominator) => {
        const exactly = amount * numerator;
        for (const rounding of ['halfUp', 'halfEven'] as const) {
          expect(Math.abs(scale(amount, numerator, denominator, rounding) * denominator - exactly) * 2).toBeLessThanOrEqual(denominator);
        }
        expect(Math.abs(exactly) - Math.abs(scale(amount, numerator, denominator, 'down')) * denominator).toBeLessThan(denominator);
      }),
    );
  });

  test('is exact where doubles are not', () => {
    expect(scale(9_007_199_254_740_991, 9_999, 10_000, 'down')).toBe(9_006_298_534_815_516);
  });

  test('refuses sums and products that are no longer exact, and a denominator below one', () => {
    expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
    expect(() => scale(Number.MAX_SAFE_INTEGER, 2, 1, 'down')).toThrow(RangeError);
    expect(() => scale(1, 1, 0, 'down')).toThrow(RangeError);
  });

  test('never yields negative zero', () => {
    expect(Object.is(sumOf([-0]), 0) && Object.is(portion(-1, 1, 'down'), 0)).toBe(true);
    expect([isMinor(-0), isMinor(5), isMinor(0.5)]).toEqual([false, true, false]);
  });
});
