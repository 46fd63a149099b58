import type { EobDocument } from '../adjudication/adjudication.js';
import { interestOn } from '../coverage/prompt-pay.js';
import { referenceTo } from '../documents/bytes.js';
import { documentKey } from '../documents/key.js';
import { toHex, utf8 } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { sumOf } from '../shared/money.js';
import type { Minor } from '../shared/money.js';
import type { IssueRemittance, ReversalToRemit } from './commands.js';
import { emptyAccount } from './payee-account.js';
import type { PayeeAccountBody, Receivable } from './payee-account.js';
import type { ProviderAdjustment, RemittanceBody, RemittedClaim, RemittedReversal } from './remittance.js';

/** A remittance as it will stand, and the account after it. */
export interface RemittanceRun {
  readonly body: RemittanceBody;
  readonly account: PayeeAccountBody;
}

/**
 * Works a remittance out: claims, reversals beside them, interest, what is recovered now or later, what was left over before,
 * and what is left over now because the total would be below zero. `today` is the transaction's day: interest counts to it
 * even where the payment is dated before. Throws RECOVERY_NOT_POSSIBLE for an amount that is not owed or cannot be withheld.
 */
export function remittanceRun(command: IssueRemittance, today: PlainDate, sha256: Sha256): RemittanceRun {
  const before = command.account?.document?.body ?? emptyAccount(command.currency);
  const claims = command.eobs.map((eob) => remittedClaim(eob, sha256));
  const reversals = command.reversals.map((one) => remittedReversal(one, sha256));
  const later = laterReceivables(command, sha256);
  const rows = [...interestRows(command, today), ...later.map(owedLater), ...recoveryRows(command), ...refundRows(command), ...carriedRows(before)];
  const due = sumOf([...claims, ...reversals].map(({ paidMinor }) => paidMinor)) - sumOf(rows.map(({ amountMinor }) => amountMinor));
  const left = Math.max(0, -due);
  if (left > 0 && command.recoveries.length > 0) throw new DomainError('RECOVERY_NOT_POSSIBLE');
  const forwarded: readonly ProviderAdjustment[] = left === 0 ? [] : [{ code: 'FB', reference: command.remittanceId, amountMinor: -left }];
  const { currency, payee, payment } = command;
  return {
    body: { currency, payee, payment, claims, reversals, providerAdjustments: [...rows, ...forwarded], totalMinor: due + left },
    account: accountAfter(before, command, later, left),
  };
}

/** The id of what a reversal leaves owed. */
export function receivableIdOf({ reversal }: ReversalToRemit, sha256: Sha256): string {
  return toHex(sha256(utf8(`receivable~${documentKey(reversal)}`))).slice(0, 32);
}

function remittedClaim(eob: EobDocument, sha256: Sha256): RemittedClaim {
  const { chargeMinor, paidMinor, patientMinor } = eob.body.totals;
  return { ...namesOf(eob, sha256), chargeMinor, paidMinor, patientMinor };
}

function remittedReversal({ reversal, eob }: ReversalToRemit, sha256: Sha256): RemittedReversal {
  const { chargeMinor, paidMinor } = eob.body.totals;
  return { ...namesOf(eob, sha256), reversal: referenceTo(reversal, sha256), chargeMinor: negative(chargeMinor), paidMinor: negative(paidMinor) };
}

function namesOf(eob: EobDocument, sha256: Sha256): Pick<RemittedClaim, 'claimId' | 'adjudicationVersion' | 'eob' | 'patientControlNumber'> {
  return { claimId: eob.id, adjudicationVersion: eob.version, eob: referenceTo(eob, sha256), patientControlNumber: eob.body.patientControlNumber };
}

/** The reversal that a decision comes after, in this run. */
export function reversalBefore({ body: { corrects } }: EobDocument, { reversals }: IssueRemittance): ReversalToRemit | undefined {
  return corrects && reversals.find(({ reversal }) => documentKey(reversal) === corrects.key);
}

