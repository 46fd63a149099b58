import fc from 'fast-check';
import { addDays, datesThrough } from '../shared/dates.js';
import { standingFact, standingQueriesAsKnown } from '../adjudication/standings.js';
import { standing } from '../licences/fold-standing.js';
import { licenceEventId, licenceId } from '../licences/licence-key.js';
import { providerStanding } from '../licences/provider-standing.js';
import type { ProviderFacts } from '../licences/provider-standing.js';
import { standingQueryShape } from '../licences/standing-query.js';
import { dayOf } from '../licences/testing/timelines.js';
import type { ProviderLinks } from '../providers/provider-links.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { parse } from '../shared/parse.js';
import { cascadeOf } from './cascade.js';
import { principalsNamed } from './compact-group.js';
import type { CompactGroup } from './compact-group.js';
import type { DerivedEffect } from './derived-effect.js';
import type { RelatedLicence } from './related-licences.js';
import { historiesOf, NUMBERS_PER_HISTORY } from './testing/histories.js';
import { obviousCascade } from './testing/obvious-cascade.js';
import type { KnownHistory } from './testing/obvious-cascade.js';

/** How many random histories: `MEDACCORD_HISTORIES=100000` for the long run. */
const { process } = globalThis as { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } };
const histories = Number(process?.env['MEDACCORD_HISTORIES'] ?? '300');

const numbers = fc.array(fc.nat(), { minLength: NUMBERS_PER_HISTORY, maxLength: NUMBERS_PER_HISTORY });
const positions = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 4, maxLength: 4 });
/** Histories of four licences, each as known at a position; the first that is asked about may be any of them. */
const known = fc.tuple(fc.array(numbers, { minLength: 4, maxLength: 4 }), positions, fc.nat(3)).map(([all, at, own]) => {
  const each = historiesOf(all).map((history, index): KnownHistory => ({ ...history, knownAt: at[index] ?? 0 }));
  return { own: each[own] ?? raise(), others: each.filter((_, index) => index !== own) };
});
const day = fc.integer({ min: -10, max: 110 }).map((offset) => addDays('2026-01-01', offset));

const related = (others: readonly KnownHistory[]): readonly RelatedLicence[] => others.map(({ licence, entries, knownAt }) => ({ input: { licence, entries }, knownAt }));
const inObviousWords = ({ type, from, thru, stayed, causedBy }: DerivedEffect): string => `${type} ${from}-${thru ?? ''}${stayed === true ? ' stayed' : ''} by ${licenceEventId(causedBy.licence, causedBy.event)}`;
const raise = (): never => { throw new Error('cannot be'); };
let [effects, runs] = [0, 0];

describe('what follows by the medical compact', () => {
  test('agrees with a slow second implementation that lives through every day of every licence', () => {
    fc.assert(
      fc.property(known, day, ({ own, others }, asOf) => {
        const found = cascadeOf(own, own.knownAt, related(others)).on(asOf).filter(({ causedBy }) => causedBy.rule === 'imlc/1').map(inObviousWords).sort();
        effects += found.length;
        runs += 1;
        expect(found).toEqual(obviousCascade(own, others, asOf));
      }),
      { numRuns: histories },
    );
    // the histories are worth something
    expect(effects).toBeGreaterThan(runs / 20);
  });

  test('changes on the day that the standing names, and on none before', () => {
    fc.assert(
      fc.property(known, day, ({ own, others }, asOf) => {
        const cascade = cascadeOf(own, own.knownAt, related(others));
        const on = (date: string): string => {
          const { lifecycle, encumbrances, derived, authority, renewalPending } = standing(own, date, own.knownAt, cascade);
          return JSON.stringify({ lifecycle, encumbrances, derived, authority, renewalPending });
        };
        const differs = datesThrough(addDays(asOf, 1), addDays(dayOf(20), 125)).find((date) => on(date) !== on(asOf));
        expect(standing(own, asOf, own.knownAt, cascade).nextChangeDate).toBe(differs ?? null);
      }),
      { numRuns: 40 },
    );
  });

  test('is never changed by what any of the licences’ boards records later', () => {
    fc.assert(
      fc.property(known, day, ({ own, others }, asOf) => {
        const before = others.map(({ licence, entries, knownAt }) => ({ licence, entries: entries.filter(({ sequence }) => sequence <= knownAt), knownAt }));
        expect(cascadeOf(own, own.knownAt, related(others)).on(asOf)).toEqual(cascadeOf(own, own.knownAt, related(before)).on(asOf));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a provider’s standing among compacts', () => {
  const npi = '1234567893';
  const linkedTo = ({ licence }: KnownHistory): ProviderLinks => ({
    schema: 'provider-links/v1', npi, jurisdiction: licence.jurisdiction,
    links: [{ licence, events: [{ sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '2026-01-01T00:00:00.000Z', subject: '', txId: '' }] }],
  });
  /** What the registry has of them: all events, or those up to their positions. */
  const factsOf = (own: KnownHistory, others: readonly KnownHistory[], upTo: 'known' | 'all'): ProviderFacts => {
    const inputs = [own, ...others].map(({ licence, entries, knownAt }) => ({ licence, entries: upTo === 'all' ? entries : entries.filter(({ sequence }) => sequence <= knownAt) }));
    const named = inputs.flatMap(({ licence, entries }) => principalsNamed(licence, entries).map((principal) => ({ principal, licence })));
    const groups = named.map(({ principal }): CompactGroup => ({ schema: 'compact-group/v1', principal, members: named.filter((one) => licenceId(one.principal) === licenceId(principal)).map(({ licence }) => licence) }));
    return {
      registered: true, links: linkedTo(own),
      timelines: new Map(inputs.filter(({ entries }) => entries.length > 0).map((input) => [licenceId(input.licence), input])),
      groups: new Map(groups.map((group) => [licenceId(group.principal), group])),
    };
  };

  test('is computed again, to the same bytes, from the positions that it names', () => {
    fc.assert(
      fc.property(known.filter(({ own }) => own.knownAt > 0), day, fc.integer({ min: 0, max: 120 }), ({ own, others }, from, length) => {
        const query = { npi, jurisdiction: own.licence.jurisdiction, from, thru: addDays(from, length) };
        const before = providerStanding(query, factsOf(own, others, 'known'));
        const [fact] = standingQueriesAsKnown([standingFact(before)]);
        if (fact === undefined) raise();
        expect(canonicalJson(providerStanding(parse(standingQueryShape, fact), factsOf(own, others, 'all')))).toBe(canonicalJson(before));
      }),
      { numRuns: 200 },
    );
  });
});
