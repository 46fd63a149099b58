import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** How the money moves: by transfer, by cheque, or not at all where the total is zero. */
export const PAYMENT_METHODS = ['ACH', 'CHK', 'NON'] as const;

/** Who gets the money: the hospital, or the member where benefits are not assigned (CLM08). */
export const PAYEES = ['hospital', 'member'] as const;

/** Who gets the money. */
export type Payee = (typeof PAYEES)[number];

/** The payment that a remittance explains. */
export interface Payment {
  readonly method: (typeof PAYMENT_METHODS)[number];
  /** Number by which the payment is found in the bank's statement (TRN02); absent until the money moves. */
  readonly traceNumber?: string;
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

/**
 * A decision taken back (CLP02 = 22): the same numbers and groups as the cited eob, every amount negative. It has no patient
 * amount: a reversal carries no CLP05.
 */
export interface RemittedReversal {
  readonly claimId: OpaqueId;
  readonly adjudicationVersion: number;
  readonly eob: DocumentReference;
  readonly reversal: DocumentReference;
  readonly patientControlNumber: string;
  readonly chargeMinor: Minor;
  readonly paidMinor: Minor;
}

/** L6 interest, WO recoupment, 72 refund received, FB forwarded balance. */
export const PROVIDER_ADJUSTMENTS = ['L6', 'WO', '72', 'FB'] as const;

/** An amount that concerns no single claim (PLB). A positive one lowers the payment, a negative one raises it. */
export interface ProviderAdjustment {
  readonly code: (typeof PROVIDER_ADJUSTMENTS)[number];
  /** What it concerns: a claim (L6), a receivable (WO, 72), the remittance that it was left by or leaves it (FB). */
  readonly reference: OpaqueId;
  readonly amountMinor: Minor;
}

/**
 * What an insurer pays at once, and for which claims. total = what the claims are paid + what reversals take back − provider
 * adjustments, to the cent, and never below zero.
 */
export interface RemittanceBody {
  readonly currency: Currency;
  readonly payee: Payee;
  readonly payment: Payment;
  /** In the order of the command. */
  readonly claims: readonly RemittedClaim[];
  readonly reversals: readonly RemittedReversal[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
  readonly totalMinor: Minor;
}

/** A recorded remittance; its second version, where there is one, adds the trace number. */
export type RemittanceDocument = PrivateDocument<'remittance', RemittanceBody> & { readonly parties: JointParties };

/** Marks one adjudication as paid: id is the claim's, version the adjudication's. There is one at most. */
export type PaymentDocument = PrivateDocument<'payment', { readonly remittanceId: OpaqueId }> & { readonly parties: JointParties };

/** Marks one reversal as remitted: id is the claim's, version the adjudication's. There is one at most. */
export type RepaymentDocument = PrivateDocument<'repayment', { readonly remittanceId: OpaqueId }> & { readonly parties: JointParties };

/** Reads the mark that an adjudication is paid. */
export const paymentDocumentShape: Shape<PaymentDocument> = joint(documentShape('payment', object({ remittanceId: opaqueId })));

/** Reads how a remittance is paid. */
export const paymentShape: Shape<Payment> = object<Payment>({ method: oneOf(PAYMENT_METHODS), traceNumber: optional(freeText(1, 50)), date: plainDate });

const signed = integer(Number.MIN_SAFE_INTEGER);

const named = { claimId: opaqueId, adjudicationVersion: integer(1), eob: referenceShape, patientControlNumber: freeText(0, 80) };

/** Reads a recorded remittance. */
export const remittanceDocumentShape: Shape<RemittanceDocument> = joint(documentShape('remittance', object<RemittanceBody>({
  currency: text(/^[A-Z]{3}$/),
  payee: oneOf(PAYEES),
  payment: paymentShape,
  claims: list(object<RemittedClaim>({ ...named, chargeMinor: integer(0), paidMinor: integer(0), patientMinor: integer(0) })),
  reversals: list(object<RemittedReversal>({ ...named, reversal: referenceShape, chargeMinor: signed, paidMinor: signed })),
  providerAdjustments: list(object<ProviderAdjustment>({ code: oneOf(PROVIDER_ADJUSTMENTS), reference: opaqueId, amountMinor: signed })),
  totalMinor: integer(0),
})));