/** Interest on what a claim is paid late: of a corrected one, on what it is paid more. It stands outside the claim (L6). */
function interestRows(command: IssueRemittance, today: PlainDate): readonly ProviderAdjustment[] {
  const paidOn = command.payment.date > today ? command.payment.date : today;
  return command.eobs.flatMap((eob): readonly ProviderAdjustment[] => {
    const before = reversalBefore(eob, command);
    const { due, totals } = eob.body;
    if (due === undefined || (before?.reversal.body.cause === 'APPEAL' && !due.terms.afterAppeal)) return [];
    const interest = interestOn(totals.paidMinor - (before?.eob.body.totals.paidMinor ?? 0), due, paidOn);
    return interest === 0 ? [] : [{ code: 'L6', reference: eob.id, amountMinor: -interest }];
  });
}

/** What reversals take back beyond what their corrections pay, for those that are not withheld now. */
function laterReceivables(command: IssueRemittance, sha256: Sha256): readonly Receivable[] {
  return command.recoverLater.map((claimId): Receivable => {
    const toRemit = command.reversals.find(({ reversal }) => reversal.id === claimId);
    if (toRemit === undefined) throw new DomainError('RECOVERY_NOT_POSSIBLE');
    const corrected = command.eobs.find((eob) => reversalBefore(eob, command) === toRemit);
    const outstandingMinor = toRemit.eob.body.totals.paidMinor - (corrected?.body.totals.paidMinor ?? 0);
    if (outstandingMinor <= 0) throw new DomainError('RECOVERY_NOT_POSSIBLE');
    return { receivableId: receivableIdOf(toRemit, sha256), claimId, origin: 'REVERSAL', outstandingMinor };
  });
}

/** Reversed now and recovered later: negative now, positive then (X12 RFI 1756). */
function owedLater({ receivableId, outstandingMinor }: Receivable): ProviderAdjustment {
  return { code: 'WO', reference: receivableId, amountMinor: -outstandingMinor };
}

function recoveryRows({ recoveries }: IssueRemittance): readonly ProviderAdjustment[] {
  return recoveries.map(({ receivableId, amountMinor }) => ({ code: 'WO', reference: receivableId, amountMinor }));
}

/** A refund that was received is shown negative and offset by a positive WO (X12 RFI 325, 1385): it moves no money here. */
function refundRows({ refunds }: IssueRemittance): readonly ProviderAdjustment[] {
  return refunds.flatMap(({ receivableId, amountMinor }): readonly ProviderAdjustment[] => [
    { code: '72', reference: receivableId, amountMinor: -amountMinor },
    { code: 'WO', reference: receivableId, amountMinor },
  ]);
}

function carriedRows({ carriedForwardMinor, carriedFrom }: PayeeAccountBody): readonly ProviderAdjustment[] {
  return carriedFrom === undefined ? [] : [{ code: 'FB', reference: carriedFrom, amountMinor: carriedForwardMinor }];
}

function accountAfter({ currency, receivables }: PayeeAccountBody, { recoveries, refunds, remittanceId }: IssueRemittance, later: readonly Receivable[], left: Minor): PayeeAccountBody {
  const settled = [...recoveries, ...refunds];
  const isOwed = settled.every(({ receivableId }) => receivables.some((one) => one.receivableId === receivableId));
  const rest = receivables.map((one) => ({ ...one, outstandingMinor: one.outstandingMinor - sumOf(settled.filter(({ receivableId }) => receivableId === one.receivableId).map(({ amountMinor }) => amountMinor)) }));
  if (!isOwed || rest.some(({ outstandingMinor }) => outstandingMinor < 0)) throw new DomainError('RECOVERY_NOT_POSSIBLE');
  return {
    currency,
    carriedForwardMinor: left,
    ...(left > 0 && { carriedFrom: remittanceId }),
    receivables: [...rest.filter(({ outstandingMinor }) => outstandingMinor > 0), ...later],
  };
}

function negative(amount: Minor): Minor {
  return amount === 0 ? 0 : -amount;
}
