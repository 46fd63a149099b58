import { referenceShape } from '../adjudication/eob-shape.js';
import type { ClaimContent } from '../claims/claim.js';
import { claimContentShape } from '../claims/claim-shape.js';
import { examineAtFrontEnd } from '../claims/front-end/front-end.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { openClaim } from '../claims/submit-claims.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import { mspId, ownDocumentShape } from '../documents/document.js';
import type { HeldDocument, JointParties, OwnDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { dateOfInstant } from '../shared/dates.js';
import type { Instant } from '../shared/dates.js';
import { payerContractDocumentShape } from '../payer-contracts/payer-contract.js';
import type { PayerContractDocument } from '../payer-contracts/payer-contract.js';
import { DomainError } from '../shared/errors.js';
import { instant, integer, list, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { assertWaited, attemptDocumentShape, contentHash, tickOf } from './attempt.js';
import type { AttemptDocument } from './attempt.js';

/** LODGED alone; COUNTERSIGNED once the insurer's peer took it in; REJECTED where it did not pass the front end there. */
export const LODGED_STATES = ['LODGED', 'COUNTERSIGNED', 'REJECTED'] as const;

/** A claim that a hospital filed without the insurer's signature. It counts as filed when the attempt was made. */
export interface LodgedBody {
  readonly insurerMsp: string;
  readonly content: ClaimContent;
  readonly attempt: DocumentReference;
  readonly filedAt: Instant;
  readonly filedTick: number;
  readonly lodgedTick: number;
  readonly state: (typeof LODGED_STATES)[number];
}

/** A recorded lodgement, the hospital's own, chained; its id is the claim's. */
export type LodgedDocument = OwnDocument<'lodged', LodgedBody>;

/** Hospital: biller. Files claims alone, once it has waited. */
export interface LodgeClaims {
  readonly verb: 'lodgeClaims';
  readonly items: readonly { readonly attempt: AttemptDocument; readonly claim: ClaimContent }[];
  /** What the two agreed on waiting. */
  readonly contract?: PayerContractDocument;
}

/** Hospital: biller; both sign. The insurer's peer takes in what was lodged, as of the day of the attempt. */
export interface CountersignClaims {
  readonly verb: 'countersignClaims';
  readonly items: readonly LodgedDocument[];
}

/** Reads claims to lodge. */
export const lodgeClaimsShape: Shape<LodgeClaims> = object<LodgeClaims>({
  verb: oneOf(['lodgeClaims']),
  items: list(object<LodgeClaims['items'][number]>({ attempt: attemptDocumentShape, claim: claimContentShape }), 1, 100),
  contract: optional(payerContractDocumentShape),
});

/** Reads a recorded lodgement. */
export const lodgedDocumentShape: Shape<LodgedDocument> = ownDocumentShape('lodged', object<LodgedBody>({
  insurerMsp: mspId, content: claimContentShape, attempt: referenceShape, filedAt: instant, filedTick: integer(0), lodgedTick: integer(0), state: oneOf(LODGED_STATES),
}));

/** Reads lodged claims to countersign. */
export const countersignClaimsShape: Shape<CountersignClaims> = object<CountersignClaims>({ verb: oneOf(['countersignClaims']), items: list(lodgedDocumentShape, 1, 100) });

/** What lodging rests on: the attempt, and that the claim was not taken in after all. */
export function lodgingPreconditions({ items, contract }: LodgeClaims): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [...items.map(({ attempt }) => attempt), ...(contract === undefined ? [] : [contract])], absent: items.map(({ attempt: { id } }) => ({ key: documentKey({ kind: 'claim', id, version: 1 }), code: 'DOCUMENT_EXISTS' as const })) };
}

/**
 * Files claims alone. Throws TOO_EARLY_ALONE, ATTEMPT_LAPSED, and INPUT_MISMATCH for another claim than the one that was
 * attempted, one for another insurer, or one that corrects or comes after other payers: those need documents of both.
 */
export function lodgeClaims({ items, contract }: LodgeClaims, { insurerMsp, hospitalMsp }: JointParties, execution: Execution): Effects {
  return recorded(items.map(({ attempt, claim }, index) => {
    const { body, parties } = attempt;
    const isOne = body.purpose === 'LODGE' && body.counterparty === insurerMsp && parties.ownerMsp === hospitalMsp && body.contentHash === contentHash(claim, execution.sha256);
    if (!isOne || !standsAlone(claim)) throw new DomainError('INPUT_MISMATCH', { input: 'attempt', items: [String(index)] });
    assertWaited(attempt, contract, execution);
    const lodged: LodgedBody = { insurerMsp, content: claim, attempt: referenceTo(attempt, execution.sha256), filedAt: body.at, filedTick: body.tick, lodgedTick: tickOf(execution), state: 'LODGED' };
    return newDocument(execution, 'lodged', { id: attempt.id, version: 1 }, parties, lodged);
  }));
}

/** What counter-signing rests on: the newest lodgements. */
export function countersigningPreconditions({ items }: CountersignClaims): Preconditions {
  return { ...NO_PRECONDITIONS, documents: items };
}

/**
 * Takes lodged claims in as if they had come on the day of the attempt: the same front-end checks, carried out again at both
 * parties. Throws INPUT_MISMATCH for a lodgement of another pair, LODGEMENT_SETTLED for one that is done with.
 */
export function countersignClaims({ items }: CountersignClaims, parties: JointParties, execution: Execution): Effects {
  const documents: HeldDocument[] = [];
  const opened: Effects['opened'][number][] = [];
  const results = items.map((lodged, index): ReceiptItem => {
    const { id, body } = lodged;
    if (lodged.parties.ownerMsp !== parties.hospitalMsp || body.insurerMsp !== parties.insurerMsp) throw new DomainError('INPUT_MISMATCH', { input: 'lodged', items: [String(index)] });
    if (body.state !== 'LODGED') throw new DomainError('LODGEMENT_SETTLED', { items: [String(index)] });
    const rejections = examineAtFrontEnd(body.content, dateOfInstant(body.filedAt, 0));
    const state = rejections.length > 0 ? 'REJECTED' as const : 'COUNTERSIGNED' as const;
    documents.push(newDocument(execution, 'lodged', { id, version: lodged.version + 1 }, lodged.parties, { ...body, state }));
    if (rejections.length > 0) return { id, outcome: 'REJECTED', rejections };
    const filed = { at: body.filedAt, tick: body.filedTick, lodged: referenceTo(lodged, execution.sha256) };
    const claim = newDocument(execution, 'claim', { id, version: 1 }, parties, { content: body.content, clockTick: tickOf(execution), filed });
    documents.push(claim);
    opened.push(openClaim(claim, execution, 'SUBMITTED', []));
    return { id, outcome: 'ACCEPTED', version: 1 };
  });
  return { documents, opened, closed: [], index: [], items: results };
}

/** Neither a correction nor after another payer. */
function standsAlone({ frequency, otherPayers = [] }: ClaimContent): boolean {
  return frequency === '1' && otherPayers.length === 0;
}
