import type { EobDocument, LineDecision } from '../adjudication/adjudication.js';
import { isOpaqueId } from '../shared/ids.js';
import type { ClaimContent } from '../claims/claim.js';
import type { SubmissionItem } from '../claims/command.js';
import type { AbsentKey } from '../claims/preconditions.js';
import type { Rejection } from '../claims/rejection.js';
import { documentKey } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { dateOfInstant } from '../shared/dates.js';
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
  /** When the last of them decided: from then on our filing limit runs. */
  readonly decidedOn: PlainDate;
  readonly lines: readonly PriorPaymentFact[];
}

/** Status of another payer's explanation of benefits, in the 277. */
const OTHER_PAYERS_EOB = '286';

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
  return [...strangers, ...lacking];
}

/** Nobody shows a decision that was taken back. */
export function unlessPriorReversed({ priorEobs = [] }: SubmissionItem): readonly AbsentKey[] {
  return priorEobs.map(({ id, version, parties }) => ({ key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED', parties }));
}

/** What the explanations of benefits say, line by line; undefined where there are none. */
export function priorPayersFact({ lines }: Pick<ClaimContent, 'lines'>, eobs: readonly EobDocument[], utcOffsetMinutes: number): PriorPayersFact | undefined {
  const last = eobs.at(-1);
  if (last === undefined) return undefined;
  return {
    count: eobs.length,
    decidedOn: dateOfInstant(last.recorded.at, utcOffsetMinutes),
    lines: lines.map(({ number }) => priorPayment(number, eobs.map((eob) => lineOf(eob, number)))),
  };
}

function priorPayment(line: number, decided: readonly (LineDecision | undefined)[]): PriorPaymentFact {
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
