import fc from 'fast-check';
import { addDays, datesThrough } from '../shared/dates.js';
import { standing } from './fold-standing.js';
import type { BoardAction, TimelineEntry } from './licence-event.js';
import { classOf, licenceEventId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { Encumbrance } from './standing.js';
import { obviousStanding } from './testing/obvious-standing.js';
import { classTimelineOf, dayOf, licence, timelineOf } from './testing/timelines.js';

const initial = (sequence: number, action: BoardAction): TimelineEntry => ({ sequence, kind: 'INITIAL', action });
const issued = (effectiveFrom: string, validThru?: string): BoardAction =>
  validThru === undefined ? { type: 'ISSUE', effectiveFrom, status: 'ACTIVE' } : { type: 'ISSUE', effectiveFrom, validThru, status: 'ACTIVE' };
const suspended = (effectiveFrom: string): BoardAction => ({ type: 'SUSPEND', summary: false, effectiveFrom, automaticReinstatement: false, basisCodes: [] });
const authorityOn = (entries: readonly TimelineEntry[], asOf: string, knownAt?: number): string => standing({ licence, entries }, asOf, knownAt).authority;

/** An encumbrance as the second implementation tells it. */
function inObviousWords({ type, action, codes, stayed, appealed }: Encumbrance): string {
  const words: Partial<Record<Encumbrance['type'], string>> = { SUMMARY_SUSPENSION: 'SUMMARY', SUSPENSION: 'SUSPEND', RESTRICTION: 'RESTRICT', REVOCATION: 'REVOKE' };
  return `${action} ${words[type] ?? type}${stayed === true ? ' stayed' : ''}${appealed === true ? ' appealed' : ''} ${codes.join('+')}`;
}

/** How many random histories: `MEDACCORD_HISTORIES=100000` for the long run. */
const { process } = globalThis as { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } };
const histories = Number(process?.env['MEDACCORD_HISTORIES'] ?? '2000');

/** Arbitrary timelines and days. */
const timelines = fc.array(fc.nat(), { minLength: 140, maxLength: 180 }).map(timelineOf);
const classTimelines = fc.array(fc.nat(), { minLength: 40, maxLength: 60 }).map(classTimelineOf);
const day = fc.nat(20).map(dayOf);

describe('the fold of a licence’s events', () => {
  const anyPosition = fc.integer({ min: 0, max: 13 });

  const anyClassPosition = fc.integer({ min: 0, max: 5 });
  const arbitrary = [timelines, day, anyPosition, classTimelines, anyClassPosition] as const;
  const obvious = (entries: readonly TimelineEntry[], asOf: string, knownAt: number, classEntries: readonly TimelineEntry[], classKnownAt: number): object =>
    obviousStanding(entries, asOf, knownAt, classEntries.filter(({ sequence }) => sequence <= classKnownAt));

  test('agrees with a slow second implementation that lives through every day', () => {
    fc.assert(
      fc.property(...arbitrary, (entries, asOf, knownAt, classEntries, classKnownAt) => {
        const { lifecycle, encumbrances, authority, renewalPending = false } = standing({ licence, entries, classEntries }, asOf, knownAt, undefined, classKnownAt);
        expect({ lifecycle, open: encumbrances.map(inObviousWords), authority, renewalPending }).toEqual(obvious(entries, asOf, knownAt, classEntries, classKnownAt));
      }),
      { numRuns: histories },
    );
  });

  test('tells the next day on which its answer differs, and no day before that does', () => {
    fc.assert(
      fc.property(...arbitrary, (entries, asOf, knownAt, classEntries, classKnownAt) => {
        const { nextChangeDate } = standing({ licence, entries, classEntries }, asOf, knownAt, undefined, classKnownAt);
        const on = (date: string): string => JSON.stringify(obvious(entries, date, knownAt, classEntries, classKnownAt));
        expect(nextChangeDate).toBe(datesThrough(addDays(asOf, 1), '2026-02-01').find((date) => on(date) !== on(asOf)) ?? null);
      }),
      { numRuns: 100 },
    );
  });

  test('gives the same answer from the events of its provenance alone', () => {
    fc.assert(
      fc.property(...arbitrary, (entries, asOf, knownAt, classEntries, classKnownAt) => {
        const answer = standing({ licence, entries, classEntries }, asOf, knownAt, undefined, classKnownAt);
        const named = (key: LicenceKey, all: readonly TimelineEntry[]): readonly TimelineEntry[] => all.filter(({ sequence }) => answer.provenance.includes(licenceEventId(key, sequence)));
        const again = standing({ licence, entries: named(licence, entries), classEntries: named(classOf(licence), classEntries) }, asOf);
        const { lifecycle, encumbrances, authority, renewalPending, provenance } = answer;
        expect({ ...again, renewalPending: again.renewalPending }).toMatchObject({ lifecycle, encumbrances, authority, renewalPending, provenance });
      }),
      { numRuns: 300 },
    );
  });

  test('never changes what was known by what is recorded later', () => {
    fc.assert(
      fc.property(timelines, day, anyPosition, (entries, asOf, knownAt) => {
        const before = entries.filter(({ sequence }) => sequence <= knownAt);
        expect(standing({ licence, entries }, asOf, knownAt)).toEqual({ ...standing({ licence, entries: before }, asOf), knownAt: Math.min(knownAt, entries.length) });
      }),
    );
  });

  test('does not depend on the order in which it is given the events', () => {
    fc.assert(
      fc.property(timelines, day, (entries, asOf) => {
        expect(standing({ licence, entries: [...entries].reverse() }, asOf)).toEqual(standing({ licence, entries }, asOf));
      }),
    );
  });
});

