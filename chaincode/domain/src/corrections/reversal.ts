import type { AdjudicationDocument, EobDocument } from '../adjudication/adjudication.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { AuthorisationDocument } from '../authorisations/authorisation.js';
import type { ClaimDocument } from '../claims/claim.js';
import type { Posting } from '../coverage/accumulator.js';
import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PaymentDocument } from '../remittance/remittance.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/**
 * Why a decision is taken back: the hospital replaces (7) or voids (8) the claim, an appeal overturned it, it paid too much,
 * a supervisor sends it back, or its rules, prices or standings changed with effect in the past.
 */
export const REVERSAL_CAUSES = ['REPLACEMENT', 'VOID', 'APPEAL', 'OVERPAYMENT', 'RECONSIDERATION', 'RETROACTIVE_CHANGE'] as const;

/** Why a decision is taken back. */
export type ReversalCause = (typeof REVERSAL_CAUSES)[number];

/**
 * A decision taken back, whole: every amount of its explanation of benefits counts negatively from now on, in the same
 * groups (CLP02 = 22), and its postings are undone. Nothing of the decision itself is rewritten.
 */
export interface ReversalBody {
  readonly claim: DocumentReference;
  readonly adjudication: DocumentReference;
  readonly eob: DocumentReference;
  readonly cause: ReversalCause;
  /** Why, in a person's words; a replacement's or void's own claim says it. */
  readonly reason?: string;
  /** The claim that replaces or voids this one; absent where the same claim is decided again. */
  readonly correctedBy?: OpaqueId;
  /** The decision was final: a remittance has to take the amounts back. Absent where nothing was ever remitted. */
  readonly payment?: DocumentReference;
  /** The decision was itself a correction and never final: that earlier reversal still waits for its remittance. */
  readonly carries?: DocumentReference;
  /** What the totals lost again, leaf by leaf: the opposite of what the decision had posted. */
  readonly postings: readonly Posting[];
}

/** A recorded reversal, joint; id and version are those of the adjudication that it takes back. */
export type ReversalDocument = PrivateDocument<'reversal', ReversalBody> & { readonly parties: JointParties };

/** A decision that is to be taken back, with everything that proves it; `payment` where it is final. */
export interface ReversalInput {
  readonly claim: ClaimDocument;
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
  readonly payment?: PaymentDocument;
  /** Every authorisation that the decision cites, in its newest version: what it used is given back. */
  readonly authorisations?: readonly AuthorisationDocument[];
}

/** Reads a recorded reversal. */
export const reversalDocumentShape: Shape<ReversalDocument> = joint(documentShape('reversal', object<ReversalBody>({
  claim: referenceShape,
  adjudication: referenceShape,
  eob: referenceShape,
  cause: oneOf(REVERSAL_CAUSES),
  reason: optional(freeText(1, 500)),
  correctedBy: optional(opaqueId),
  payment: optional(referenceShape),
  carries: optional(referenceShape),
  postings: list(object<Posting>({ leaf: freeText(1, 80), amountMinor: integer(Number.MIN_SAFE_INTEGER), cause: freeText(1, 100) })),
})));
