import type { LicenceChange } from '../licences/licence.js';
import type { LicenceEvent, TimelineEntry } from '../licences/licence-event.js';
import { distinctLicences, licenceId } from '../licences/licence-key.js';
import type { LicenceId, LicenceKey } from '../licences/licence-key.js';
import { DomainError } from '../shared/errors.js';

/**
 * Which licences have ever named this one as the principal one, so that related licences find each other: kept by the
 * chaincode with every designation. Nothing follows from it: what a licence is in, its own events say.
 */
export interface CompactGroup {
  readonly schema: 'compact-group/v1';
  readonly principal: LicenceKey;
  /** In the order of their ids. */
  readonly members: readonly LicenceKey[];
}

/** A licence in each state, and as many again that were replaced. */
export const MOST_GROUP_MEMBERS = 120;

/** The licences, other than itself, that a licence has ever named as the principal one. */
export function principalsNamed(licence: LicenceKey, entries: readonly Pick<TimelineEntry, 'action'>[]): readonly LicenceKey[] {
  return distinctLicences(entries.flatMap(({ action }) => (action?.type === 'DESIGNATE_PRINCIPAL' ? [action.principal] : []))).filter((principal) => licenceId(principal) !== licenceId(licence));
}

/** The principal licences that new events name: whose groups have to be looked up before they can be written. */
export function principalsJoined(changes: readonly LicenceChange[]): readonly LicenceKey[] {
  return distinctLicences(changes.flatMap(({ events }) => events.flatMap((event) => principalsNamed(event.licence, [event]))));
}

/** The groups that new designations enlarge. Throws COMPACT_GROUP_FULL. */
export function groupsJoined(changes: readonly LicenceChange[], existing: ReadonlyMap<LicenceId, CompactGroup>): readonly CompactGroup[] {
  const groups = new Map<LicenceId, CompactGroup>();
  for (const event of changes.flatMap(({ events }) => events)) {
    for (const principal of principalsNamed(event.licence, [event])) {
      const before = groups.get(licenceId(principal)) ?? existing.get(licenceId(principal));
      const after = withMember(before, principal, event);
      if (after !== before) groups.set(licenceId(principal), after);
    }
  }
  return [...groups.values()];
}

function withMember(group: CompactGroup | undefined, principal: LicenceKey, { licence }: LicenceEvent): CompactGroup {
  const before = group?.members ?? [];
  const members = distinctLicences([...before, licence]);
  if (members.length > MOST_GROUP_MEMBERS) throw new DomainError('COMPACT_GROUP_FULL');
  return group !== undefined && members.length === before.length ? group : { schema: 'compact-group/v1', principal, members };
}
