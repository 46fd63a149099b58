import { documentShape, joint, opaqueId } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** A letter that asks a hospital to pay back; no decision is reversed by it. */
export interface RefundLetter {
  readonly sentOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly reason: string;
}

/** What a hospital owes the insurer: from a reversal that is to be recovered later, or asked for by letter. */
export interface Receivable {
  readonly receivableId: OpaqueId;
  readonly claimId: OpaqueId;
  readonly origin: 'REVERSAL' | 'LETTER';
  readonly outstandingMinor: Minor;
  readonly letter?: RefundLetter;
}

/**
 * What stands open between an insurer and a hospital besides claims. A remittance that would come below zero leaves the rest
 * here (`carriedForward`), and the next one takes it first.
 */
export interface PayeeAccountBody {
  readonly currency: Currency;
  readonly carriedForwardMinor: Minor;
  /** The remittance that left it. */
  readonly carriedFrom?: OpaqueId;
  /** In the order in which they came up; a settled one stands here no more. */
  readonly receivables: readonly Receivable[];
}

/** A recorded account, joint and chained: one per insurer, hospital and currency. */
export type PayeeAccountDocument = PrivateDocument<'payee-account', PayeeAccountBody> & { readonly parties: JointParties };

/** The account as a command brings it; without a document there is none yet, which the ledger checks. */
export interface AccountInput {
  readonly accountId: OpaqueId;
  readonly document?: PayeeAccountDocument;
}

/** An amount of one receivable. */
export interface ReceivableAmount {
  readonly receivableId: OpaqueId;
  readonly amountMinor: Minor;
}

/** Reads a letter. */
export const refundLetterShape: Shape<RefundLetter> = object<RefundLetter>({ sentOn: plainDate, dueOn: plainDate, reason: freeText(1, 500) });

/** Reads a recorded account. */
export const payeeAccountShape: Shape<PayeeAccountDocument> = joint(documentShape('payee-account', object<PayeeAccountBody>({
  currency: text(/^[A-Z]{3}$/),
  carriedForwardMinor: integer(0),
  carriedFrom: optional(opaqueId),
  receivables: list(object<Receivable>({
    receivableId: opaqueId, claimId: opaqueId, origin: oneOf(['REVERSAL', 'LETTER']), outstandingMinor: integer(1), letter: optional(refundLetterShape),
  })),
})));

/** Reads the account as a command brings it. */
export const accountInputShape: Shape<AccountInput> = object<AccountInput>({ accountId: opaqueId, document: optional(payeeAccountShape) });

/** Reads an amount of one receivable. */
export const receivableAmountShape: Shape<ReceivableAmount> = object<ReceivableAmount>({ receivableId: opaqueId, amountMinor: integer(1) });

/** An account on which nothing stands open. */
export function emptyAccount(currency: Currency): PayeeAccountBody {
  return { currency, carriedForwardMinor: 0, receivables: [] };
}
