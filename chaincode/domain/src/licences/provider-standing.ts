import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { linkState } from '../providers/provider-links.js';
import type { ProviderLink, ProviderLinks } from '../providers/provider-links.js';
import { ALL_EVENTS, standing } from './fold-standing.js';
import type { FoldInput } from './fold-standing.js';
import { licenceId } from './licence-key.js';
import type { LicenceId } from './licence-key.js';
import { silentAfter } from './source-report.js';
import type { SourceState } from './source-report.js';
import type { AuthorityPeriod, LicencePeriod, LicenceStanding, ProviderStanding, StandingQuery } from './standing-query.js';
import type { Encumbrance, PracticeAuthority, Standing } from './standing.js';

/** What the registry knows about the provider of a query. */
export interface ProviderFacts {
  readonly registered: boolean;
  readonly links: ProviderLinks | undefined;
  /** Timelines of the licences that the links name. */
  readonly timelines: ReadonlyMap<LicenceId, FoldInput>;
  /** How fresh each board's word is, by board; boards that do not report are left out. */
  readonly sources?: ReadonlyMap<string, SourceState>;
}

/** Answers a standing query day by day, in periods of equal days. Throws LICENCE_NOT_FOUND where a named licence is unknown. */
export function providerStanding(query: StandingQuery, facts: ProviderFacts): ProviderStanding {
  const licences = linksAsked(query, facts)
    .filter(({ link, linkKnownAt }) => linkState(link.events, linkKnownAt) === 'CONFIRMED')
    .map(({ link, ...known }) => licenceStanding(timelineOf(facts, link), query, known));
  const { npi, jurisdiction, from, thru } = query;
  return { npi, jurisdiction, from, thru, registered: facts.registered, periods: authorityPeriods(licences, from, thru), licences };
}

interface Known {
  readonly linkKnownAt: number;
  readonly knownAt: number;
  readonly classKnownAt?: number;
  readonly silentAfter?: PlainDate;
  readonly source?: SourceState;
}

interface AskedLink extends Known {
  readonly link: ProviderLink;
}

function linksAsked(query: StandingQuery, facts: ProviderFacts): readonly AskedLink[] {
  const links = facts.links?.links ?? [];
  if (query.known === undefined) return links.map((link) => ({ link, linkKnownAt: link.events.length, knownAt: ALL_EVENTS, ...freshness(link, query, facts) }));
  const asked = query.known.map(({ licence, ...known }) => {
    const link = links.find((one) => licenceId(one.licence) === licenceId(licence));
    if (link === undefined) throw new DomainError('LICENCE_NOT_FOUND');
    return { link, ...known };
  });
  return asked.sort((left, right) => (licenceId(left.link.licence) < licenceId(right.link.licence) ? -1 : 1));
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

function licenceStanding(timeline: FoldInput, query: StandingQuery, { linkKnownAt, silentAfter: lastDay, source, ...known }: Known): LicenceStanding {
  const periods: LicencePeriod[] = [];
  let day = standing(timeline, query.from, known.knownAt, known.classKnownAt);
  const { knownAt, classKnownAt } = day;
  for (;;) {
    const next = day.nextChangeDate;
    if (next === null || next > query.thru) break;
    periods.push(period(day, addDays(next, -1)));
    day = standing(timeline, next, known.knownAt, known.classKnownAt);
  }
  periods.push(period(day, query.thru));
  const elsewhere = timeline.licence.jurisdiction !== query.jurisdiction;
  const permitted = elsewhere ? periods.map(asPrivilege) : periods;
  return {
    licence: timeline.licence,
    knownAt,
    linkKnownAt,
    ...present('classKnownAt', classKnownAt === 0 ? undefined : classKnownAt),
    ...present('silentAfter', lastDay),
    periods: lastDay === undefined ? permitted : permitted.flatMap((one) => silenced(one, lastDay)),
    ...present('source', source),
  };
}

/** What a silent board may have decided since its last word nobody knows: neither a licence nor its end. */
function silenced(told: LicencePeriod, lastDay: PlainDate): readonly LicencePeriod[] {
  if (told.thru <= lastDay) return [told];
  const unknown: LicencePeriod = { ...told, from: told.from > lastDay ? told.from : addDays(lastDay, 1), authority: 'UNKNOWN' };
  return told.from > lastDay ? [unknown] : [{ ...told, thru: lastDay }, unknown];
}

/** Any encumbrance at home makes a multistate privilege inactive everywhere else (Nurse Licensure Compact, article III). */
function asPrivilege(home: LicencePeriod): LicencePeriod {
  return home.authority === 'LIMITED' ? { ...home, authority: 'NONE' } : home;
}

function period(day: Standing, thru: PlainDate): LicencePeriod {
  const { asOf, lifecycle, authority, encumbrances, provenance } = day;
  return { from: asOf, thru, lifecycle, authority, encumbrances, provenance };
}

function authorityPeriods(licences: readonly LicenceStanding[], from: PlainDate, thru: PlainDate): readonly AuthorityPeriod[] {
  const starts = [...new Set([from, ...licences.flatMap(({ periods }) => periods.map((one) => one.from))])].sort((left, right) => (left < right ? -1 : 1));
  const periods: AuthorityPeriod[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const end = next === undefined ? thru : addDays(next, -1);
    const authority = combinedAuthority(licences.map(({ periods: all }) => all.find((one) => one.from <= start && start <= one.thru)).filter((one) => one !== undefined));
    const last = periods.at(-1);
    if (last?.authority === authority) periods[periods.length - 1] = { ...last, thru: end };
    else periods.push({ from: start, thru: end, authority });
  }
  return periods;
}

/**
 * What several licences permit together. One in full force suffices, beside lapsed ones of earlier careers; but where
 * another of them is suspended or revoked, whether the first covers the service is for a person to say: LIMITED.
 */
export function combinedAuthority(licences: readonly Pick<LicencePeriod, 'authority' | 'lifecycle' | 'encumbrances'>[]): PracticeAuthority {
  const authorities = new Set(licences.map(({ authority }) => authority));
  const disciplined = licences.some(({ authority, lifecycle, encumbrances }) => authority === 'NONE' && (lifecycle === 'REVOKED' || encumbrances.some(limitsPractice)));
  if (authorities.has('FULL')) return disciplined ? 'LIMITED' : 'FULL';
  if (authorities.has('LIMITED')) return 'LIMITED';
  return authorities.has('UNKNOWN') || licences.length === 0 ? 'UNKNOWN' : 'NONE';
}

/** A reprimand, a fine, a stayed action or a surrender without cause says nothing about another licence. */
function limitsPractice({ type, stayed, codes }: Encumbrance): boolean {
  return stayed !== true && !(type === 'SURRENDER' && codes.length === 0) && !['REPRIMAND', 'FINE', 'MONITORING'].includes(type);
}
