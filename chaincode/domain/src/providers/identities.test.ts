import fc from 'fast-check';
import { addDays, datesThrough } from '../shared/dates.js';
import { isNpi } from '../shared/ids.js';
import { providerStanding } from '../licences/provider-standing.js';
import type { ProviderFacts } from '../licences/provider-standing.js';
import { licenceId } from '../licences/licence-key.js';
import { licence } from '../licences/testing/timelines.js';
import { executionBy } from '../members/testing/executions.js';
import type { membersOfTest } from '../members/testing/executions.js';
import { onePerson } from './one-person.js';
import { identityFacts, identityState, MOST_IDENTITY_EVENTS, MOST_IDENTITY_STATEMENTS, MOST_NUMBERS_OF_ONE } from './provider-identity.js';
import type { IdentityEventType, IdentityFact, ProviderIdentity } from './provider-identity.js';
import type { ProviderLinks } from './provider-links.js';
import { identitiesNamedIn, recordIdentities } from './record-identities.js';
import type { IdentityContext } from './record-identities.js';
import { obviousFacts, obviousLimit, obviousNumbers } from './testing/obvious-identity.js';
import type { Said } from './testing/obvious-identity.js';

type Who = keyof typeof membersOfTest;
type Step = readonly [who: Who, type: IdentityEventType, fact: IdentityFact];

const numbers = ['1003357849', '1234567893', '1679576722', '1679576730'] as const;
const [old, young, third] = numbers;
const evidenceHash = 'e'.repeat(64);
const replaced: IdentityFact = { type: 'REPLACED', npi: old, by: young, from: '2026-07-01' };
const merged: IdentityFact = { type: 'SAME_PERSON', npi: young, other: third };
const start: IdentityContext = { identities: new Map(numbers.map((npi) => [npi, undefined])), providers: new Set(numbers) };

/** Takes the steps one after another, each in a transaction of its own. */
function story(steps: readonly Step[], from: IdentityContext = start): { readonly outcomes: readonly string[]; readonly identities: ReadonlyMap<string, ProviderIdentity | undefined> } {
  const identities = new Map(from.identities);
  const outcomes = steps.map(([who, type, fact]) => {
    const { outcomes: [result], changed } = recordIdentities([{ type, fact, evidenceHash }], { ...from, identities }, executionBy(who));
    for (const identity of changed) identities.set(identity.npi, identity);
    return result?.outcome === 'REFUSED' ? result.code : (result?.outcome ?? 'nothing');
  });
  return { outcomes, identities };
}

