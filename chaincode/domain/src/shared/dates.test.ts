import fc from 'fast-check';
import { addDays, covers, dateOfInstant, datesThrough, daysBetween, instantOf, isInstant, isPlainDate, millisecondsOf } from './dates.js';

const day = fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true });
const iso = (date: Date): string => date.toISOString().slice(0, 10);

describe('plain dates', () => {
  test.each(['2024-02-29', '2000-02-29', '1999-12-31', '2026-04-30'])('%s exists', (text) => {
    expect(isPlainDate(text)).toBe(true);
  });

  test.each(['2023-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '26-01-01', '2026-1-1', '2026-01-01T00:00', '1899-12-31', ''])(
    '%s does not',
    (text) => {
      expect(isPlainDate(text)).toBe(false);
    },
  );

  test('day arithmetic agrees with the calendar of the runtime', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -36_000, max: 36_000 }), (date, days) => {
        const later = new Date(date.getTime() + days * 86_400_000);
        fc.pre(later.getUTCFullYear() >= 1900 && later.getUTCFullYear() <= 2199);
        expect(isPlainDate(iso(date))).toBe(true);
        expect(addDays(iso(date), days)).toBe(iso(later));
        expect(daysBetween(iso(date), iso(later))).toBe(days);
      }),
    );
  });

  test('a range holds both its ends, and none when it runs backwards', () => {
    expect(datesThrough('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(datesThrough('2024-03-01', '2024-02-28')).toEqual([]);
  });

  test('a period covers its first and last day, and an open one every later day', () => {
    const period = { from: '2026-01-01', thru: '2026-06-30' };
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((date) => covers(period, date))).toEqual([false, true, true, false]);
    expect(covers({ from: '2026-01-01' }, '2199-12-31')).toBe(true);
  });
});

describe('instants', () => {
  test('agree with the clock format of the runtime', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(instantOf(date.getTime())).toBe(date.toISOString());
        expect(millisecondsOf(date.toISOString())).toBe(date.getTime());
        expect(isInstant(date.toISOString())).toBe(true);
      }),
    );
  });

  test.each(['2026-02-30T00:00:00.000Z', '2026-01-01T24:00:00.000Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+01:00'])('%s is none', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  test('belong to the day of the place', () => {
    expect(dateOfInstant('2026-03-01T03:00:00.000Z', -300)).toBe('2026-02-28');
    expect(dateOfInstant('2026-03-01T23:30:00.000Z', 60)).toBe('2026-03-02');
  });
});
