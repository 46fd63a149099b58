import type { Adjustment, EobDocument, LineDecision } from '../adjudication/adjudication.js';
import { isOpaqueId } from '../shared/ids.js';
import type { ClaimContent, OtherPayer, ReportedDecision, ReportedLine } from '../claims/claim.js';
import type { SubmissionItem } from '../claims/command.js';
import type { AbsentKey } from '../claims/preconditions.js';
import type { Rejection } from '../claims/rejection.js';
import type { BenefitPlanBody } from '../coverage/benefit-plan.js';
import { documentKey } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { dateOfInstant, isPlainDate } from '../shared/dates.js';
import { sumOf } from '../shared/money.js';
import type { Minor } from '../shared/money.js';

/** What the payers before us did with one line. */
export interface PriorPaymentFact {
  readonly line: number;
  /** What they paid together. */
  readonly paidMinor: Minor;
  /** What the last of them left to the patient: its PR adjustments. */
  readonly patientMinor: Minor;
  /** The highest amount that any of them allowed. */
  readonly allowedMinor: Minor;
}

/** What the payers before us decided, from their explanations of benefits alone. */
export interface PriorPayersFact {
  readonly count: number;
  /** How many of them are the hospital's word alone; absent where all are proved. */
  readonly reported?: number;
  /** When the last of them decided: from then on our filing limit runs. */
  readonly decidedOn: PlainDate;
  readonly lines: readonly PriorPaymentFact[];
}

/** Status of another payer's explanation of benefits, in the 277. */
const OTHER_PAYERS_EOB = '286';
/** Status of a claim that is out of balance, in the 277. */
const OUT_OF_BALANCE = '400';

/**
 * The explanations of benefits that came with a claim are of this very claim, each after the one before: the hospital's
 * number and every line's service, day, quantity and charge agree; else A8. One that was named and not brought is A6.
 */
export function examinePriorPayers({ claim, priorEobs = [] }: SubmissionItem): readonly Rejection[] {
  const named = claim.otherPayers ?? [];
  const rejection = (category: Rejection['category'], index: number): Rejection =>
    ({ category, status: OTHER_PAYERS_EOB, path: `/otherPayers/${index}/claimNumber`, rule: 'prior-payers/v1' });
  const strangers = priorEobs.flatMap((eob, index) => (isOfClaim(eob, claim) && named[index]?.claimNumber === eob.id ? [] : [rejection('A8', index)]));
  const lacking = named.flatMap(({ claimNumber }, index) =>
    claimNumber !== undefined && isOpaqueId(claimNumber) && priorEobs[index] === undefined ? [rejection('A6', index)] : []);
  return [...strangers, ...lacking, ...examineReported(claim)];
}

/** What a hospital says of another payer covers every line of the claim once, balances with its charge, and has a date; else A8 or A7. */
function examineReported({ otherPayers = [], lines }: ClaimContent): readonly Rejection[] {
  return otherPayers.flatMap(({ reported }, index) => {
    if (reported === undefined) return [];
    const path = `/otherPayers/${index}/reported`;
    const balances = reported.lines.length === lines.length && lines.every(({ number, chargeMinor }) => reported.lines.some((line) => line.number === number && accountedFor(line) === chargeMinor));
    return [
      ...(balances ? [] : [{ category: 'A8' as const, status: OUT_OF_BALANCE, path, rule: 'prior-payers/v1' }]),
      ...(isPlainDate(reported.decidedOn) ? [] : [{ category: 'A7' as const, status: OTHER_PAYERS_EOB, path: `${path}/decidedOn`, rule: 'prior-payers/v1' }]),
    ];
  });
}

function accountedFor({ paidMinor, adjustments }: ReportedLine): Minor {
  return sumOf([paidMinor, ...adjustments.map(({ amountMinor }) => amountMinor)]);
}