describe('who a person is', () => {
  test.each<[string, readonly Step[], readonly string[]]>([
    ['is said by one and agreed on by another', [['hospital', 'PROPOSE', replaced], ['hospital', 'CONFIRM', replaced], ['insurer', 'CONFIRM', replaced]], ['PROPOSED', 'IDENTITY_NEEDS_ANOTHER', 'CONFIRMED']],
    ['is the same thing said twice', [['hospital', 'PROPOSE', merged], ['insurer', 'PROPOSE', merged], ['board', 'CONFIRM', merged], ['insurer', 'CONFIRM', merged]], ['PROPOSED', 'ALREADY_RECORDED', 'CONFIRMED', 'ALREADY_RECORDED']],
    ['is not confirmed, disputed or voided before it was proposed', [['hospital', 'CONFIRM', merged], ['hospital', 'DISPUTE', merged], ['hospital', 'VOID', merged]], ['IDENTITY_NOT_FOUND', 'IDENTITY_NOT_FOUND', 'IDENTITY_NOT_FOUND']],
    ['is taken back by two, never by one', [['hospital', 'PROPOSE', merged], ['insurer', 'CONFIRM', merged], ['board', 'VOID', merged], ['insurer', 'DISPUTE', merged], ['insurer', 'VOID', merged], ['board', 'VOID', merged], ['board', 'VOID', merged]],
      ['PROPOSED', 'CONFIRMED', 'IDENTITY_NOT_OPEN', 'DISPUTED', 'IDENTITY_NEEDS_ANOTHER', 'VOIDED', 'ALREADY_RECORDED']],
    ['can be said again after that, by two again', [['hospital', 'PROPOSE', merged], ['insurer', 'DISPUTE', merged], ['board', 'VOID', merged], ['board', 'CONFIRM', merged], ['board', 'DISPUTE', merged], ['insurer', 'PROPOSE', merged], ['hospital', 'CONFIRM', merged]],
      ['PROPOSED', 'DISPUTED', 'VOIDED', 'IDENTITY_NOT_OPEN', 'IDENTITY_NOT_OPEN', 'PROPOSED', 'CONFIRMED']],
    ['is said of numbers that the directory has', [['hospital', 'PROPOSE', { type: 'RETIRED', npi: '1083617021', from: '2026-01-01' }]], ['PROVIDER_NOT_FOUND']],
  ])('%s', (_, steps, outcomes) => {
    expect(story(steps).outcomes).toEqual(outcomes);
  });

  test('keeps a doubt in sight until who has it is convinced, and counts meanwhile', () => {
    const steps: readonly Step[] = [['hospital', 'PROPOSE', merged], ['insurer', 'CONFIRM', merged], ['board', 'DISPUTE', merged], ['insurer', 'CONFIRM', merged], ['board', 'CONFIRM', merged]];
    const states = [3, 4, 5].map((count) => identityState(story(steps.slice(0, count)).identities.get(young)?.statements[0]?.events ?? []));
    expect(states.map(({ state, disputer }) => [state, disputer])).toEqual([['CONFIRMED', 'BoardMSP'], ['CONFIRMED', 'BoardMSP'], ['CONFIRMED', undefined]]);
  });

  test.each([
    ['a proposal without evidence', { type: 'PROPOSE', fact: merged }, [['REQUIRED', '/items/0']]],
    ['a number that replaces itself', { type: 'CONFIRM', fact: { ...replaced, by: old } }, [['INCONSISTENT', '/items/0/fact']]],
    ['a merge told the other way round', { type: 'CONFIRM', fact: { ...merged, npi: third, other: young } }, [['INCONSISTENT', '/items/0/fact']]],
    ['an unknown reason', { type: 'CONFIRM', fact: { type: 'DEACTIVATED', npi: old, from: '2026-01-01', reason: 'XX' } }, [['NOT_ALLOWED', '/items/0/fact/reason']]],
    ['a name that ends before it begins', { type: 'CONFIRM', fact: { type: 'NAMED', npi: old, name: { family: 'Doe' }, from: '2026-02-01', thru: '2026-01-01' } }, [['INCONSISTENT', '/items/0/fact']]],
  ])('refuses %s at its place', (_, item, issues) => {
    const { outcomes: [result] } = recordIdentities([item], start, executionBy('hospital'));
    expect(result).toMatchObject({ outcome: 'REFUSED', code: 'INVALID_INPUT', issues: issues.map(([code, path]) => ({ code, path })) });
  });

  test('records its events in the order of time, each under every number that it is about', () => {
    const { identities } = story([['hospital', 'PROPOSE', replaced]]);
    expect([old, young].map((npi) => identities.get(npi)?.lastSequence)).toEqual([1, 1]);
    const earlier = executionBy('insurer', { now: '2026-03-10T11:59:59.999Z' });
    expect(recordIdentities([{ type: 'CONFIRM', fact: replaced }], { ...start, identities }, earlier).outcomes).toEqual([{ outcome: 'REFUSED', code: 'RECORDED_TIME_DECREASES' }]);
    expect(identitiesNamedIn([{ type: 'CONFIRM', fact: replaced }, 'nonsense'])).toEqual([old, young]);
  });

  test('joins as many numbers as one person can have', () => {
    const many = Array.from({ length: 120 }, (_, index) => String(1000000000 + index)).filter(isNpi).slice(0, MOST_NUMBERS_OF_ONE + 1);
    const joins = many.slice(1).map((other, index): IdentityFact => ({ type: 'SAME_PERSON', npi: many[index] ?? '', other }));
    const context = { identities: new Map(many.map((npi) => [npi, undefined])), providers: new Set(many) };
    const { outcomes } = story(joins.flatMap((fact): Step[] => [['hospital', 'PROPOSE', fact], ['insurer', 'CONFIRM', fact]]), context);
    expect(outcomes.slice(-3)).toEqual(['CONFIRMED', 'PROPOSED', 'TOO_MANY_IDENTITIES']);
  });

  test('has as many events as one key carries', () => {
    const quarrel = Array.from({ length: MOST_IDENTITY_EVENTS }, (): Step[] => [['insurer', 'DISPUTE', merged], ['insurer', 'CONFIRM', merged]]).flat();
    expect(story([['hospital', 'PROPOSE', merged], ...quarrel]).outcomes.at(-1)).toBe('TOO_MANY_IDENTITIES');
    const retirements = Array.from({ length: MOST_IDENTITY_STATEMENTS + 1 }, (_, index): Step => ['hospital', 'PROPOSE', { type: 'RETIRED', npi: old, from: addDays('2026-01-01', index) }]);
    expect(story(retirements).outcomes.slice(-2)).toEqual(['PROPOSED', 'TOO_MANY_IDENTITIES']);
  });
});

