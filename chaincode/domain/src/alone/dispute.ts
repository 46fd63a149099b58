import { adjudicationDocumentShape, referenceShape } from '../adjudication/eob-shape.js';
import type { AdjudicationDocument } from '../adjudication/adjudication.js';
import type { ClaimDocument } from '../claims/claim.js';
import { claimDocumentShape } from '../claims/claim-shape.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import { documentShape, joint, mspId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import { DomainError } from '../shared/errors.js';
import { freeText, object, oneOf, optional, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { lodgedDocumentShape } from './lodged.js';
import type { LodgedDocument } from './lodged.js';
import { unilateralDocumentShape } from './unilateral.js';
import type { UnilateralDocument } from './unilateral.js';

/** What one party says against a document: its date, what it left out, what it computed, or something else. */
export const DISPUTE_GROUNDS = ['DATE', 'HISTORY_LEFT_OUT', 'WRONG_RESULT', 'NOT_UNREACHABLE', 'OTHER'] as const;

/** OPEN until the other party ACCEPTED or REFUSED it, or the one that opened it has WITHDRAWN it. */
export const DISPUTE_STATES = ['OPEN', 'ACCEPTED', 'REFUSED', 'WITHDRAWN'] as const;

/** A document that can be disputed: one that both hold, or one that the other party wrote alone and showed. */
export type Disputable = ClaimDocument | LodgedDocument | UnilateralDocument | AdjudicationDocument;

/** A dispute about a claim. It changes nothing by itself; what follows is a reopening, a withdrawal or an appeal. */
export interface DisputeBody {
  readonly about: DocumentReference;
  readonly openedBy: string;
  readonly grounds: (typeof DISPUTE_GROUNDS)[number];
  readonly statement: string;
  readonly state: (typeof DISPUTE_STATES)[number];
  readonly answer?: string;
}

/** A recorded dispute, joint and chained; its id is the claim's. */
export type DisputeDocument = PrivateDocument<'dispute', DisputeBody> & { readonly parties: JointParties };

/** Insurer: claims-examiner; hospital: denials. Opens a dispute; `before` is an earlier one that is settled. */
export interface OpenDispute {
  readonly verb: 'openDispute';
  readonly about: Disputable;
  readonly before?: DisputeDocument;
  readonly grounds: DisputeBody['grounds'];
  readonly statement: string;
}

/** Insurer: claims-supervisor; hospital: denials. Ends a dispute. */
export interface SettleDispute {
  readonly verb: 'settleDispute';
  readonly dispute: DisputeDocument;
  readonly state: 'ACCEPTED' | 'REFUSED' | 'WITHDRAWN';
  readonly answer: string;
}

/** Reads a recorded dispute. */
export const disputeDocumentShape: Shape<DisputeDocument> = joint(documentShape('dispute', object<DisputeBody>({
  about: referenceShape, openedBy: mspId, grounds: oneOf(DISPUTE_GROUNDS), statement: freeText(1, 2000), state: oneOf(DISPUTE_STATES), answer: optional(freeText(1, 2000)),
})));

/** Reads a dispute to open. */
export const openDisputeShape: Shape<OpenDispute> = object<OpenDispute>({
  verb: oneOf(['openDispute']),
  about: variant<Disputable>('kind', { claim: claimDocumentShape, lodged: lodgedDocumentShape, unilateral: unilateralDocumentShape, adjudication: adjudicationDocumentShape }),
  before: optional(disputeDocumentShape),
  grounds: oneOf(DISPUTE_GROUNDS),
  statement: freeText(1, 2000),
});

/** Reads how a dispute ends. */
export const settleDisputeShape: Shape<SettleDispute> = object<SettleDispute>({ verb: oneOf(['settleDispute']), dispute: disputeDocumentShape, state: oneOf(['ACCEPTED', 'REFUSED', 'WITHDRAWN']), answer: freeText(1, 2000) });

/** What opening rests on: the disputed version is recorded, and no other dispute is left out. */
export function openingPreconditions({ about, before }: OpenDispute): Preconditions {
  const first = before === undefined ? [{ key: documentKey({ kind: 'dispute', id: about.id, version: 1 }), code: 'INPUT_MISSING' as const, input: 'before' }] : [];
  return { ...NO_PRECONDITIONS, recorded: [about], documents: before === undefined ? [] : [before], absent: first };
}

/** Opens a dispute. Throws DISPUTE_OPEN while another one about the claim is, FORBIDDEN about a party's own lodgement or decision. */
export function openDispute({ about, before, grounds, statement }: OpenDispute, parties: JointParties, execution: Execution): Effects {
  const { actor, sha256 } = execution;
  if (before !== undefined && (before.id !== about.id || before.body.state === 'OPEN')) throw new DomainError('DISPUTE_OPEN');
  if ('ownerMsp' in about.parties && about.parties.ownerMsp === actor.mspId) throw new DomainError('FORBIDDEN');
  const body: DisputeBody = { about: referenceTo(about, sha256), openedBy: actor.mspId, grounds, statement, state: 'OPEN' };
  return recorded([newDocument(execution, 'dispute', { id: about.id, version: (before?.version ?? 0) + 1 }, parties, body)]);
}

/** What settling rests on: the dispute as it is. */
export function settlingPreconditions({ dispute }: SettleDispute): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [dispute] };
}

/** Ends a dispute: who opened it withdraws it, the other accepts or refuses it. Throws DISPUTE_SETTLED, and FORBIDDEN to the wrong party. */
export function settleDispute({ dispute, state, answer }: SettleDispute, parties: JointParties, execution: Execution): Effects {
  const { body } = dispute;
  if (body.state !== 'OPEN') throw new DomainError('DISPUTE_SETTLED');
  if ((state === 'WITHDRAWN') !== (execution.actor.mspId === body.openedBy)) throw new DomainError('FORBIDDEN');
  return recorded([newDocument(execution, 'dispute', { id: dispute.id, version: dispute.version + 1 }, parties, { ...body, state, ...present('answer', answer) })]);
}
