import { cascadeOf } from '../compacts/cascade.js';
import { positionsOf, relatedAsKnown, relatedNow } from '../compacts/related-licences.js';
import type { DerivedEffect } from '../compacts/derived-effect.js';
import type { CompactFacts } from '../compacts/related-licences.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { Npi } from '../shared/ids.js';
import { identityDays, identityLimit, onePerson, positionOf } from '../providers/one-person.js';
import type { Identities } from '../providers/one-person.js';
import { identityFacts } from '../providers/provider-identity.js';
import type { IdentityFact, IdentityPosition } from '../providers/provider-identity.js';
import { linkState } from '../providers/provider-links.js';
import type { ProviderLink, ProviderLinks } from '../providers/provider-links.js';
import { ALL_EVENTS, standing } from './fold-standing.js';
import type { FoldInput } from './fold-standing.js';
import { licenceId } from './licence-key.js';
import { silentAfter } from './source-report.js';
import type { SourceState } from './source-report.js';
import type { AuthorityPeriod, LicencePeriod, LicenceStanding, ProviderStanding, StandingQuery } from './standing-query.js';
import type { PracticeAuthority, RelatedPosition, Standing } from './standing.js';

/** What the registry knows about the provider of a query. */
export interface ProviderFacts extends CompactFacts {
  readonly registered: boolean;
  readonly links: ProviderLinks | undefined;
  /** What is recorded about who the person is: of the asked number and of all that it leads to. Absent: nothing. */
  readonly identities?: Identities;
  /** The links of the person's other numbers in the jurisdiction. */
  readonly otherLinks?: readonly ProviderLinks[];
}

/** Answers a standing query day by day, in periods of equal days. Throws LICENCE_NOT_FOUND where a named licence is unknown. */
export function providerStanding(query: StandingQuery, facts: ProviderFacts): ProviderStanding {
  const person = personAsked(query, facts);
  const confirmed = linksAsked(query, facts, person.numbers).filter(({ link, linkKnownAt }) => linkState(link.events, linkKnownAt) === 'CONFIRMED');
  const licences = eachOnce(confirmed).map(({ link, ...known }) => licenceStanding(timelineOf(facts, link), query, known, facts));
  const { npi, jurisdiction, from, thru } = query;
  const periods = limitedPeriods(authorityPeriods(licences, from, thru), npi, person.facts);
  return { npi, jurisdiction, from, thru, registered: facts.registered, periods, licences, ...present('identity', person.positions) };
}

/** Who stands behind the number, as far as it was asked to be known. */
interface AskedPerson {
  readonly numbers: readonly Npi[];
  readonly facts: readonly IdentityFact[];
  /** Absent where nothing is recorded. */
  readonly positions: readonly IdentityPosition[] | undefined;
}

function personAsked(query: StandingQuery, { identities = new Map() }: ProviderFacts): AskedPerson {
  const known = knownIdentityOf(query);
  const numbers = onePerson(query.npi, identities, known);
  const positions = numbers.flatMap((npi) => {
    const knownAt = Math.min(identities.get(npi)?.lastSequence ?? 0, positionOf(npi, known) ?? Number.MAX_SAFE_INTEGER);
    return knownAt === 0 ? [] : [{ npi, knownAt }];
  });
  const facts = positions.flatMap(({ npi, knownAt }) => identityFacts(identities.get(npi), knownAt));
  return { numbers, facts, positions: positions.length === 0 ? undefined : positions };
}

/** What a query is to know of identities: all, or the positions of an earlier answer, which were none before there were any. */
export function knownIdentityOf({ known, knownIdentity }: StandingQuery): readonly IdentityPosition[] | undefined {
  return known === undefined ? undefined : (knownIdentity ?? []);
}

interface Known {
  readonly linkKnownAt: number;
  readonly knownAt: number;
  readonly classKnownAt?: number;
  readonly npi?: Npi;
  readonly silentAfter?: PlainDate;
  readonly source?: SourceState;
  readonly related?: readonly RelatedPosition[];
}

interface AskedLink extends Known {
  readonly link: ProviderLink;
}

/** The links of the asked number, then those of the person's others: a licence is the person's, whichever number it was linked to. */
function linksAsked(query: StandingQuery, facts: ProviderFacts, numbers: readonly Npi[]): readonly AskedLink[] {
  const others = numbers.slice(1).flatMap((npi) => facts.otherLinks?.find((one) => one.npi === npi)?.links.map((link) => ({ link, npi })) ?? []);
  const links: readonly Pick<AskedLink, 'link' | 'npi'>[] = [...(facts.links?.links.map((link) => ({ link })) ?? []), ...others];
  if (query.known === undefined) return links.map(({ link, ...of }) => ({ link, linkKnownAt: link.events.length, knownAt: ALL_EVENTS, classKnownAt: ALL_EVENTS, ...of, ...freshness(link, query, facts) }));
  return query.known.map(({ licence, ...known }) => {
    const found = links.find(({ link, npi }) => licenceId(link.licence) === licenceId(licence) && npi === known.npi);
    if (found === undefined) throw new DomainError('LICENCE_NOT_FOUND');
    return { link: found.link, ...known };
  });
}

/** Each licence once, by the asked number's own link where it has one, in the order of their ids. */
function eachOnce(links: readonly AskedLink[]): readonly AskedLink[] {
  const byLicence = new Map([...links].reverse().map((asked) => [licenceId(asked.link.licence), asked] as const));
  return [...byLicence].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, asked]) => asked);
}

/** Where the board is silent about some of the days, and how fresh its word is. */
function freshness({ licence }: ProviderLink, { thru }: StandingQuery, { sources }: ProviderFacts): Pick<Known, 'silentAfter' | 'source'> {
  const source = sources?.get(licence.board);
  const last = silentAfter(source);
  return { ...present('source', source), ...present('silentAfter', last !== undefined && last < thru ? last : undefined) };
}

