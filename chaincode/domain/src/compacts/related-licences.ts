import { lastSequence } from '../licences/fold-standing.js';
import type { FoldInput } from '../licences/fold-standing.js';
import { distinctLicences, licenceId } from '../licences/licence-key.js';
import type { LicenceId, LicenceKey } from '../licences/licence-key.js';
import { silentAfter } from '../licences/source-report.js';
import type { SourceState } from '../licences/source-report.js';
import type { RelatedPosition } from '../licences/standing.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { principalsNamed } from './compact-group.js';
import type { CompactGroup } from './compact-group.js';

/** A licence that a compact relates to another one, as known after its event `knownAt`. */
export interface RelatedLicence {
  readonly input: FoldInput;
  readonly knownAt: number;
  /** Position in its class's events; absent where that has none. */
  readonly classKnownAt?: number;
  /** Where its board is silent: the last day that its word covers. */
  readonly silentAfter?: PlainDate;
}

/** What the registry knows of licences and their relations. */
export interface CompactFacts {
  readonly timelines: ReadonlyMap<LicenceId, FoldInput>;
  /** By principal licence: of the licences asked about, and of those that they ever named. */
  readonly groups?: ReadonlyMap<LicenceId, CompactGroup>;
  /** How fresh each board's word is, by board; boards that do not report are left out. */
  readonly sources?: ReadonlyMap<string, SourceState>;
}

/**
 * The licences whose events bear on this one by a compact, on the ledger or not: those that it ever named, whoever named
 * them, and whoever named itself. Undefined where it is in no compact.
 */
export function relatedLicences({ licence, entries }: FoldInput, groups: ReadonlyMap<LicenceId, CompactGroup>): readonly LicenceKey[] | undefined {
  const principals = principalsNamed(licence, entries);
  const found = [licence, ...principals].flatMap((principal) => groups.get(licenceId(principal)) ?? []);
  if (found.length === 0 && !entries.some(({ action }) => action?.type === 'DESIGNATE_PRINCIPAL')) return undefined;
  return distinctLicences([...principals, ...found.flatMap(({ members }) => members)]).filter((one) => licenceId(one) !== licenceId(licence));
}

/** All that is known of the related licences now, for days up to `thru`; undefined where there is no compact. */
export function relatedNow(input: FoldInput, { timelines, groups = new Map(), sources }: CompactFacts, thru: PlainDate): readonly RelatedLicence[] | undefined {
  return relatedLicences(input, groups)?.flatMap((licence) => {
    const related = timelines.get(licenceId(licence));
    const lastDay = silentAfter(sources?.get(licence.board));
    if (related === undefined) return [];
    const { entries, classEntries = [] } = related;
    return [{ input: related, knownAt: lastSequence(entries), ...present('classKnownAt', classEntries.length === 0 ? undefined : lastSequence(classEntries)), ...present('silentAfter', lastDay !== undefined && lastDay < thru ? lastDay : undefined) }];
  });
}

/** The related licences as they were known; none where an answer named none. Throws LICENCE_NOT_FOUND. */
export function relatedAsKnown(positions: readonly RelatedPosition[] | undefined, { timelines }: CompactFacts): readonly RelatedLicence[] | undefined {
  return positions?.map(({ licence, ...known }) => {
    const input = timelines.get(licenceId(licence));
    if (input === undefined) throw new DomainError('LICENCE_NOT_FOUND');
    return { input, ...known };
  });
}

/** What an answer says of the licences that it was computed from. */
export function positionsOf(related: readonly RelatedLicence[] | undefined): readonly RelatedPosition[] | undefined {
  return related?.map(({ input, ...known }) => ({ licence: input.licence, ...known }));
}
