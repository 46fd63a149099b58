import type { PlainDate } from '../shared/dates.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { present } from '../shared/present.js';
import type { FoldInput } from './fold-standing.js';
import type { LicenceEvent, TimelineEntry } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';
import { EMPTY_DIGEST } from './timeline.js';
import type { LicenceTimeline } from './timeline.js';

/** Where a licence came from, for licences that are older than the ledger. */
export interface LicenceSource {
  /** The roster's own word for its status, kept beside what it was mapped to. */
  readonly status?: string;
  readonly importBatch?: string;
  /** Version of the board's own table of status words by which its word was read; absent: the general one alone. */
  readonly wordsVersion?: number;
  /** When the board itself recorded it. */
  readonly recordedOn?: PlainDate;
}

/** The particulars of a licence that standing does not depend on. Public record: never a birth date or a home address. */
export interface Licence {
  readonly schema: 'licence/v1';
  readonly licence: LicenceKey;
  /** MSP id of the organisation whose board issued it. */
  readonly issuer: string;
  /** As the board prints it, where that differs from the normal form. */
  readonly numberAsPrinted?: string;
  /** The holder's name as on the board's public roster. */
  readonly holder?: string;
  readonly source?: LicenceSource;
}

/** A licence as rules see it. */
export interface LicenceState {
  readonly record: Licence;
  /** With all entries. */
  readonly timeline: LicenceTimeline;
  /** The events of its class, where that has any. */
  readonly classEntries?: readonly TimelineEntry[];
}

/** A licence, or a class, to which nothing has happened yet. */
export function withoutEvents(record: Licence, { now }: Pick<RegistryExecution, 'now'>): LicenceState {
  const { licence, issuer } = record;
  return { record, timeline: { schema: 'licence-timeline/v1', licence, issuer, lastSequence: 0, lastRecordedAt: now, membership: 0, baseDigest: EMPTY_DIGEST, entries: [] } };
}

/** What standing is computed from. */
export function foldInputOf({ record, timeline, classEntries }: LicenceState): FoldInput {
  return { licence: record.licence, entries: timeline.entries, ...present('classEntries', classEntries) };
}

/** What an order leaves to be written: the licence, and its new events in their order. */
export interface LicenceChange {
  readonly state: LicenceState;
  readonly events: readonly LicenceEvent[];
  /** The particulars are others than those on the ledger. */
  readonly newParticulars?: true;
}