const issued = { sequence: 1, kind: 'INITIAL', action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' } } as const;
const linksOf = (npi: string): ProviderLinks => ({
  schema: 'provider-links/v1', npi, jurisdiction: 'CA', links: [{ licence, events: [{ sequence: 1, type: 'ASSERT', mspId: 'BoardMSP', byBoard: true, recordedAt: '2026-01-01T00:00:00.000Z', subject: '', txId: '' }] }],
});

/** What the registry knows where the licence is linked to one number only. */
function factsFor(asked: string, linked: string, identities: ReadonlyMap<string, ProviderIdentity | undefined>): ProviderFacts {
  const common = { registered: true, timelines: new Map([[licenceId(licence), { licence, entries: [issued] }]]), identities };
  return asked === linked ? { ...common, links: linksOf(linked) } : { ...common, links: undefined, otherLinks: [linksOf(linked)] };
}

describe('standing by who the person is', () => {
  // Golden scenario k: the number was replaced in the middle of the year; the licence is linked to the old one.
  const agreed = story([['hospital', 'PROPOSE', replaced], ['insurer', 'CONFIRM', replaced]]).identities;
  const year = { jurisdiction: 'CA', from: '2026-01-01', thru: '2026-12-31' };
  const periods = (asked: string, identities: ReadonlyMap<string, ProviderIdentity | undefined>): readonly string[] =>
    providerStanding({ npi: asked, ...year }, factsFor(asked, old, identities)).periods.map(({ from, authority }) => `${from} ${authority}`);

  test('finds the licence under either number, and lets a person look at services under a number that was no longer in use', () => {
    expect(periods(old, start.identities)).toEqual(['2026-01-01 FULL']);
    expect(periods(young, start.identities)).toEqual(['2026-01-01 UNKNOWN']);
    expect(periods(old, agreed)).toEqual(['2026-01-01 FULL', '2026-07-01 UNKNOWN']);
    expect(periods(young, agreed)).toEqual(['2026-01-01 FULL']);
  });

  test.each<[string, readonly IdentityFact[], readonly string[]]>([
    ['a deactivated number pends, until it is in use again', [{ type: 'DEACTIVATED', npi: old, from: '2026-02-01', reason: 'OT' }, { type: 'REACTIVATED', npi: old, from: '2026-03-01' }], ['2026-01-01 FULL', '2026-02-01 UNKNOWN', '2026-03-01 FULL']],
    ['nobody renders services after the day of death', [{ type: 'DECEASED', npi: old, on: '2026-02-01' }], ['2026-01-01 FULL', '2026-02-02 NONE']],
    ['death is more than a deactivation for it', [{ type: 'DEACTIVATED', npi: old, from: '2026-01-15', reason: 'DT' }, { type: 'DECEASED', npi: old, on: '2026-02-01' }], ['2026-01-01 FULL', '2026-01-15 UNKNOWN', '2026-02-02 NONE']],
    ['retirement pends', [{ type: 'RETIRED', npi: old, from: '2026-06-01' }], ['2026-01-01 FULL', '2026-06-01 UNKNOWN']],
    ['a name changes nothing', [{ type: 'NAMED', npi: old, name: { family: 'Doe-Roe', suffix: 'Jr' }, from: '2026-06-01' }], ['2026-01-01 FULL']],
  ])('%s', (_, said, told) => {
    const { identities } = story(said.flatMap((fact): Step[] => [['hospital', 'PROPOSE', fact], ['board', 'CONFIRM', fact]]));
    expect(periods(old, identities)).toEqual(told);
  });

  test('is computed again from the positions that an answer names, and from none where it names none', () => {
    const query = { npi: young, ...year };
    const answer = providerStanding(query, factsFor(young, old, agreed));
    expect(answer).toMatchObject({ identity: [{ npi: young, knownAt: 2 }, { npi: old, knownAt: 2 }], licences: [{ npi: old, knownAt: 1, linkKnownAt: 1 }] });
    const undone = story([['insurer', 'DISPUTE', replaced], ['hospital', 'VOID', replaced]], { ...start, identities: agreed }).identities;
    expect(periods(young, undone)).toEqual(['2026-01-01 UNKNOWN']);
    const known = answer.licences.map(({ licence: key, knownAt, linkKnownAt, npi }) => ({ licence: key, knownAt, linkKnownAt, ...(npi === undefined ? {} : { npi }) }));
    expect(providerStanding({ ...query, known, knownIdentity: answer.identity ?? [] }, factsFor(young, old, undone))).toEqual(answer);
    const before = providerStanding({ npi: old, ...year }, factsFor(old, old, start.identities));
    expect(providerStanding({ npi: old, ...year, known: [{ licence, knownAt: 1, linkKnownAt: 1 }] }, factsFor(old, old, agreed))).toEqual(before);
  });
});

/** How many random histories: `MEDACCORD_HISTORIES=100000` for the long run. */
const { process } = globalThis as { readonly process?: { readonly env: Readonly<Record<string, string | undefined>> } };
const histories = Number(process?.env['MEDACCORD_HISTORIES'] ?? '2000');

const days = datesThrough('2026-01-01', '2026-01-12');
const day = fc.constantFrom(...days);
const npi = fc.constantFrom(...numbers);
const fact: fc.Arbitrary<IdentityFact> = fc.oneof(
  fc.record({ type: fc.constant('REPLACED' as const), npi, by: npi, from: day }).filter(({ npi: one, by }) => one !== by),
  fc.record({ type: fc.constant('SAME_PERSON' as const), npi, other: npi }).filter(({ npi: one, other }) => one < other),
  fc.record({ type: fc.constant('DEACTIVATED' as const), npi, from: day, reason: fc.constant('OT' as const) }),
  fc.record({ type: fc.constant('REACTIVATED' as const), npi, from: day }),
  fc.record({ type: fc.constant('DECEASED' as const), npi, on: day }),
  fc.record({ type: fc.constant('RETIRED' as const), npi, from: day }),
);
/** Words about few facts, so that they meet. */
const steps = fc.array(fact, { minLength: 1, maxLength: 4 }).chain((facts) =>
  fc.array(fc.tuple(fc.constantFrom<Who>('hospital', 'insurer', 'board'), fc.constantFrom<IdentityEventType>('PROPOSE', 'PROPOSE', 'CONFIRM', 'CONFIRM', 'DISPUTE', 'VOID'), fc.constantFrom(...facts)), { maxLength: 16 }));
const mspOf: Readonly<Record<string, string>> = { hospital: 'HospitalMSP', insurer: 'InsurerMSP', board: 'BoardMSP' };

test('what is known of people agrees with a slow second implementation, at every position and on every day', () => {
  fc.assert(
    fc.property(steps, npi, fc.nat(16), fc.nat(days.length - 1), (said, asked, cut, dayNumber) => {
      const then = story(said.slice(0, cut)).identities;
      const since = story(said).identities;
      const words = said.slice(0, cut).map(([who, type, one]): Said => ({ mspId: mspOf[who] ?? '', type, fact: one }));
      const facts = obviousFacts(words);
      const known = [...then].map(([number, identity]) => ({ npi: number, knownAt: identity?.lastSequence ?? 0 }));
      expect([...onePerson(asked, since, known)].sort()).toEqual(obviousNumbers(asked, facts));
      const told = numbers.flatMap((number) => identityFacts(since.get(number), known.find((one) => one.npi === number)?.knownAt).map((one) => JSON.stringify(one)));
      expect(new Set(told)).toEqual(new Set(facts.map((one) => JSON.stringify(one))));
      const date = days[dayNumber] ?? '';
      const answer = providerStanding({ npi: asked, jurisdiction: 'CA', from: date, thru: date, known: [{ licence, knownAt: 1, linkKnownAt: 1 }], knownIdentity: known }, factsFor(asked, asked, since));
      expect(answer.periods.map(({ authority }) => authority)).toEqual([obviousLimit(asked, facts, days.slice(0, dayNumber + 1))]);
    }),
    { numRuns: histories },
  );
});
