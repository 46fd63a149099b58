import { addDays, EXPIRY_LADDER, ladderOn, licenceId } from '@medaccord/domain';
import type { LicenceStanding, PlainDate, PracticeAuthority, ProviderIdentity, ProviderLinks, ProviderStanding } from '@medaccord/domain';
import type { NoticeDetail, NoticeKind } from './notice.js';

/** What is told, or known to have been told, of one licence of a clinician. */
export interface WatchedLicence {
  readonly licenceId: string;
  /** The licence's last event that counted; 0 while its link was never confirmed. */
  readonly knownAt: number;
  readonly linkKnownAt: number;
  readonly authority: PracticeAuthority;
  /** By id, the last event of each licence that a compact relates to it. */
  readonly related: Readonly<Record<string, number>>;
}

/** One licence as the ledger has it. */
export interface SeenLicence extends WatchedLicence {
  /** The last day of validity, where it lies within the ladder's reach. */
  readonly validThru?: PlainDate;
}

/** What has to be told of one licence, and what its notice's id follows from besides clinician and licence. */
export interface LicenceNews {
  readonly kind: Extract<NoticeKind, 'STANDING_CHANGED' | 'LICENCE_EXPIRES' | 'IDENTITY_CHANGED'>;
  readonly key: readonly string[];
  readonly detail: NoticeDetail;
}

/** Stands among the licences for what is said about who the clinician is. */
const IDENTITY = 'identity';

/** What is said about who the clinician is, to be watched like a licence; nothing where nothing is. */
export function seenIdentity(identity: ProviderIdentity | undefined): readonly SeenLicence[] {
  return identity === undefined ? [] : [{ licenceId: IDENTITY, knownAt: identity.lastSequence, linkKnownAt: 0, authority: 'UNKNOWN', related: {} }];
}

/** How many days ahead the registry is asked: one more than the ladder's first step. */
export const DAYS_AHEAD = Math.max(...EXPIRY_LADDER) + 1;

/** A clinician's licences, out of what the registry answers: links that are not confirmed leave the standing UNKNOWN. */
export function seenLicences(links: readonly ProviderLinks[], standings: readonly ProviderStanding[], today: PlainDate): readonly SeenLicence[] {
  // What a multistate licence permits elsewhere is that state's question: a licence is watched at home.
  const atHome = standings.flatMap(({ jurisdiction, licences }) => licences.filter(({ licence }) => licence.jurisdiction === jurisdiction));
  const confirmed = new Map(atHome.map((standing) => [licenceId(standing.licence), standing] as const));

  return links.flatMap((document) => document.links.map(({ licence, events }) => seenLicence(licenceId(licence), events.length, confirmed.get(licenceId(licence)), today)));
}

function seenLicence(id: string, linkKnownAt: number, standing: LicenceStanding | undefined, today: PlainDate): SeenLicence {
  const now = standing?.periods.find(({ from, thru }) => from <= today && today <= thru);
  if (standing === undefined || now === undefined) return { licenceId: id, knownAt: 0, linkKnownAt, authority: 'UNKNOWN', related: {} };
  const end = standing.periods.find(({ from, lifecycle }) => from > today && (lifecycle === 'EXPIRED' || lifecycle === 'LAPSED'));
  const expires = end !== undefined && now.lifecycle !== 'EXPIRED' && now.lifecycle !== 'LAPSED';
  const related = Object.fromEntries((standing.related ?? []).map(({ licence, knownAt }) => [licenceId(licence), knownAt]));

  return { licenceId: id, knownAt: standing.knownAt, linkKnownAt, authority: now.authority, related, ...(expires && { validThru: addDays(end.from, -1) }) };
}

/** Everything on a licence that was not told before: each event once, changes by the calendar alone, a step of the ladder. */
export function newsOf(seen: SeenLicence, told: WatchedLicence | undefined, today: PlainDate): readonly LicenceNews[] {
  if (seen.licenceId === IDENTITY) return numbersAfter(told?.knownAt ?? 0, seen.knownAt).map((number) => ({ kind: 'IDENTITY_CHANGED', key: [String(number)], detail: { identityEvent: number } }));

  return [...(told === undefined ? firstSight(seen) : changes(seen, told, today)), ...expiry(seen, today)];
}

/** What has been told after this: a licence whose link is in doubt keeps its position, so that nothing is skipped. */
export function toldNow({ licenceId: id, knownAt, linkKnownAt, authority, related }: SeenLicence, told?: WatchedLicence): WatchedLicence {
  return { licenceId: id, knownAt: Math.max(knownAt, told?.knownAt ?? 0), linkKnownAt: Math.max(linkKnownAt, told?.linkKnownAt ?? 0), authority, related: { ...told?.related, ...related } };
}

/** A link that came into being after the subscription. */
function firstSight(seen: SeenLicence): readonly LicenceNews[] {
  return changed(seen, 'link', 0, seen.linkKnownAt);
}

function changes(seen: SeenLicence, told: WatchedLicence, today: PlainDate): readonly LicenceNews[] {
  const recorded = [...changed(seen, 'event', told.knownAt, told.knownAt === 0 ? 0 : seen.knownAt), ...changed(seen, 'link', told.linkKnownAt, seen.linkKnownAt), ...changedElsewhere(seen, told)];
  if (recorded.length > 0 || seen.authority === told.authority) return recorded;
  const { licenceId: licence, authority } = seen;

  return [{ kind: 'STANDING_CHANGED', key: ['day', today, String(seen.knownAt), String(seen.linkKnownAt), authority], detail: { licence, day: today, authority } }];
}

function changed({ licenceId: licence, authority }: SeenLicence, what: 'event' | 'link', after: number, thru: number): readonly LicenceNews[] {
  return numbersAfter(after, thru).map((number) => ({
    kind: 'STANDING_CHANGED', key: [what, String(number)], detail: what === 'event' ? { licence, event: number, authority } : { licence, linkEvent: number, authority },
  }));
}

/** Each event of a related licence, as it may change the standing of this one, also in the past; of a licence that came in the newest. */
function changedElsewhere({ licenceId: licence, authority, related }: SeenLicence, told: WatchedLicence): readonly LicenceNews[] {
  return Object.entries(related).flatMap(([other, knownAt]) => numbersAfter(told.related[other] ?? knownAt - 1, knownAt).map((event): LicenceNews => ({
    kind: 'STANDING_CHANGED', key: ['related', other, String(event)], detail: { licence, related: other, event, authority },
  })));
}

function numbersAfter(after: number, thru: number): readonly number[] {
  return Array.from({ length: Math.max(0, thru - after) }, (_, index) => after + index + 1);
}

function expiry({ licenceId: licence, validThru }: SeenLicence, today: PlainDate): readonly LicenceNews[] {
  const days = validThru === undefined ? undefined : ladderOn(validThru, today);

  return validThru === undefined || days === undefined ? [] : [{ kind: 'LICENCE_EXPIRES', key: ['expiry', validThru, String(days)], detail: { licence, validThru, days } }];
}

