import type { RecomputationPage, ReviewItem } from '@medaccord/domain';
import { demoSuspension } from '../fixtures/demo-consortium-data.js';
import type { DemoDates } from '../fixtures/demo-dates.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import type { ClaimFacts, DemoFacts, ReviewFacts } from './facts.js';
import { licencePath } from './found-consortium.js';
import type { People } from './people.js';

/** The board suspends a clinician with effect some days ago, and the order is recorded now. */
export async function suspend({ disciplinaryOfficer }: People, dates: DemoDates): Promise<{ effective: string; recorded: string }> {
  const { licence, ...order } = demoSuspension(dates);
  await disciplinaryOfficer.post(`${licencePath(licence)}/orders`, order);
  return { effective: dates.suspensionEffective, recorded: dates.today };
}

/** What the insurer is asked to look at again; nothing is clawed back by itself. */
export async function listForReview({ examiner }: People, dates: DemoDates, claims: readonly ClaimFacts[]): Promise<ReviewFacts[]> {
  const numbers = new Map(claims.flatMap(({ claimId, patientControlNumber }) => (claimId === undefined ? [] : [[claimId, patientControlNumber] as const])));
  const { npi } = demoClinicians(dates).blake;
  const items = await examiner.get<readonly ReviewItem[]>(`/v1/reviews?npi=${npi}&from=${dates.suspensionEffective}&thru=${dates.today}`);
  return items.map((item) => ({
    patientControlNumber: numbers.get(item.claimId) ?? item.claimId,
    serviceFrom: item.from,
    decidedWith: authorities(item.decidedWith),
    knownNow: authorities(item.knownNow),
  }));
}

/** Computes every decision again, at the hospital, from its own copies; counts those that give the same bytes. */
export async function recompute({ denials }: People): Promise<DemoFacts['recomputed']> {
  let [decisions, sameBytes] = [0, 0];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const { items, next }: RecomputationPage = await denials.get(`/v1/recomputations${after === '' ? '' : `?after=${after}`}`);
    decisions += items.length;
    sameBytes += items.filter(({ outcome }) => outcome === 'SAME').length;
    after = next;
  }
  return { decisions, sameBytes };
}

function authorities(periods: ReviewItem['decidedWith']): string {
  return periods.map(({ from, thru, authority }) => `${authority} ${from}${from === thru ? '' : `…${thru}`}`).join(', ');
}