/** Nobody shows a decision that was taken back. */
export function unlessPriorReversed({ priorEobs = [] }: SubmissionItem): readonly AbsentKey[] {
  return priorEobs.map(({ id, version, parties }) => ({ key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED', parties }));
}

/** A decision before ours, of whatever evidence. */
interface PriorDecision {
  readonly decidedOn: PlainDate;
  readonly isProved: boolean;
  readonly line: (number: number) => Pick<LineDecision, 'paidMinor' | 'allowedMinor' | 'adjustments'> | undefined;
}

/**
 * What the payers before us decided, line by line, in their order: by their proved explanations of benefits, and, where the
 * plan takes it, by what the hospital says of those that are not on the ledger. Undefined where there is nothing.
 */
export function priorPayersFact({ lines, otherPayers = [] }: Pick<ClaimContent, 'lines' | 'otherPayers'>, eobs: readonly EobDocument[], plan: CoordinatingPlan): PriorPayersFact | undefined {
  const decisions = [...eobs.map((eob) => proved(eob, plan.utcOffsetMinutes)), ...(plan.coordination?.reported === undefined ? [] : reportedDecisions(otherPayers))];
  if (decisions.length === 0) return undefined;
  const reported = decisions.filter(({ isProved }) => !isProved).length;
  return {
    count: decisions.length,
    ...(reported > 0 && { reported }),
    decidedOn: decisions.map(({ decidedOn }) => decidedOn).reduce((last, one) => (one > last ? one : last)),
    lines: lines.map(({ number }) => priorPayment(number, decisions.map(({ line }) => line(number)))),
  };
}

/** What of a plan says which evidence counts. */
export type CoordinatingPlan = Pick<BenefitPlanBody, 'utcOffsetMinutes' | 'coordination'>;

function proved(eob: EobDocument, utcOffsetMinutes: number): PriorDecision {
  return { decidedOn: dateOfInstant(eob.recorded.at, utcOffsetMinutes), isProved: true, line: (number) => lineOf(eob, number) };
}

/** One whose explanation of benefits is on the ledger is proved already. */
function reportedDecisions(otherPayers: readonly OtherPayer[]): readonly PriorDecision[] {
  return otherPayers.flatMap(({ claimNumber = '', reported }) => (reported === undefined || isOpaqueId(claimNumber) ? [] : [reportedDecision(reported)]));
}

/** Of a payer's word that we only hear of, what it allowed is what it paid and left to the patient. */
function reportedDecision({ decidedOn, lines }: ReportedDecision): PriorDecision {
  return {
    decidedOn,
    isProved: false,
    line: (number) => {
      const line = lines.find((one) => one.number === number);
      if (line === undefined) return undefined;
      const adjustments = line.adjustments.map((one) => ({ ...one, group: one.group as Adjustment['group'] }));
      const patient = adjustments.filter(({ group }) => group === 'PR');
      return { paidMinor: line.paidMinor, adjustments, allowedMinor: line.paidMinor + sumOf(patient.map(({ amountMinor }) => amountMinor)) };
    },
  };
}

function priorPayment(line: number, decided: readonly ReturnType<PriorDecision['line']>[]): PriorPaymentFact {
  const patient = decided.at(-1)?.adjustments.filter(({ group }) => group === 'PR') ?? [];
  return {
    line,
    paidMinor: sumOf(decided.map((one) => one?.paidMinor ?? 0)),
    patientMinor: sumOf(patient.map(({ amountMinor }) => amountMinor)),
    allowedMinor: Math.max(...decided.map((one) => one?.allowedMinor ?? 0)),
  };
}

function isOfClaim({ body }: EobDocument, claim: ClaimContent): boolean {
  const isSame = claim.lines.every((line) => {
    const decided = body.lines.find(({ number }) => number === line.number);
    return decided !== undefined && decided.chargeMinor === line.chargeMinor && decided.serviceFrom === line.serviceFrom && decided.serviceThru === line.serviceThru &&
      decided.procedure.code === line.procedure.code && decided.quantity.thousandths === line.quantity.thousandths;
  });
  return isSame && body.lines.length === claim.lines.length && body.patientControlNumber === claim.patientControlNumber && body.currency === claim.currency;
}

function lineOf({ body }: EobDocument, number: number): LineDecision | undefined {
  return body.lines.find((line) => line.number === number);
}