describe('a board order', () => {
  const probation: BoardAction = { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] };

  test('“revoked, stayed, probation with 60 days’ suspension” is NONE for 60 days, then LIMITED, and REVOKED once the stay is lifted', () => {
    const entries: TimelineEntry[] = [
      initial(1, issued('2020-01-01')),
      initial(2, { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] }),
      { sequence: 3, kind: 'STAY', target: 2, action: { type: 'STAY', by: 'BOARD', effectiveFrom: '2026-02-01' } },
      initial(4, probation),
      initial(5, { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', effectiveThru: '2026-04-01', automaticReinstatement: true, basisCodes: [] }),
      { sequence: 6, kind: 'STAY_LIFTED', target: 3, action: { type: 'LIFT_STAY', effectiveFrom: '2026-09-01' } },
    ];
    // 60 days: 28 of February, 31 of March, 1 of April.
    const on = (asOf: string): readonly string[] => [standing({ licence, entries }, asOf).lifecycle, authorityOn(entries, asOf)];
    expect(['2026-01-31', '2026-02-01', '2026-04-01', '2026-04-02', '2026-08-31', '2026-09-01'].map(on)).toEqual([
      ['ACTIVE', 'FULL'], ['ACTIVE', 'NONE'], ['ACTIVE', 'NONE'], ['ACTIVE', 'LIMITED'], ['ACTIVE', 'LIMITED'], ['REVOKED', 'NONE'],
    ]);
  });

  test('under appeal stands as before, and the appeal is told', () => {
    const entries: TimelineEntry[] = [initial(1, issued('2020-01-01')), initial(2, suspended('2026-02-01')), { sequence: 3, kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-10' } }];
    expect(standing({ licence, entries }, '2026-02-15')).toMatchObject({ authority: 'NONE', encumbrances: [{ action: 2, appealed: true }] });
  });

  test('modified by a court says something else from the court’s day on, under its own number', () => {
    const entries: TimelineEntry[] = [initial(1, issued('2020-01-01')), initial(2, suspended('2026-02-01')), { sequence: 3, kind: 'REVISION', target: 2, action: { ...probation, effectiveFrom: '2026-03-01' } }];
    expect(['2026-02-28', '2026-03-01'].map((asOf) => authorityOn(entries, asOf))).toEqual(['NONE', 'LIMITED']);
    expect(standing({ licence, entries }, '2026-03-01').encumbrances).toMatchObject([{ type: 'PROBATION', from: '2026-02-01', action: 2 }]);
  });

  test('stayed in part keeps its other codes', () => {
    const entries: TimelineEntry[] = [
      initial(1, issued('2020-01-01')),
      initial(2, { type: 'RESTRICT', restrictionCodes: ['CHAPERONE', 'NO-SURGERY'], effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] }),
      { sequence: 3, kind: 'STAY', target: 2, action: { type: 'STAY', by: 'COURT', effectiveFrom: '2026-02-10', codes: ['CHAPERONE'] } },
      { sequence: 4, kind: 'STAY', target: 2, action: { type: 'STAY', by: 'COURT', effectiveFrom: '2026-02-20', codes: ['NO-SURGERY'] } },
    ];
    expect(standing({ licence, entries }, '2026-02-10')).toMatchObject({ authority: 'LIMITED', encumbrances: [{ codes: ['NO-SURGERY'] }] });
    expect(standing({ licence, entries }, '2026-02-20')).toMatchObject({ authority: 'FULL', encumbrances: [{ stayed: true }] });
  });

  test.each<[string, BoardAction, string, string]>([
    ['surrendered', { type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: true }, 'SURRENDERED', 'NONE'],
    ['inactive', { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'INACTIVE' }, 'INACTIVE', 'NONE'],
    ['retired', { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'RETIRED' }, 'RETIRED', 'NONE'],
    ['reprimanded', { ...probation, encumbrance: 'REPRIMAND' }, 'ACTIVE', 'FULL'],
    ['fined', { ...probation, encumbrance: 'FINE' }, 'ACTIVE', 'FULL'],
    ['monitored', { ...probation, encumbrance: 'MONITORING' }, 'ACTIVE', 'FULL'],
    ['on probation', probation, 'ACTIVE', 'LIMITED'],
    ['under a condition', { ...probation, encumbrance: 'CONDITION' }, 'ACTIVE', 'LIMITED'],
  ])('%s: from its day on the licence is that', (_, action, lifecycle, authority) => {
    const entries = [initial(1, issued('2020-01-01')), initial(2, action)];
    expect(standing({ licence, entries }, '2026-02-01')).toMatchObject({ lifecycle, authority });
    expect(authorityOn(entries, '2026-01-31')).toBe('FULL');
  });

  test('that is sealed is dropped for what is known from then on, and stays true before', () => {
    const entries: TimelineEntry[] = [initial(1, issued('2020-01-01')), initial(2, suspended('2026-02-01')), { sequence: 3, kind: 'SEAL', target: 2 }];
    expect([2, 3].map((knownAt) => authorityOn(entries, '2026-02-15', knownAt))).toEqual(['NONE', 'FULL']);
  });
});

describe('a licence’s validity', () => {
  const inGrace = (practice: boolean): TimelineEntry => initial(1, { type: 'ISSUE', effectiveFrom: '2020-01-01', validThru: '2026-06-30', grace: { thru: '2026-07-30', practice }, status: 'ACTIVE' });
  const renewed = (effectiveFrom: string): TimelineEntry => initial(2, { type: 'RENEW', effectiveFrom, validThru: '2028-06-30' });

  test.each([
    [false, ['FULL', 'NONE', 'NONE']],
    [true, ['FULL', 'FULL', 'NONE']],
  ])('expires, then lapses; whether the holder practises in grace (%s) the board says', (practice, authorities) => {
    const days = ['2026-06-30', '2026-07-30', '2026-07-31'];
    expect(days.map((asOf) => standing({ licence, entries: [inGrace(practice)] }, asOf).lifecycle)).toEqual(['ACTIVE', 'EXPIRED', 'LAPSED']);
    expect(days.map((asOf) => authorityOn([inGrace(practice)], asOf))).toEqual(authorities);
  });

  test('is continuous where a late renewal goes back to the day after expiry, and has a gap where it does not', () => {
    const on = (from: string): readonly string[] => ['2026-06-30', '2026-07-01', '2026-07-20'].map((asOf) => authorityOn([inGrace(false), renewed(from)], asOf));
    expect(on('2026-07-01')).toEqual(['FULL', 'FULL', 'FULL']);
    expect(on('2026-07-20')).toEqual(['FULL', 'NONE', 'FULL']);
    expect(authorityOn([inGrace(false), renewed('2026-07-01')], '2026-07-01', 1)).toBe('NONE');
  });

  test('is prolonged by an extension of its class, never shortened', () => {
    const extended = (validThru: string): readonly TimelineEntry[] => [inGrace(false), initial(2, { type: 'EXTEND', effectiveFrom: '2026-07-01', validThru })];
    expect(authorityOn(extended('2026-10-23'), '2026-10-23')).toBe('FULL');
    expect(authorityOn(extended('2026-01-31'), '2026-06-30')).toBe('FULL');
  });
});

describe('a renewal that waits', () => {
  const valid = initial(1, { type: 'ISSUE', effectiveFrom: '2020-01-01', validThru: '2026-06-30', grace: { thru: '2026-07-30', practice: false }, status: 'ACTIVE' });
  const filed = (effectiveFrom: string, continues = true): TimelineEntry => initial(2, { type: 'RENEWAL_FILED', effectiveFrom, continues });
  const on = (entries: readonly TimelineEntry[], asOf: string): readonly unknown[] => {
    const { lifecycle, authority, renewalPending, nextChangeDate } = standing({ licence, entries }, asOf);
    return [lifecycle, authority, renewalPending, nextChangeDate];
  };

  test('continues a licence whose renewal was asked for in time, and the answer holds until the board decides', () => {
    expect(on([valid, filed('2026-06-30')], '2026-06-29')).toEqual(['ACTIVE', 'FULL', undefined, '2026-06-30']);
    expect(on([valid, filed('2026-06-30')], '2026-12-31')).toEqual(['ACTIVE', 'FULL', true, null]);
  });

  test('continues nothing where it was asked for too late, or where the board’s law says so; it is still told', () => {
    expect(on([valid, filed('2026-07-01')], '2026-07-01')).toEqual(['EXPIRED', 'NONE', true, '2026-07-31']);
    expect(on([valid, filed('2026-06-01', false)], '2026-07-31')).toEqual(['LAPSED', 'NONE', true, null]);
  });

  test('ends with the renewal, retroactive or not, and there is no gap', () => {
    const renewed = (effectiveFrom: string): TimelineEntry => initial(3, { type: 'RENEW', effectiveFrom, validThru: '2028-06-30' });
    for (const from of ['2026-07-01', '2026-08-15']) {
      expect(on([valid, filed('2026-06-01'), renewed(from)], '2026-08-14').slice(0, 2)).toEqual(['ACTIVE', 'FULL']);
      expect(on([valid, filed('2026-06-01'), renewed(from)], '2026-08-15')).toEqual(['ACTIVE', 'FULL', undefined, '2028-07-01']);
    }
  });

  test('ends with a denial on the day that it names, and the licence has lapsed if its grace is over', () => {
    const denied = initial(3, { type: 'RENEWAL_CLOSED', effectiveFrom: '2026-08-15', outcome: 'DENIED' });
    expect(on([valid, filed('2026-06-01'), denied], '2026-08-14')).toEqual(['ACTIVE', 'FULL', true, '2026-08-15']);
    expect(on([valid, filed('2026-06-01'), denied], '2026-08-15')).toEqual(['LAPSED', 'NONE', undefined, null]);
  });
});

describe('a class of licences', () => {
  const valid = initial(1, issued('2020-01-01', '2026-06-30'));
  const extension = (sequence: number, validThru: string, expiring = { from: '2026-04-01', thru: '2026-09-30' }): TimelineEntry =>
    initial(sequence, { type: 'EXTEND_CLASS', effectiveFrom: '2026-04-10', expiring, validThru });
  const on = (classEntries: readonly TimelineEntry[], asOf: string, classKnownAt?: number): readonly unknown[] => {
    const { lifecycle, classKnownAt: known, provenance, nextChangeDate } = standing({ licence, entries: [valid], classEntries }, asOf, undefined, undefined, classKnownAt);
    return [lifecycle, known, provenance, nextChangeDate];
  };
  const [own, ofClass] = [licenceEventId(licence, 1), (sequence: number): string => licenceEventId(classOf(licence), sequence)];

  test('is extended by one order, whose event stands in the answer; again by a second that names the first days of expiry', () => {
    expect(on([extension(1, '2026-09-30')], '2026-09-30')).toEqual(['ACTIVE', 1, [own, ofClass(1)], '2026-10-01']);
    expect(on([extension(1, '2026-10-15'), extension(2, '2026-10-23')], '2026-10-23')).toEqual(['ACTIVE', 2, [own, ofClass(1), ofClass(2)], '2026-10-24']);
    expect(on([extension(1, '2026-10-15'), extension(2, '2026-10-23')], '2026-10-23', 1)).toEqual(['EXPIRED', 1, [own, ofClass(1)], null]);
  });

  test('is not extended where the licence expires outside the window, before the order counts, or where the order is void', () => {
    expect(on([extension(1, '2026-09-30', { from: '2026-07-01', thru: '2026-07-31' })], '2026-07-01')).toEqual(['EXPIRED', 1, [own], null]);
    expect(on([extension(1, '2026-09-30')], '2026-04-09')).toEqual(['ACTIVE', 1, [own], '2026-10-01']);
    expect(on([extension(1, '2026-09-30'), { sequence: 2, kind: 'VOID', target: 1 }], '2026-07-01')).toEqual(['EXPIRED', 2, [own], null]);
  });

  test('is as it was for whoever names a position of the licence alone', () => {
    expect(standing({ licence, entries: [valid], classEntries: [extension(1, '2026-09-30')] }, '2026-07-01', 1)).toMatchObject({ lifecycle: 'EXPIRED', classKnownAt: 0 });
  });
});

describe('a summary suspension with a day for its hearing', () => {
  const summary = (unheard: 'DISSOLVES' | 'STANDS'): TimelineEntry =>
    initial(2, { type: 'SUSPEND', summary: true, effectiveFrom: '2026-02-01', hearing: { by: '2026-02-28', unheard }, automaticReinstatement: false, basisCodes: [] });
  const heard = (effectiveFrom: string): TimelineEntry => ({ sequence: 3, kind: 'HEARING', target: 2, action: { type: 'HEARING', effectiveFrom } });
  const on = (asOf: string, ...entries: readonly TimelineEntry[]): readonly unknown[] => {
    const { authority, nextChangeDate } = standing({ licence, entries: [initial(1, issued('2020-01-01')), ...entries] }, asOf);
    return [authority, nextChangeDate];
  };

  test('dissolves after that day without a transaction, or stands, as the order says', () => {
    expect([on('2026-02-28', summary('DISSOLVES')), on('2026-03-01', summary('DISSOLVES'))]).toEqual([['NONE', '2026-03-01'], ['FULL', null]]);
    expect(on('2026-03-01', summary('STANDS'))).toEqual(['NONE', null]);
    expect(standing({ licence, entries: [initial(1, issued('2020-01-01')), summary('STANDS')] }, '2026-03-01').encumbrances).toMatchObject([{ hearingBy: '2026-02-28' }]);
  });

  test('stands where it was heard by then, and not where it was heard later', () => {
    expect(on('2026-03-01', summary('DISSOLVES'), heard('2026-02-28'))).toEqual(['NONE', null]);
    expect(on('2026-03-01', summary('DISSOLVES'), heard('2026-03-01'))).toEqual(['FULL', null]);
  });

  test('goes on by a final order that revises it', () => {
    const final: TimelineEntry = { sequence: 3, kind: 'REVISION', target: 2, action: suspended('2026-02-20') };
    expect(on('2026-03-01', summary('DISSOLVES'), final)).toEqual(['NONE', null]);
  });
});

describe('an act that begins at an hour', () => {
  const at = { time: '17:00', zone: 'America/Los_Angeles' };
  const entries = [initial(1, issued('2020-01-01')), initial(2, { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', effectiveAt: at, automaticReinstatement: false, basisCodes: [] })];

  test('makes its day one of which nobody can say what was permitted', () => {
    const on = (asOf: string): readonly unknown[] => {
      const { authority, nextChangeDate } = standing({ licence, entries }, asOf);
      return [authority, nextChangeDate];
    };
    expect(['2026-01-31', '2026-02-01', '2026-02-02'].map(on)).toEqual([['FULL', '2026-02-01'], ['UNKNOWN', '2026-02-02'], ['NONE', null]]);
  });

  test('changes nothing of a day on which it permits what was permitted before', () => {
    const twice = [...entries, initial(3, { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-02', effectiveAt: at, automaticReinstatement: false, basisCodes: [] })];
    expect(authorityOn(twice, '2026-02-02')).toBe('NONE');
  });
});

describe('standing', () => {
  test('is unknown before the first recorded event, whatever date is asked', () => {
    const entries = [initial(1, issued('2020-01-01'))];
    expect(standing({ licence, entries }, '2026-01-01', 0)).toMatchObject({ lifecycle: 'UNKNOWN', authority: 'UNKNOWN', provenance: [], knownAt: 0 });
  });

  test('stays unknown where the roster’s word was not understood, until something certain forbids practice', () => {
    const entries = [initial(1, { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'UNKNOWN' }), initial(2, suspended('2026-02-01'))];
    expect(authorityOn(entries, '2026-01-31')).toBe('UNKNOWN');
    expect(authorityOn(entries, '2026-02-01')).toBe('NONE');
  });

  test.each([
    ['2019-12-31', 'NOT_ISSUED', 'NONE', '2020-01-01'],
    ['2020-01-01', 'ACTIVE', 'FULL', '2026-07-01'],
    ['2026-06-30', 'ACTIVE', 'FULL', '2026-07-01'],
    ['2026-07-01', 'EXPIRED', 'NONE', null],
  ])('of a licence valid 2020-01-01 to 2026-06-30 is on %s: %s, %s, until %s', (asOf, lifecycle, authority, nextChangeDate) => {
    expect(standing({ licence, entries: [initial(1, issued('2020-01-01', '2026-06-30'))] }, asOf)).toMatchObject({ lifecycle, authority, nextChangeDate });
  });

  test('tells a suspension of 1 February, recorded on 10 March, only from its own position on', () => {
    const entries = [initial(1, issued('2020-01-01')), initial(2, suspended('2026-02-01'))];
    expect(authorityOn(entries, '2026-02-15', 1)).toBe('FULL');
    expect(authorityOn(entries, '2026-02-15', 2)).toBe('NONE');
    expect(authorityOn(entries, '2026-01-31', 2)).toBe('FULL');
  });

  test('is full again where a court voids the suspension, and the void itself can be voided', () => {
    const entries: TimelineEntry[] = [initial(1, issued('2020-01-01')), initial(2, suspended('2026-02-01')), { sequence: 3, kind: 'VOID', target: 2 }, { sequence: 4, kind: 'VOID', target: 3 }];
    expect([1, 2, 3, 4].map((knownAt) => authorityOn(entries, '2026-02-15', knownAt))).toEqual(['FULL', 'NONE', 'FULL', 'NONE']);
  });

  test('follows a correction of the date, and the original again where the correction is void', () => {
    const entries: TimelineEntry[] = [
      initial(1, issued('2020-01-01')),
      initial(2, suspended('2026-02-01')),
      { sequence: 3, kind: 'CORRECTION', target: 2, action: suspended('2026-02-20') },
      { sequence: 4, kind: 'VOID', target: 3 },
    ];
    expect([2, 3, 4].map((knownAt) => authorityOn(entries, '2026-02-15', knownAt))).toEqual(['NONE', 'FULL', 'NONE']);
  });

  test('of a suspension for a term ends after its last day only where the order says so', () => {
    const term = (automaticReinstatement: boolean): readonly TimelineEntry[] => [
      initial(1, issued('2020-01-01')),
      initial(2, { type: 'SUSPEND', summary: false, effectiveFrom: '2026-02-01', effectiveThru: '2026-02-28', automaticReinstatement, basisCodes: [] }),
    ];
    expect([authorityOn(term(true), '2026-02-28'), authorityOn(term(true), '2026-03-01')]).toEqual(['NONE', 'FULL']);
    expect([authorityOn(term(false), '2026-02-28'), authorityOn(term(false), '2026-03-01')]).toEqual(['NONE', 'NONE']);
  });

  test('of two suspensions ends with the reinstatement of both', () => {
    const entries = [
      initial(1, issued('2020-01-01')),
      initial(2, suspended('2026-02-01')),
      initial(3, { type: 'SUSPEND', summary: true, effectiveFrom: '2026-02-05', automaticReinstatement: false, basisCodes: ['DANGER'] }),
      initial(4, { type: 'REINSTATE', effectiveFrom: '2026-03-01', ends: [2] }),
      initial(5, { type: 'REINSTATE', effectiveFrom: '2026-04-01', ends: [3] }),
    ];
    expect(standing({ licence, entries }, '2026-03-15').encumbrances).toEqual([{ type: 'SUMMARY_SUSPENSION', from: '2026-02-05', codes: ['DANGER'], action: 3 }]);
    expect(['2026-03-15', '2026-04-01'].map((asOf) => authorityOn(entries, asOf))).toEqual(['NONE', 'FULL']);
  });

  test('of a licence under a restriction is limited, and the restriction is told', () => {
    const entries = [
      initial(1, issued('2020-01-01')),
      initial(2, { type: 'RESTRICT', restrictionCodes: ['CHAPERONE'], effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] }),
    ];
    expect(standing({ licence, entries }, '2026-02-01')).toMatchObject({ authority: 'LIMITED', encumbrances: [{ type: 'RESTRICTION', from: '2026-02-01', codes: ['CHAPERONE'] }] });
  });

  test('of a revoked licence is none from the day of the order until it is reinstated', () => {
    const entries = [initial(1, issued('2020-01-01')), initial(2, { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] }), initial(3, { type: 'REINSTATE', effectiveFrom: '2027-02-01', ends: [2] })];
    expect(['2026-01-31', '2026-02-01', '2027-02-01'].map((asOf) => standing({ licence, entries }, asOf).lifecycle)).toEqual(['ACTIVE', 'REVOKED', 'ACTIVE']);
  });
});
