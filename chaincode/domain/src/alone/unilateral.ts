import { referenceShape } from '../adjudication/eob-shape.js';
import type { DecisionFacts, EobBody, RuleFired } from '../adjudication/adjudication.js';
import type { AdjudicateClaims } from '../claims/command.js';
import { mspId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { Posting } from '../coverage/accumulator.js';
import { freeText, integer, list, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { payerContractDocumentShape } from '../payer-contracts/payer-contract.js';
import type { PayerContractDocument } from '../payer-contracts/payer-contract.js';
import { attemptDocumentShape } from './attempt.js';
import type { AttemptDocument } from './attempt.js';
import { accumulatorInputShape } from '../coverage/accumulator.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';

/** DECIDED alone; COUNTERSIGNED once the hospital's peer came to the same; WITHDRAWN by the insurer. */
export const UNILATERAL_STATES = ['DECIDED', 'COUNTERSIGNED', 'WITHDRAWN'] as const;

/**
 * What an insurer decided without the hospital's signature, by the same rules. It reserves the totals, and nothing is paid
 * by it until the hospital's peer has computed it again from the versions that it names.
 */
export interface UnilateralBody {
  readonly hospitalMsp: string;
  readonly claim: DocumentReference;
  readonly attempt: DocumentReference;
  readonly tick: number;
  /** Documents that it rests on, in order of their keys. */
  readonly inputs: readonly DocumentReference[];
  readonly ruleSet: string;
  readonly facts: DecisionFacts;
  readonly rulesFired: readonly RuleFired[];
  readonly eob: EobBody;
  /** What it added to the totals; taken back when it is withdrawn. */
  readonly postings: readonly Posting[];
  readonly state: (typeof UNILATERAL_STATES)[number];
  /** WITHDRAWN: why. */
  readonly reason?: string;
}

/** A recorded decision of one party, the insurer's own, chained; its id is the claim's. */
export type UnilateralDocument = OwnDocument<'unilateral', UnilateralBody>;

/** Insurer: claims-examiner. Decides one claim alone, once it has waited. */
export interface DecideAlone {
  readonly verb: 'decideAlone';
  readonly attempt: AttemptDocument;
  /** An earlier decision that was withdrawn. */
  readonly before?: UnilateralDocument;
  /** What the two agreed on waiting. */
  readonly contract?: PayerContractDocument;
  /** One claim with what its decision needs. */
  readonly terms: AdjudicateClaims;
}

/** Insurer: claims-examiner; both sign. The hospital's peer computes the decision again from the versions that it names. */
export interface CountersignDecision {
  readonly verb: 'countersignDecision';
  readonly unilateral: UnilateralDocument;
  /** The documents of then. */
  readonly terms: AdjudicateClaims;
}

/** Insurer: claims-supervisor. Takes a decision back that was not countersigned. */
export interface WithdrawDecision {
  readonly verb: 'withdrawDecision';
  readonly unilateral: UnilateralDocument;
  /** The totals of now; absent where the decision posted nothing. */
  readonly accumulator?: AccumulatorInput;
  readonly reason: string;
}

/** Reads a recorded decision; what was decided is not read again, as its hash proves it. */
export const unilateralDocumentShape: Shape<UnilateralDocument> = ownDocumentShape('unilateral', object<UnilateralBody>({
  hospitalMsp: mspId,
  claim: referenceShape,
  attempt: referenceShape,
  tick: integer(0),
  inputs: list(referenceShape),
  ruleSet: freeText(1, 80),
  facts: (value) => value as DecisionFacts,
  rulesFired: list((value) => value as RuleFired),
  eob: (value) => value as EobBody,
  postings: list((value) => value as Posting),
  state: oneOf(UNILATERAL_STATES),
  reason: optional(freeText(1, 500)),
}));

/** Reads the commands; the terms are read as an adjudication's. */
export const unilateralShapes = (terms: Shape<AdjudicateClaims>): {
  readonly decideAlone: Shape<DecideAlone>; readonly countersignDecision: Shape<CountersignDecision>; readonly withdrawDecision: Shape<WithdrawDecision>;
} => ({
  decideAlone: object<DecideAlone>({ verb: oneOf(['decideAlone']), attempt: attemptDocumentShape, before: optional(unilateralDocumentShape), contract: optional(payerContractDocumentShape), terms }),
  countersignDecision: object<CountersignDecision>({ verb: oneOf(['countersignDecision']), unilateral: unilateralDocumentShape, terms }),
  withdrawDecision: object<WithdrawDecision>({ verb: oneOf(['withdrawDecision']), unilateral: unilateralDocumentShape, accumulator: optional(accumulatorInputShape), reason: freeText(1, 500) }),
});
