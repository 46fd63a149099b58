import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { DomainError } from '../shared/errors.js';
import { freeText, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { remittanceDocumentShape } from './remittance.js';
import type { RemittanceDocument } from './remittance.js';

/** Insurer, finance. The money has moved: names the number under which the bank moved it. */
export interface ConfirmPayment {
  readonly verb: 'confirmPayment';
  readonly remittance: RemittanceDocument;
  readonly traceNumber: string;
}

/** Reads a confirmation. */
export const confirmPaymentShape: Shape<ConfirmPayment> = object<ConfirmPayment>({
  verb: oneOf(['confirmPayment']), remittance: remittanceDocumentShape, traceNumber: freeText(1, 50),
});

/** What a confirmation rests on. */
export function confirmationPreconditions({ remittance }: ConfirmPayment): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [remittance] };
}

/** Writes the remittance's second version, with the trace number and nothing else changed. Throws PAYMENT_CONFIRMED. */
export function confirmPayment({ remittance, traceNumber }: ConfirmPayment, parties: JointParties, execution: Execution): Effects {
  const { id, version, body } = remittance;
  if (body.payment.traceNumber !== undefined) throw new DomainError('PAYMENT_CONFIRMED');
  const document = newDocument(execution, 'remittance', { id, version: version + 1 }, parties, { ...body, payment: { ...body.payment, traceNumber } });
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id, outcome: 'RECORDED', version: document.version }] };
}
