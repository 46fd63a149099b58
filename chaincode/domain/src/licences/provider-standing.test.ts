import { addDays, datesThrough } from '../shared/dates.js';
import fc from 'fast-check';
import type { LinkEvent, ProviderLinks } from '../providers/provider-links.js';
import { standingFact } from '../adjudication/standings.js';
import { standing } from './fold-standing.js';
import type { FoldInput } from './fold-standing.js';
import { licenceId } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import { combinedAuthority, providerStanding } from './provider-standing.js';
import type { ProviderFacts } from './provider-standing.js';
import { classTimelineOf, dayOf, licence, timelineOf } from './testing/timelines.js';

const npi = '1234567893';
const other: LicenceKey = { ...licence, number: 'B2' };
const linkEvent = (sequence: number, type: LinkEvent['type'], byBoard: boolean): LinkEvent => ({ sequence, type, mspId: 'BoardMSP', byBoard, recordedAt: '2026-01-01T00:00:00.000Z', subject: '', txId: '' });

function facts(licences: readonly (readonly [LicenceKey, FoldInput['entries'], (readonly LinkEvent[])?])[], classEntries: FoldInput['entries'] = []): ProviderFacts {
  const links: ProviderLinks = { schema: 'provider-links/v1', npi, jurisdiction: 'CA', links: licences.map(([key, , events = [linkEvent(1, 'ASSERT', true)]]) => ({ licence: key, events })) };
  return { registered: true, links, timelines: new Map(licences.map(([key, entries]) => [licenceId(key), { licence: key, entries, classEntries }])) };
}

/** Arbitrary timelines and days. */
const timelines = fc.array(fc.nat(), { minLength: 60, maxLength: 80 }).map(timelineOf);
const classTimelines = fc.array(fc.nat(), { minLength: 40, maxLength: 60 }).map(classTimelineOf);
const day = fc.nat(20).map(dayOf);

