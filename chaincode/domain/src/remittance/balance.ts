import type { EobBody, LineDecision } from '../adjudication/adjudication.js';
import { sumOf } from '../shared/money.js';
import type { RemittanceBody, RemittedReversal } from './remittance.js';

/** What does not add up, named by the rule of the remittance advice that it breaks. */
export type Imbalance = 'line' | 'claim' | 'patient' | 'reversal' | 'transaction';

/**
 * The balancing rules of a remittance advice: per line charge − adjustments = paid; per claim the sums of its lines, and
 * the patient's share is the sum of the PR adjustments, except of a reversal, which mirrors its original and names none; in
 * total what claims are paid and reversals take back, less the provider adjustments, never below zero.
 */
export function imbalanceOf(body: RemittanceBody, eobs: readonly EobBody[], reversed: readonly EobBody[]): Imbalance | undefined {
  const { claims, reversals } = body;
  for (const [index, claim] of claims.entries()) {
    const eob = eobs[index];
    if (eob === undefined || !eob.lines.every(lineBalances)) return 'line';
    if (!claimBalances(eob) || eob.totals.chargeMinor !== claim.chargeMinor || eob.totals.paidMinor !== claim.paidMinor) return 'claim';
    if (patientShare(eob) !== claim.patientMinor) return 'patient';
  }
  if (!reversals.every((one, index) => mirrors(one, reversed[index]))) return 'reversal';
  return adds(body) ? undefined : 'transaction';
}

function adds({ claims, reversals, providerAdjustments, totalMinor }: RemittanceBody): boolean {
  const moved = sumOf([...claims, ...reversals].map(({ paidMinor }) => paidMinor)) - sumOf(providerAdjustments.map(({ amountMinor }) => amountMinor));
  return moved === totalMinor && totalMinor >= 0;
}

/** True where charge − sum of adjustments = paid. */
export function lineBalances({ chargeMinor, adjustments, paidMinor }: LineDecision): boolean {
  return chargeMinor - sumOf(adjustments.map(({ amountMinor }) => amountMinor)) === paidMinor;
}

/** What the patient may be billed: the sum of the PR adjustments. */
export function patientShare({ lines }: Pick<EobBody, 'lines'>): number {
  return sumOf(lines.flatMap(({ adjustments }) => adjustments.filter(({ group }) => group === 'PR').map(({ amountMinor }) => amountMinor)));
}

function claimBalances({ totals, lines }: EobBody): boolean {
  return totals.chargeMinor === sumOf(lines.map(({ chargeMinor }) => chargeMinor)) && totals.paidMinor === sumOf(lines.map(({ paidMinor }) => paidMinor));
}

/** A reversal mirrors its original: the same amounts, negative, of an explanation of benefits that balances itself. */
function mirrors({ chargeMinor, paidMinor }: RemittedReversal, eob: EobBody | undefined): boolean {
  return eob !== undefined && claimBalances(eob) && eob.lines.every(lineBalances) && chargeMinor + eob.totals.chargeMinor === 0 && paidMinor + eob.totals.paidMinor === 0;
}
