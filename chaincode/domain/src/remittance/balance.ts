import type { EobBody, LineDecision } from '../adjudication/adjudication.js';
import { sumOf } from '../shared/money.js';
import type { RemittanceBody } from './remittance.js';

/** What does not add up, named by the rule of the remittance advice that it breaks. */
export type Imbalance = 'line' | 'claim' | 'patient' | 'transaction';

/**
 * The balancing rules of a remittance advice: per line charge − adjustments = paid; per claim the sums of its lines, and
 * the patient's share is the sum of the PR adjustments; in total what the claims are paid.
 */
export function imbalanceOf({ claims, totalMinor }: RemittanceBody, eobs: readonly EobBody[]): Imbalance | undefined {
  for (const [index, claim] of claims.entries()) {
    const eob = eobs[index];
    if (eob === undefined || !eob.lines.every(lineBalances)) return 'line';
    if (!claimBalances(eob) || eob.totals.chargeMinor !== claim.chargeMinor || eob.totals.paidMinor !== claim.paidMinor) return 'claim';
    if (patientShare(eob) !== claim.patientMinor) return 'patient';
  }
  return sumOf(claims.map(({ paidMinor }) => paidMinor)) === totalMinor ? undefined : 'transaction';
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
