import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** How the money moves: by transfer, by cheque, or not at all where the total is zero. */
export const PAYMENT_METHODS = ['ACH', 'CHK', 'NON'] as const;

/** The payment that a remittance explains. */
export interface Payment {
  readonly method: (typeof PAYMENT_METHODS)[number];
  /** Number by which the payment is found in the bank's statement (TRN02). */
  readonly traceNumber: string;
  readonly date: PlainDate;
}

/** One claim in a remittance. charge = paid + sum of its lines' adjustments; the lines stand in the cited eob. */
export interface RemittedClaim {
  readonly claimId: OpaqueId;
  readonly adjudicationVersion: number;
  readonly eob: DocumentReference;
  readonly patientControlNumber: string;
  readonly chargeMinor: Minor;
  readonly paidMinor: Minor;
  readonly patientMinor: Minor;
}

/** What an insurer pays a hospital at once, and for which claims. total = sum of what the claims are paid, to the cent. */
export interface RemittanceBody {
  readonly currency: Currency;
  readonly payment: Payment;
  /** In the order of the command. */
  readonly claims: readonly RemittedClaim[];
  readonly totalMinor: Minor;
}

/** A recorded remittance. */
export type RemittanceDocument = PrivateDocument<'remittance', RemittanceBody> & { readonly parties: JointParties };

/** Marks one adjudication as paid: id is the claim's, version the adjudication's. There is one at most. */
export type PaymentDocument = PrivateDocument<'payment', { readonly remittanceId: OpaqueId }> & { readonly parties: JointParties };

/** Reads how a remittance is paid. */
export const paymentShape: Shape<Payment> = object<Payment>({ method: oneOf(PAYMENT_METHODS), traceNumber: freeText(1, 50), date: plainDate });

/** Reads a recorded remittance. */
export const remittanceDocumentShape: Shape<RemittanceDocument> = joint(documentShape('remittance', object<RemittanceBody>({
  currency: text(/^[A-Z]{3}$/),
  payment: paymentShape,
  claims: list(object<RemittedClaim>({
    claimId: text(/^[0-9a-f]{32,64}$/),
    adjudicationVersion: integer(1),
    eob: referenceShape,
    patientControlNumber: freeText(0, 80),
    chargeMinor: integer(0),
    paidMinor: integer(0),
    patientMinor: integer(0),
  })),
  totalMinor: integer(0),
})));
