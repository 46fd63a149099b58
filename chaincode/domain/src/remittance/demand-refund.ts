import type { EobDocument } from '../adjudication/adjudication.js';
import { eobDocumentShape } from '../adjudication/eob-shape.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { opaqueId } from '../documents/document.js';
import type { JointParties } from '../documents/document.js';
import type { Effects, Execution } from '../documents/execution.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import type { Minor } from '../shared/money.js';
import { integer, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { nextAccount, unlessAccount } from './account-version.js';
import { accountInputShape, emptyAccount, refundLetterShape } from './payee-account.js';
import type { AccountInput, RefundLetter } from './payee-account.js';
import { paymentDocumentShape } from './remittance.js';
import type { PaymentDocument } from './remittance.js';

/** Insurer, finance. Asks a hospital by letter to pay back part of what a claim was paid; the decision itself stands. */
export interface DemandRefund {
  readonly verb: 'demandRefund';
  readonly receivableId: OpaqueId;
  readonly eob: EobDocument;
  readonly payment: PaymentDocument;
  readonly amountMinor: Minor;
  readonly letter: RefundLetter;
  readonly account: AccountInput;
}

/** Reads a demand. */
export const demandRefundShape: Shape<DemandRefund> = object<DemandRefund>({
  verb: oneOf(['demandRefund']), receivableId: opaqueId, eob: eobDocumentShape, payment: paymentDocumentShape, amountMinor: integer(1), letter: refundLetterShape,
  account: accountInputShape,
});

/** What a demand rests on: the claim was paid, and the account is the newest. */
export function demandPreconditions({ eob, payment, account }: DemandRefund): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [eob, payment, ...(account.document === undefined ? [] : [account.document])], absent: unlessAccount(account) };
}

/**
 * Notes what the letter asks for as owed; a later remittance withholds it, or shows it as paid back (X12 RFI 2231). Throws
 * RECOVERY_NOT_POSSIBLE for more than was paid, INPUT_MISMATCH for a payment of another decision, DOCUMENT_EXISTS for a
 * receivable that is there already.
 */
export function demandRefund({ receivableId, eob, payment, amountMinor, letter, account }: DemandRefund, parties: JointParties, execution: Execution): Effects {
  const { currency, totals } = eob.body;
  const before = account.document?.body ?? emptyAccount(currency);
  if (payment.id !== eob.id || payment.version !== eob.version || before.currency !== currency) throw new DomainError('INPUT_MISMATCH', { input: 'payment' });
  if (before.receivables.some((one) => one.receivableId === receivableId)) throw new DomainError('DOCUMENT_EXISTS');
  const asked = before.receivables.filter(({ claimId }) => claimId === eob.id).reduce((sum, { outstandingMinor }) => sum + outstandingMinor, amountMinor);
  if (asked > totals.paidMinor || letter.dueOn < letter.sentOn) throw new DomainError('RECOVERY_NOT_POSSIBLE');
  const after = { ...before, receivables: [...before.receivables, { receivableId, claimId: eob.id, origin: 'LETTER' as const, outstandingMinor: amountMinor, letter }] };
  const documents = nextAccount({ account, currency }, after, parties, execution);
  return { documents, opened: [], closed: [], index: [], items: [{ id: receivableId, outcome: 'RECORDED' }] };
}
