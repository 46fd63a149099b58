import type { EobDocument } from '../adjudication/adjudication.js';
import { eobDocumentShape } from '../adjudication/eob-shape.js';
import type { ReversalDocument } from '../corrections/reversal.js';
import { reversalDocumentShape } from '../corrections/reversal.js';
import { opaqueId } from '../documents/document.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Currency, Minor } from '../shared/money.js';
import { integer, list, object, oneOf, optional, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { accountInputShape, receivableAmountShape } from './payee-account.js';
import type { AccountInput, ReceivableAmount } from './payee-account.js';
import { PAYEES, paymentShape } from './remittance.js';
import type { Payee, Payment } from './remittance.js';

/** Most claims and reversals of one remittance. */
const MOST = 500;

/** A reversal to remit, with the explanation of benefits whose every amount it negates. */
export interface ReversalToRemit {
  readonly reversal: ReversalDocument;
  readonly eob: EobDocument;
}

/** Insurer, finance. Pays decided claims of one hospital; refused as a whole where one of them cannot be paid. */
export interface IssueRemittance {
  readonly verb: 'issueRemittance';
  readonly remittanceId: OpaqueId;
  readonly currency: Currency;
  readonly payee: Payee;
  /** Without a trace number the money has not moved yet: the claims are final, and the number follows. */
  readonly payment: Payment;
  /** What finance is about to pay; the remittance is refused where the claims do not add up to it. */
  readonly totalMinor: Minor;
  readonly eobs: readonly EobDocument[];
  readonly reversals: readonly ReversalToRemit[];
  /** Claims whose overpayment is not withheld now but stays owed. */
  readonly recoverLater: readonly OpaqueId[];
  /** What is withheld now of what is owed. */
  readonly recoveries: readonly ReceivableAmount[];
  /** What the hospital paid back by itself. */
  readonly refunds: readonly ReceivableAmount[];
  /** Absent for a payment to a member. */
  readonly account?: AccountInput;
}

/** Reads a remittance to issue. */
export const issueRemittanceShape: Shape<IssueRemittance> = object<IssueRemittance>({
  verb: oneOf(['issueRemittance']),
  remittanceId: opaqueId,
  currency: text(/^[A-Z]{3}$/),
  payee: oneOf(PAYEES),
  payment: paymentShape,
  totalMinor: integer(0),
  eobs: list(eobDocumentShape, 0, MOST),
  reversals: list(object<ReversalToRemit>({ reversal: reversalDocumentShape, eob: eobDocumentShape }), 0, MOST),
  recoverLater: list(opaqueId, 0, MOST),
  recoveries: list(receivableAmountShape, 0, MOST),
  refunds: list(receivableAmountShape, 0, MOST),
  account: optional(accountInputShape),
});