function timelineOf(facts: ProviderFacts, link: ProviderLink): FoldInput {
  const timeline = facts.timelines.get(licenceId(link.licence));
  if (timeline === undefined) throw new DomainError('LICENCE_NOT_FOUND');
  return timeline;
}

function licenceStanding(timeline: FoldInput, query: StandingQuery, { linkKnownAt, npi, silentAfter: lastDay, source, ...known }: Known, facts: ProviderFacts): LicenceStanding {
  const related = query.known === undefined ? relatedNow(timeline, facts, query.thru) : relatedAsKnown(known.related, facts);
  const cascade = cascadeOf(timeline, known.knownAt, related ?? [], query.jurisdiction);
  const periods: LicencePeriod[] = [];
  let day = standing(timeline, query.from, known.knownAt, cascade, known.classKnownAt);
  const { knownAt, classKnownAt } = day;
  for (;;) {
    const next = day.nextChangeDate;
    if (next === null || next > query.thru) break;
    periods.push(period(day, addDays(next, -1)));
    day = standing(timeline, next, known.knownAt, cascade, known.classKnownAt);
  }
  periods.push(period(day, query.thru));
  return {
    licence: timeline.licence,
    knownAt,
    linkKnownAt,
    ...present('npi', npi),
    ...present('classKnownAt', classKnownAt === 0 ? undefined : classKnownAt),
    ...present('silentAfter', lastDay),
    ...present('related', positionsOf(related)),
    periods: lastDay === undefined ? periods : periods.flatMap((one) => silenced(one, lastDay)),
    ...present('source', source),
  };
}

/** What a silent board may have decided since its last word nobody knows: neither a licence nor its end. */
function silenced(told: LicencePeriod, lastDay: PlainDate): readonly LicencePeriod[] {
  if (told.thru <= lastDay) return [told];
  const unknown: LicencePeriod = { ...told, from: told.from > lastDay ? told.from : addDays(lastDay, 1), authority: 'UNKNOWN' };
  return told.from > lastDay ? [unknown] : [{ ...told, thru: lastDay }, unknown];
}

function period(day: Standing, thru: PlainDate): LicencePeriod {
  const { asOf, lifecycle, authority, encumbrances, derived, provenance } = day;
  return { from: asOf, thru, lifecycle, authority, encumbrances, ...present('derived', derived), provenance };
}

function authorityPeriods(licences: readonly LicenceStanding[], from: PlainDate, thru: PlainDate): readonly AuthorityPeriod[] {
  const starts = [...new Set([from, ...licences.flatMap(({ periods }) => periods.map((one) => one.from))])].sort((left, right) => (left < right ? -1 : 1));
  let periods: AuthorityPeriod[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const end = next === undefined ? thru : addDays(next, -1);
    const authority = combinedAuthority(licences.map(({ periods: all }) => all.find((one) => one.from <= start && start <= one.thru)).filter((one) => one !== undefined));
    periods = joined(periods, { from: start, thru: end, authority });
  }
  return periods;
}

/** The same periods, where identity limits what a service on a day can rest on: it never gives authority, and unknown never hides a no. */
function limitedPeriods(periods: readonly AuthorityPeriod[], asked: Npi, facts: readonly IdentityFact[]): readonly AuthorityPeriod[] {
  if (facts.length === 0) return periods;
  const days = identityDays(facts);
  const limited = periods.flatMap(({ from, thru, authority }) => {
    const starts = [from, ...days.filter((day) => from < day && day <= thru)];
    return starts.map((start, index): AuthorityPeriod => {
      const next = starts[index + 1];
      const limit = identityLimit(asked, facts, start);
      return { from: start, thru: next === undefined ? thru : addDays(next, -1), authority: limit === undefined || authority === 'NONE' ? authority : limit };
    });
  });
  return limited.reduce<AuthorityPeriod[]>(joined, []);
}

/** Adds a period; to the last one where the authority is the same. */
function joined(periods: AuthorityPeriod[], next: AuthorityPeriod): AuthorityPeriod[] {
  const last = periods.at(-1);
  return last?.authority === next.authority ? [...periods.slice(0, -1), { ...last, thru: next.thru }] : [...periods, next];
}

/**
 * What several licences permit together. One in full force suffices, beside lapsed ones of earlier careers; but where
 * another of them is suspended or revoked, whether the first covers the service is for a person to say: LIMITED.
 */
export function combinedAuthority(licences: readonly Pick<LicencePeriod, 'authority' | 'lifecycle' | 'encumbrances' | 'derived'>[]): PracticeAuthority {
  const authorities = new Set(licences.map(({ authority }) => authority));
  const disciplined = licences.some(({ authority, lifecycle, encumbrances, derived = [] }) => authority === 'NONE' && (lifecycle === 'REVOKED' || [...encumbrances, ...derived].some(limitsPractice)));
  if (authorities.has('FULL')) return disciplined ? 'LIMITED' : 'FULL';
  if (authorities.has('LIMITED')) return 'LIMITED';
  return authorities.has('UNKNOWN') || licences.length === 0 ? 'UNKNOWN' : 'NONE';
}

/** A reprimand, a fine, a stayed action, a surrender without cause or a privilege without its home says nothing about another licence. */
function limitsPractice({ type, stayed, codes }: Pick<DerivedEffect, 'type' | 'stayed' | 'codes'>): boolean {
  return stayed !== true && !(type === 'SURRENDER' && codes.length === 0) && !['REPRIMAND', 'FINE', 'MONITORING', 'PRIVILEGE_INACTIVE', 'PRIVILEGE_UNKNOWN'].includes(type);
}
