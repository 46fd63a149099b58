import { referenceShape } from '../adjudication/eob-shape.js';
import type { AdjudicationDocument, Decision, EobDocument, StandingFact } from '../adjudication/adjudication.js';
import { DECISIONS } from '../adjudication/adjudication.js';
import type { AdjudicateClaims } from '../claims/command.js';
import { documentShape, mspId, opaqueId } from '../documents/document.js';
import type { PrivateDocument, Recorder } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { AuthorityPeriod } from '../licences/standing-query.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { freeText, integer, list, npiShape, object, oneOf, optional, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What became known, or was agreed, with effect in the past. */
export type ReviewCause =
  | { readonly type: 'LICENCE'; readonly npi: Npi }
  | { readonly type: 'COVERAGE'; readonly coverageId: OpaqueId; readonly version: number }
  | { readonly type: 'FEE_SCHEDULE'; readonly feeScheduleId: OpaqueId; readonly version: number }
  | { readonly type: 'PLAN'; readonly planId: OpaqueId; readonly version: number }
  | { readonly type: 'RULE_SET'; readonly ruleSet: string };

/** What a provider might do in a period, as a decision knew it or as it is known now. */
export interface StandingSeen {
  readonly npi: Npi;
  readonly jurisdiction: string;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly periods: readonly AuthorityPeriod[];
}

/** What a claim came to, or would come to. */
export interface ReviewOutcome {
  readonly ruleSet: string;
  /** Absent where a person would have to look at it first. */
  readonly decision?: Decision;
  readonly holds: readonly string[];
  readonly allowedMinor: Minor;
  readonly paidMinor: Minor;
  readonly patientMinor: Minor;
  /** Per line: group and reason of what is not paid, such as `CO-45`. */
  readonly lines: readonly { readonly number: number; readonly paidMinor: Minor; readonly reasons: readonly string[] }[];
  readonly standings: readonly StandingSeen[];
}

/** PROPOSED until a person decides: RELEASED goes on to be opened again, DISMISSED stands as it is. */
export const REVIEW_STATES = ['PROPOSED', 'RELEASED', 'DISMISSED'] as const;

/** A claim whose outcome or standings would be otherwise today. */
export interface ProposedChange {
  readonly claimId: OpaqueId;
  readonly adjudication: DocumentReference;
  readonly currency: Currency;
  readonly was: ReviewOutcome;
  readonly wouldBe: ReviewOutcome;
  readonly state: (typeof REVIEW_STATES)[number];
  readonly decided?: { readonly at: Instant; readonly by: Recorder; readonly reason: string };
}

/** A list of proposals; nothing is changed by it. What was looked at and would come out the same is only counted. */
export interface ReviewListBody {
  readonly hospitalMsp: string;
  readonly cause: ReviewCause;
  readonly reason: string;
  readonly changes: readonly ProposedChange[];
  readonly unchanged: number;
  readonly proposedBy: Recorder;
}

/** A recorded list, the insurer's statement, chained: every decision of a person is a version. */
export type ReviewListDocument = PrivateDocument<'review-list', ReviewListBody>;

/** A standing decision with what it was decided on. */
export interface StandingDecision {
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
}

/**
 * Insurer: claims-examiner, plan-admin. Computes what decided claims would come to by the rules, terms and standings of now, each
 * against the totals and the history of then, and proposes those that differ.
 */
export interface ProposeReviews {
  readonly verb: 'proposeReviews';
  readonly listId: OpaqueId;
  readonly cause: ReviewCause;
  readonly reason: string;
  /** In the order of the claims of `terms`. */
  readonly decisions: readonly StandingDecision[];
  /** The claims with the terms of now, as they would be decided today. */
  readonly terms: AdjudicateClaims;
}

/** Insurer: claims-supervisor. Says of proposals whether they go on. */
export interface DecideReviews {
  readonly verb: 'decideReviews';
  readonly list: ReviewListDocument;
  readonly decisions: readonly { readonly claimId: OpaqueId; readonly state: 'RELEASED' | 'DISMISSED'; readonly reason: string }[];
}

/** Reads a cause. */
export const reviewCauseShape: Shape<ReviewCause> = variant<ReviewCause>('type', {
  LICENCE: object({ type: oneOf(['LICENCE']), npi: npiShape }),
  COVERAGE: object({ type: oneOf(['COVERAGE']), coverageId: opaqueId, version: integer(1) }),
  FEE_SCHEDULE: object({ type: oneOf(['FEE_SCHEDULE']), feeScheduleId: opaqueId, version: integer(1) }),
  PLAN: object({ type: oneOf(['PLAN']), planId: opaqueId, version: integer(1) }),
  RULE_SET: object({ type: oneOf(['RULE_SET']), ruleSet: freeText(1, 80) }),
});

const outcomeShape: Shape<ReviewOutcome> = object<ReviewOutcome>({
  ruleSet: freeText(1, 80),
  decision: optional(oneOf(DECISIONS)),
  holds: list(freeText(1, 200)),
  allowedMinor: integer(0),
  paidMinor: integer(0),
  patientMinor: integer(0),
  lines: list(object<ReviewOutcome['lines'][number]>({ number: integer(1), paidMinor: integer(0), reasons: list(freeText(1, 20)) })),
  standings: list((value) => value as StandingFact),
});

/** Reads a recorded list. */
export const reviewListDocumentShape: Shape<ReviewListDocument> = documentShape('review-list', object<ReviewListBody>({
  hospitalMsp: mspId,
  cause: reviewCauseShape,
  reason: freeText(1, 500),
  changes: list(object<ProposedChange>({
    claimId: opaqueId,
    adjudication: referenceShape,
    currency: text(/^[A-Z]{3}$/),
    was: outcomeShape,
    wouldBe: outcomeShape,
    state: oneOf(REVIEW_STATES),
    decided: optional((value) => value as NonNullable<ProposedChange['decided']>),
  })),
  unchanged: integer(0),
  proposedBy: (value) => value as Recorder,
}));
