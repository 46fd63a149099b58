import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { referenceTo } from '../documents/bytes.js';
import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { DocumentReference } from '../documents/key.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { remittanceDocumentShape } from './remittance.js';
import type { RemittanceBody, RemittanceDocument } from './remittance.js';

/** What the hospital finds in its bank's statement. */
export interface Deposit {
  readonly amountMinor: Minor;
  readonly traceNumber: string;
  readonly on: PlainDate;
}

/** A claim of the remittance with which the hospital does not agree. */
export interface DisputedClaim {
  readonly claimId: OpaqueId;
  readonly reason: string;
}

/**
 * The hospital's answer to a remittance. RECONCILED: the deposit is the remittance's total under its trace number (or there
 * was nothing to pay) and no claim is disputed. Every other one is DIFFERENT.
 */
export interface AcknowledgementBody {
  readonly remittance: DocumentReference;
  readonly status: 'RECONCILED' | 'DIFFERENT';
  readonly deposit?: Deposit;
  readonly disputed: readonly DisputedClaim[];
}

/** A recorded acknowledgement, joint and chained; its id is the remittance's. */
export type AcknowledgementDocument = PrivateDocument<'acknowledgement', AcknowledgementBody> & { readonly parties: JointParties };

/** Hospital, biller or denials. Says what arrived, and which claims are disputed. */
export interface AcknowledgeRemittance {
  readonly verb: 'acknowledgeRemittance';
  readonly remittance: RemittanceDocument;
  /** 1, or one more than the newest. */
  readonly version: number;
  readonly deposit?: Deposit;
  readonly disputed: readonly DisputedClaim[];
}

const deposit = object<Deposit>({ amountMinor: integer(0), traceNumber: freeText(1, 50), on: plainDate });
const disputed = list(object<DisputedClaim>({ claimId: opaqueId, reason: freeText(1, 500) }), 0, 500);

/** Reads a recorded acknowledgement. */
export const acknowledgementShape: Shape<AcknowledgementDocument> = joint(documentShape('acknowledgement', object<AcknowledgementBody>({
  remittance: referenceShape, status: oneOf(['RECONCILED', 'DIFFERENT']), deposit: optional(deposit), disputed,
})));

/** Reads an acknowledgement to record. */
export const acknowledgeRemittanceShape: Shape<AcknowledgeRemittance> = object<AcknowledgeRemittance>({
  verb: oneOf(['acknowledgeRemittance']), remittance: remittanceDocumentShape, version: integer(1), deposit: optional(deposit), disputed,
});

/** What an acknowledgement rests on. */
export function acknowledgementPreconditions({ remittance }: AcknowledgeRemittance): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [remittance] };
}

/** Records the answer; the status follows from it. Throws INPUT_MISMATCH for a disputed claim that the remittance does not name. */
export function acknowledgeRemittance(command: AcknowledgeRemittance, parties: JointParties, execution: Execution): Effects {
  const { remittance, version, deposit: found, disputed: claims } = command;
  const named = new Set([...remittance.body.claims, ...remittance.body.reversals].map(({ claimId }) => claimId));
  const stranger = claims.findIndex(({ claimId }) => !named.has(claimId));
  if (stranger >= 0) throw new DomainError('INPUT_MISMATCH', { input: 'claim', items: [String(stranger)] });
  const status = claims.length === 0 && agrees(remittance.body, found) ? 'RECONCILED' : 'DIFFERENT';
  const body: AcknowledgementBody = { remittance: referenceTo(remittance, execution.sha256), status, ...(found && { deposit: found }), disputed: claims };
  const document = newDocument(execution, 'acknowledgement', { id: remittance.id, version }, parties, body);
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id: remittance.id, outcome: 'RECORDED', version }] };
}

/** A payment to a member never reaches the hospital, and one of nothing no bank. */
function agrees({ totalMinor, payment, payee }: RemittanceBody, found: Deposit | undefined): boolean {
  if (totalMinor === 0 || payee === 'member') return found === undefined;
  return found !== undefined && found.amountMinor === totalMinor && found.traceNumber === payment.traceNumber;
}
