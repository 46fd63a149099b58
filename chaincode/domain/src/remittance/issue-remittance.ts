import type { EobDocument } from '../adjudication/adjudication.js';
import type { AbsentKey, Preconditions } from '../claims/preconditions.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import { referenceTo } from '../documents/bytes.js';
import type { AnyDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { dateOfInstant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { nextAccount, unlessAccount } from './account-version.js';
import { imbalanceOf } from './balance.js';
import type { IssueRemittance } from './commands.js';
import { remittanceRun, reversalBefore } from './run.js';

/** What a remittance rests on: nothing in it was changed, taken back or remitted meanwhile, and the account is the newest. */
export function remittancePreconditions({ eobs, reversals, account }: IssueRemittance): Preconditions {
  return {
    ...NO_PRECONDITIONS,
    documents: [...eobs, ...(account?.document === undefined ? [] : [account.document])],
    recorded: reversals.map(({ reversal }) => reversal),
    absent: [...eobs.map(unlessReversed), ...unlessAccount(account)],
  };
}

/**
 * Pays decided claims of one hospital at once, beside what was taken back. Each adjudication is marked as paid and each
 * reversal as remitted, which can happen once; that makes a decision final and confirms what it reserved in the totals.
 * Throws REMITTANCE_OUT_OF_BALANCE where it does not add up to what finance is about to pay, at whatever level,
 * INPUT_MISMATCH for what does not belong together, CORRECTION_INCOMPLETE where a reversal and its correction are not both
 * in it, and RECOVERY_NOT_POSSIBLE.
 */
export function issueRemittance(command: IssueRemittance, parties: JointParties, execution: Execution): Effects {
  assertOneKind(command);
  assertReversalsMatch(command, execution);
  assertComplete(command, execution);
  const { remittanceId, totalMinor, eobs, reversals, payment } = command;
  const { body, account } = remittanceRun(command, dateOfInstant(execution.now, 0), execution.sha256);
  const imbalance = imbalanceOf(body, eobs.map((eob) => eob.body), reversals.map(({ eob }) => eob.body));
  if (imbalance !== undefined) throw new DomainError('REMITTANCE_OUT_OF_BALANCE', { level: imbalance });
  if (body.totalMinor !== totalMinor) throw new DomainError('REMITTANCE_OUT_OF_BALANCE', { level: 'transaction' });
  if ((payment.method === 'NON') !== (totalMinor === 0)) throw new DomainError('REMITTANCE_OUT_OF_BALANCE', { level: 'payment' });
  const documents: readonly AnyDocument[] = [
    newDocument(execution, 'remittance', { id: remittanceId, version: 1 }, parties, body),
    ...eobs.map(({ id, version }) => newDocument(execution, 'payment', { id, version }, parties, { remittanceId })),
    ...reversals.map(({ reversal: { id, version } }) => newDocument(execution, 'repayment', { id, version }, parties, { remittanceId })),
    ...nextAccount(command, account, parties, execution),
  ];
  return { documents, opened: [], closed: [], index: [], items: [{ id: remittanceId, outcome: 'ISSUED', version: 1 }] };
}

/** A decision that was taken back is not paid any more. */
function unlessReversed({ id, version }: EobDocument): AbsentKey {
  return { key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED' };
}

function assertOneKind(command: IssueRemittance): void {
  const { eobs, currency, payee, account, reversals } = command;
  const isOdd = (eob: EobDocument, index: number): boolean =>
    eob.body.currency !== currency || (eob.body.payee ?? 'hospital') !== payee || eobs.findIndex(({ id }) => id === eob.id) !== index;
  const wrong = eobs.findIndex(isOdd);
  if (wrong >= 0) throw new DomainError('INPUT_MISMATCH', { input: 'eob', items: [String(wrong)] });
  const isAccountOdd = (payee === 'member') === (account !== undefined) || (account?.document !== undefined && (account.document.id !== account.accountId || account.document.body.currency !== currency));
  if (isAccountOdd) throw new DomainError('INPUT_MISMATCH', { input: 'account' });
  // A member is paid for one claim at a time: what stands in a remittance is told to whom it pays.
  if (payee === 'member' && (eobs.length !== 1 || reversals.length > 0)) throw new DomainError('INPUT_MISMATCH', { input: 'payee' });
}

/** The reversal cites the very explanation of benefits whose amounts are negated. */
function assertReversalsMatch({ reversals, currency }: IssueRemittance, { sha256 }: Execution): void {
  const wrong = reversals.findIndex(({ reversal, eob }) => {
    const cited = referenceTo(eob, sha256);
    const isCited = reversal.body.eob.key === cited.key && reversal.body.eob.hash === cited.hash;
    return !isCited || reversal.body.payment === undefined || eob.body.currency !== currency;
  });
  if (wrong >= 0) throw new DomainError('INPUT_MISMATCH', { input: 'reversal', items: [String(wrong)] });
}

/** A reversal stands beside its correction, in both directions; only a void has none. */
function assertComplete(command: IssueRemittance, { sha256 }: Execution): void {
  const { eobs, reversals } = command;
  const corrected = eobs.map((eob) => reversalBefore(eob, command));
  const lacksReversal = eobs.some(({ body: { corrects } }, index) => {
    const found = corrected[index];
    return corrects !== undefined && (found === undefined || referenceTo(found.reversal, sha256).hash !== corrects.hash);
  });
  const lacksCorrection = reversals.some((one) => one.reversal.body.cause !== 'VOID' && !corrected.includes(one));
  if (lacksReversal || lacksCorrection) throw new DomainError('CORRECTION_INCOMPLETE');
}
