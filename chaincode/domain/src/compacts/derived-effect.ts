import type { PlainDate } from '../shared/dates.js';
import type { LicenceKey } from '../licences/licence-key.js';
import type { Encumbrance } from '../licences/standing.js';

/**
 * Versions of the compacts' rules. A designation names the one under which it was made; a version that is named anywhere
 * is never changed.
 */
export const COMPACT_RULES = ['imlc/1', 'nlc/1'] as const;

export type CompactRuleId = (typeof COMPACT_RULES)[number];

/** An event of a licence, as the events of another licence name it. */
export interface ForeignEvent {
  readonly licence: LicenceKey;
  /** Its sequence there. */
  readonly event: number;
}

/** Why a licence is under something that its own board did not order. */
export interface DerivedCause extends ForeignEvent {
  readonly rule: CompactRuleId;
}

/**
 * What follows for a licence from the events of another one, by a compact. Nobody writes it: it is computed whenever
 * standing is asked. PRIVILEGE_INACTIVE: the home licence does not carry a multistate privilege; PRIVILEGE_UNKNOWN: what the
 * home licence permits is not known.
 */
export interface DerivedEffect extends Pick<Encumbrance, 'from' | 'thru' | 'codes' | 'stayed'> {
  readonly type: Encumbrance['type'] | 'PRIVILEGE_INACTIVE' | 'PRIVILEGE_UNKNOWN';
  readonly causedBy: DerivedCause;
}

/** What compacts make of a licence, day by day. */
export interface Cascade {
  readonly on: (day: PlainDate) => readonly DerivedEffect[];
  /** Every day on which that may change. */
  readonly days: readonly PlainDate[];
}

/** The cascade of a licence that is in no compact. */
export const NO_CASCADE: Cascade = { on: () => [], days: [] };
