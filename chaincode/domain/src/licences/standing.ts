import type { PlainDate } from '../shared/dates.js';
import type { DerivedEffect } from '../compacts/derived-effect.js';
import type { LicenceKey } from './licence-key.js';
import type { SourceState } from './source-report.js';

/**
 * Where a licence is in its life on a date. UNKNOWN: the ledger has no event in view or the board's own word could not
 * be mapped; unknown is never taken for active.
 */
export const LIFECYCLES = ['UNKNOWN', 'NOT_ISSUED', 'ACTIVE', 'INACTIVE', 'RETIRED', 'SUPERSEDED', 'ISSUED_IN_ERROR', 'EXPIRED', 'LAPSED', 'SURRENDERED', 'REVOKED'] as const;

export type Lifecycle = (typeof LIFECYCLES)[number];

/** Kinds of open discipline. */
export const ENCUMBRANCE_TYPES = ['SUMMARY_SUSPENSION', 'SUSPENSION', 'RESTRICTION', 'PROBATION', 'CONDITION', 'REPRIMAND', 'FINE', 'MONITORING', 'REVOCATION', 'SURRENDER'] as const;

/** An open action of discipline; a revocation is told here only while it is stayed, else by the lifecycle. */
export interface Encumbrance {
  readonly type: (typeof ENCUMBRANCE_TYPES)[number];
  readonly from: PlainDate;
  /** The last day of a fixed term. */
  readonly thru?: PlainDate;
  /** The last day for the hearing of a summary suspension. */
  readonly hearingBy?: PlainDate;
  readonly codes: readonly string[];
  /** Sequence number of the board's action. */
  readonly action: number;
  /** Without effect meanwhile. */
  readonly stayed?: true;
  /** An appeal is pending, which changes nothing. */
  readonly appealed?: true;
}

/** How far the events of a related licence were taken into account. */
export interface RelatedPosition {
  readonly licence: LicenceKey;
  readonly knownAt: number;
  /** Position in the events of that licence's class; absent where that had none. */
  readonly classKnownAt?: number;
  /** Where that licence's board was silent: the last day that its word covered. */
  readonly silentAfter?: PlainDate;
}

/** What the holder may do: everything the licence covers, some of it, nothing, or it cannot be said. */
export type PracticeAuthority = 'FULL' | 'LIMITED' | 'NONE' | 'UNKNOWN';

/** What a licence permits on a date, as known at a position in its event sequence. */
export interface Standing {
  readonly licence: LicenceKey;
  readonly asOf: PlainDate;
  /** The last event that was taken into account. */
  readonly knownAt: number;
  /** The last event of the licence's class that was taken into account; absent where the class has none. */
  readonly classKnownAt?: number;
  readonly lifecycle: Lifecycle;
  readonly encumbrances: readonly Encumbrance[];
  /** What follows by a compact from other licences, apart from the own encumbrances; lifecycle and authority count both. */
  readonly derived?: readonly DerivedEffect[];
  readonly authority: PracticeAuthority;
  /** An application for renewal waits for the board. */
  readonly renewalPending?: true;
  /** Positions of the licences that a compact relates to this one, where one does. */
  readonly related?: readonly RelatedPosition[];
  /** Ids of the events that were folded, ascending; those of the class after the licence's own. */
  readonly provenance: readonly string[];
  /** The first day after `asOf` on which the answer differs, if nothing more is recorded; null where none does. */
  readonly nextChangeDate: PlainDate | null;
  /** How fresh the board's word is, where the board reports; not told of what was known before. */
  readonly source?: SourceState;
}
