import type { EobDocument } from '../adjudication/adjudication.js';
import type { IssueRemittance } from '../claims/command.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { DomainError } from '../shared/errors.js';
import { sumOf } from '../shared/money.js';
import { imbalanceOf } from './balance.js';
import type { PaymentDocument, RemittanceBody, RemittanceDocument, RemittedClaim } from './remittance.js';

/**
 * Pays decided claims of one hospital at once. Each adjudication is marked as paid, which can happen once; that also
 * confirms what it reserved in the totals. Throws REMITTANCE_OUT_OF_BALANCE where the claims do not add up to what
 * finance is about to pay, at whatever level, and INPUT_MISMATCH for another currency or a claim named twice.
 */
export function issueRemittance(command: IssueRemittance, parties: JointParties, execution: Execution): Effects {
  const { eobs, remittanceId, currency, payment, totalMinor } = command;
  assertOneKind(command);
  const body: RemittanceBody = { currency, payment, claims: eobs.map((eob) => remittedClaim(eob, execution)), totalMinor };
  const imbalance = imbalanceOf(body, eobs.map((eob) => eob.body));
  if (imbalance !== undefined) throw new DomainError('REMITTANCE_OUT_OF_BALANCE', { level: imbalance });
  if ((payment.method === 'NON') !== (totalMinor === 0)) throw new DomainError('REMITTANCE_OUT_OF_BALANCE', { level: 'payment' });
  const remittance: RemittanceDocument = newDocument(execution, 'remittance', { id: remittanceId, version: 1 }, parties, body);
  const payments = eobs.map(({ id, version }): PaymentDocument => newDocument(execution, 'payment', { id, version }, parties, { remittanceId }));
  return { documents: [remittance, ...payments], opened: [], closed: [], index: [], items: [{ id: remittanceId, outcome: 'ISSUED', version: 1 }] };
}

/** What a remittance over these decisions amounts to. */
export function remittanceTotal(eobs: readonly Pick<EobDocument, 'body'>[]): number {
  return sumOf(eobs.map(({ body }) => body.totals.paidMinor));
}

function assertOneKind({ eobs, currency }: IssueRemittance): void {
  const wrong = eobs.findIndex((eob, index) => eob.body.currency !== currency || eobs.findIndex(({ id }) => id === eob.id) !== index);
  if (wrong >= 0) throw new DomainError('INPUT_MISMATCH', { input: 'eob', items: [String(wrong)] });
}

function remittedClaim(eob: EobDocument, { sha256 }: Execution): RemittedClaim {
  const { patientControlNumber, totals } = eob.body;
  return {
    claimId: eob.id,
    adjudicationVersion: eob.version,
    eob: referenceTo(eob, sha256),
    patientControlNumber,
    chargeMinor: totals.chargeMinor,
    paidMinor: totals.paidMinor,
    patientMinor: totals.patientMinor,
  };
}