describe('a provider’s standing', () => {
  test('is told for every day of the period, as each licence stands on that day', () => {
    fc.assert(
      fc.property(timelines, timelines, day, fc.integer({ min: 0, max: 15 }), (one, two, from, length) => {
        const thru = addDays(from, length);
        const answer = providerStanding({ npi, jurisdiction: 'CA', from, thru }, facts([[licence, one], [other, two]]));
        for (const date of datesThrough(from, thru)) {
          const days = [standing({ licence, entries: one }, date), standing({ licence: other, entries: two }, date)];
          const told = answer.licences.map(({ periods }) => periods.filter((period) => period.from <= date && date <= period.thru));
          expect(told.map((periods) => periods.map(({ authority, lifecycle }) => ({ authority, lifecycle })))).toEqual(days.map(({ authority, lifecycle }) => [{ authority, lifecycle }]));
          expect(answer.periods.filter((period) => period.from <= date && date <= period.thru).map(({ authority }) => authority)).toEqual([combinedAuthority(days)]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('is computed again from the positions that an answer names, whatever was recorded since', () => {
    fc.assert(
      fc.property(timelines, classTimelines, day, fc.integer({ min: 1, max: 10 }), fc.nat(5), (entries, classEntries, from, knownAt, classKnownAt) => {
        const query = { npi, jurisdiction: 'CA', from, thru: addDays(from, 10) };
        const before = providerStanding(query, facts([[licence, entries.slice(0, knownAt)]], classEntries.slice(0, classKnownAt)));
        const known = standingFact(before).licences;
        const since = facts([[licence, entries, [linkEvent(1, 'ASSERT', true), linkEvent(2, 'DISPUTE', true)]], [other, entries]], classEntries);
        expect(providerStanding({ ...query, known }, since)).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  // Golden scenario h: Washington says "EXPIRED WA - ACTIVE MSL"; the holder moved to Idaho, whose licence is multistate.
  describe('of a nurse who moved', () => {
    const washington: LicenceKey = { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', number: 'RN1' };
    const idaho: LicenceKey = { jurisdiction: 'ID', board: 'id-nursing', type: 'RN', number: 'M1' };
    const issue = (validThru?: string): FoldInput['entries'] => [{ sequence: 1, kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', ...(validThru === undefined ? {} : { validThru }), status: 'ACTIVE' } }];
    const unmapped: FoldInput['entries'] = [{ sequence: 1, kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'UNKNOWN' } }];
    const probation = { sequence: 2, kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-01-06', automaticReinstatement: false, basisCodes: [] } } as const;
    const reprimand = { ...probation, action: { ...probation.action, encumbrance: 'REPRIMAND' } } as const;
    const inWashington = { npi, jurisdiction: 'WA', from: '2026-01-05', thru: '2026-01-07' };
    const authorities = (...licences: readonly (readonly [LicenceKey, FoldInput['entries']])[]): unknown => providerStanding(inWashington, facts(licences)).periods.map(({ from, authority }) => `${from} ${authority}`);

    test.each<[string, readonly (readonly [LicenceKey, FoldInput['entries']])[], readonly string[]]>([
      ['is full by the new home state’s licence', [[washington, issue('2025-06-30')], [idaho, issue()]], ['2026-01-05 FULL']],
      ['is unknown by the old state’s word alone', [[washington, unmapped]], ['2026-01-05 UNKNOWN']],
      ['is full beside the old state’s word that was not understood', [[washington, unmapped], [idaho, issue()]], ['2026-01-05 FULL']],
      ['is none from the day of any encumbrance at home that limits', [[idaho, [...issue(), probation]]], ['2026-01-05 FULL', '2026-01-06 NONE']],
      ['is not touched by a reprimand at home', [[idaho, [...issue(), reprimand]]], ['2026-01-05 FULL']],
      ['ends with the home licence', [[idaho, issue('2026-01-06')]], ['2026-01-05 FULL', '2026-01-07 NONE']],
    ])('%s', (_, licences, expected) => {
      expect(authorities(...licences)).toEqual(expected);
    });

    test('is limited at home itself where it is nothing elsewhere', () => {
      expect(providerStanding({ ...inWashington, jurisdiction: 'ID' }, facts([[idaho, [...issue(), probation]]])).periods).toMatchObject([{ authority: 'FULL' }, { authority: 'LIMITED' }]);
    });
  });

  test('is unknown without a link, and where the link is only proposed', () => {
    const query = { npi, jurisdiction: 'CA', from: '2026-01-05', thru: '2026-01-06' };
    const entries = [{ sequence: 1, kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' } }] as const;
    const unknown = { periods: [{ from: '2026-01-05', thru: '2026-01-06', authority: 'UNKNOWN' }], licences: [] };
    expect(providerStanding(query, { registered: false, links: undefined, timelines: new Map() })).toMatchObject({ ...unknown, registered: false });
    expect(providerStanding(query, facts([[licence, entries, [linkEvent(1, 'PROPOSE', false)]]]))).toMatchObject(unknown);
    expect(providerStanding(query, facts([[licence, entries]])).periods[0]?.authority).toBe('FULL');
  });

  test('refuses to compute from a licence that it cannot find', () => {
    const missing = { registered: true, links: facts([[licence, []]]).links, timelines: new Map() };
    expect(() => providerStanding({ npi, jurisdiction: 'CA', from: '2026-01-05', thru: '2026-01-06' }, missing)).toThrow(expect.objectContaining({ code: 'LICENCE_NOT_FOUND' }) as Error);
    const known = [{ licence: other, knownAt: 1, linkKnownAt: 1 }];
    expect(() => providerStanding({ npi, jurisdiction: 'CA', from: '2026-01-05', thru: '2026-01-06', known }, facts([[licence, []]]))).toThrow(expect.objectContaining({ code: 'LICENCE_NOT_FOUND' }) as Error);
  });
});

describe('several licences of one provider', () => {
  const full = { authority: 'FULL', lifecycle: 'ACTIVE', encumbrances: [] } as const;
  const limited = { authority: 'LIMITED', lifecycle: 'ACTIVE', encumbrances: [] } as const;
  const expired = { authority: 'NONE', lifecycle: 'EXPIRED', encumbrances: [] } as const;
  const revoked = { authority: 'NONE', lifecycle: 'REVOKED', encumbrances: [] } as const;
  const suspended = { authority: 'NONE', lifecycle: 'ACTIVE', encumbrances: [{ type: 'SUSPENSION', from: '2026-01-01', codes: [], action: 2 }] } as const;
  const unknown = { authority: 'UNKNOWN', lifecycle: 'UNKNOWN', encumbrances: [] } as const;

  test.each([
    ['none at all', [], 'UNKNOWN'],
    ['one in force and one lapsed long ago', [full, expired], 'FULL'],
    ['one in force and one suspended', [full, suspended], 'LIMITED'],
    ['one in force and one revoked', [full, revoked], 'LIMITED'],
    ['one in force and one unknown', [full, unknown], 'FULL'],
    ['one limited and one unknown', [limited, unknown], 'LIMITED'],
    ['one suspended and one unknown', [suspended, unknown], 'UNKNOWN'],
    ['one suspended and one lapsed', [suspended, expired], 'NONE'],
  ])('%s permit together what the rule says', (_, licences, expected) => {
    expect(combinedAuthority(licences)).toBe(expected);
  });
});
