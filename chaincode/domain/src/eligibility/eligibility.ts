import { referenceShape } from '../adjudication/eob-shape.js';
import { accumulatorInputShape, bucketShape } from '../coverage/accumulator.js';
import type { AccumulatorInput, Bucket } from '../coverage/accumulator.js';
import { benefitShape, categoryShape, networkShape, planDocumentShape } from '../coverage/benefit-plan.js';
import type { Benefit, PlanDocument } from '../coverage/benefit-plan.js';
import { coverageDocumentShape } from '../coverage/coverage.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { flag, freeText, instant, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What a hospital asks before it treats somebody. */
export interface EligibilityQuestion {
  /** As `personKey` makes it of a claim. */
  readonly personKey: string;
  readonly serviceDate: PlainDate;
  /** Benefit categories of interest; empty: every one. */
  readonly categories: readonly string[];
}

/** Why somebody is not insured on a day. */
export const NOT_COVERED = ['NOT_KNOWN', 'BEFORE_COVERAGE', 'AFTER_COVERAGE', 'BETWEEN_PERIODS'] as const;

/** What is used and left of one yearly limit. */
export interface LimitStanding {
  readonly owner: 'person' | 'family';
  readonly bucket: Bucket;
  readonly limitMinor: Minor;
  readonly usedMinor: Minor;
  readonly leftMinor: Minor;
}

/** The plan on the day, as far as it was asked about. */
export interface EligiblePlan {
  readonly planId: OpaqueId;
  readonly version: number;
  readonly name: string;
  readonly network: string;
  readonly currency: Currency;
  readonly benefits: readonly Benefit[];
}

/** What the insurer said, computed from its own statements. It tells what was known then; it is no promise to pay. */
export interface EligibilityAnswer {
  readonly covered: boolean;
  readonly reason?: (typeof NOT_COVERED)[number];
  readonly plan?: EligiblePlan;
  readonly benefitYear?: PlainDate;
  readonly limits: readonly LimitStanding[];
  /** The statements that the answer follows from, in order of their keys; none where the person is not known. */
  readonly restsOn: readonly DocumentReference[];
}

/** A question, and from the second version on its answer. `recorded` says who asked and who answered, and when. */
export interface EligibilityBody {
  readonly question: EligibilityQuestion;
  readonly askedAt: Instant;
  readonly answer?: EligibilityAnswer;
}

/** A recorded inquiry, joint and chained: version 1 asks, version 2 is the receipt of what was answered. */
export type EligibilityDocument = PrivateDocument<'eligibility', EligibilityBody> & { readonly parties: JointParties };

/** Hospital: biller, denials. Asks. */
export interface AskEligibility {
  readonly verb: 'askEligibility';
  readonly items: readonly { readonly id: OpaqueId; readonly question: EligibilityQuestion }[];
}

/** One question with the statements that answer it; without a coverage the person is not known. */
export interface AnswerableInquiry {
  readonly inquiry: EligibilityDocument;
  readonly coverage?: CoverageDocument;
  /** The plan of the day, exactly where there is one. */
  readonly plan?: PlanDocument;
  readonly accumulator?: AccumulatorInput;
}

/** Insurer: plan-admin, claims-examiner. Answers; each answer is computed at both parties. */
export interface AnswerEligibility {
  readonly verb: 'answerEligibility';
  readonly items: readonly AnswerableInquiry[];
}

const questionShape: Shape<EligibilityQuestion> = object<EligibilityQuestion>({ personKey: freeText(1, 260), serviceDate: plainDate, categories: list(categoryShape, 0, 50) });

const answerShape: Shape<EligibilityAnswer> = object<EligibilityAnswer>({
  covered: flag,
  reason: optional(oneOf(NOT_COVERED)),
  plan: optional(object<EligiblePlan>({ planId: opaqueId, version: integer(1), name: freeText(1, 120), network: networkShape, currency: text(/^[A-Z]{3}$/), benefits: list(benefitShape, 0, 500) })),
  benefitYear: optional(plainDate),
  limits: list(object<LimitStanding>({ owner: oneOf(['person', 'family']), bucket: bucketShape, limitMinor: integer(0), usedMinor: integer(0), leftMinor: integer(0) })),
  restsOn: list(referenceShape),
});

/** Reads a recorded inquiry. */
export const eligibilityDocumentShape: Shape<EligibilityDocument> = joint(documentShape('eligibility', object<EligibilityBody>({ question: questionShape, askedAt: instant, answer: optional(answerShape) })));

/** Reads questions. */
export const askEligibilityShape: Shape<AskEligibility> = object<AskEligibility>({
  verb: oneOf(['askEligibility']),
  items: list(object<AskEligibility['items'][number]>({ id: opaqueId, question: questionShape }), 1, 500),
});

/** Reads questions to answer. */
export const answerEligibilityShape: Shape<AnswerEligibility> = object<AnswerEligibility>({
  verb: oneOf(['answerEligibility']),
  items: list(object<AnswerableInquiry>({ inquiry: eligibilityDocumentShape, coverage: optional(coverageDocumentShape), plan: optional(planDocumentShape), accumulator: optional(accumulatorInputShape) }), 1, 500),
});
