import fc from 'fast-check';
import { dateOf, dateRangeOf, minorUnits, plainDate, thousandths } from './values.js';

describe('amounts and quantities', () => {
  test.each([
    ['100', 10_000],
    ['12.5', 1250],
    ['.50', 50],
    ['7.', 700],
    ['0', 0],
    ['-0.00', 0],
    ['-3.10', -310],
    ['+3', 300],
    ['1.5000', 150],
    ['00012.30', 1230],
  ])('%s is %i minor units', (text, minor) => {
    expect(minorUnits(text)).toBe(minor);
  });

  test.each(['', '.', '-', '1.234', '1,000.00', '1e3', '12 ', '$5', 'NaN', '1.2.3', '9'.repeat(13)])('%j is no amount', (text) => {
    expect(minorUnits(text)).toBeUndefined();
  });

  test('every amount of whole cents is read exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (minor) => {
        const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        expect(minorUnits(text)).toBe(minor);
        expect(minorUnits(`-${text}`)).toBe(minor === 0 ? 0 : -minor);
      }),
    );
  });

  test.each([
    ['1', 1000],
    ['1.5', 1500],
    ['30.000', 30_000],
    ['0.001', 1],
  ])('%s is %i thousandths', (text, count) => {
    expect(thousandths(text)).toBe(count);
  });
});

describe('dates', () => {
  test('a day, a moment and a range give their days', () => {
    expect(dateRangeOf('D8', '20260228')).toEqual({ from: '2026-02-28', thru: '2026-02-28' });
    expect(dateRangeOf('DT', '202602281430')).toEqual({ from: '2026-02-28', thru: '2026-02-28' });
    expect(dateRangeOf('RD8', '20260228-20260301')).toEqual({ from: '2026-02-28', thru: '2026-03-01' });
    expect(dateRangeOf('RD8', '20260228')).toEqual({ from: '2026-02-28', thru: '2026-02-28' });
    expect(dateOf('RD8', '20260228-20260301')).toBe('2026-02-28');
  });

  test.each([
    ['D8', '20260229'],
    ['D8', '2026022'],
    ['D8', '260228'],
    ['D8', ''],
    ['D8', '20260228-20260301'],
    ['RD8', '20260301-20260228'],
    ['RD8', '20260228-'],
  ])('%s %j is none', (qualifier, text) => {
    expect(dateRangeOf(qualifier, text)).toBeUndefined();
  });

  test('a day may carry a time', () => {
    expect(plainDate('20260228')).toBe('2026-02-28');
    expect(plainDate('20260228143000')).toBe('2026-02-28');
    expect(plainDate('2026022814')).toBeUndefined();
  });
});
