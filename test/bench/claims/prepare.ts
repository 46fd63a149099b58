import { benefitYearOf } from '@medaccord/domain';
import { foundConsortium, registerClinicians } from '../../demo/found-consortium.js';
import { recordPlan } from '../../demo/insure.js';
import type { People } from '../../demo/people.js';
import type { DemoDates } from '../../fixtures/demo-dates.js';
import { demoFeeSchedule, demoPlan } from '../../fixtures/demo-plan.js';
import { memberIdOf } from './generated-claims.js';

/** Documents of one request of the insurer. */
const ITEMS_PER_REQUEST = 200;
/** Requests under way at once. */
const AT_ONCE = 4;

const nothingUsed = ['01/deductible', '01/out-of-pocket', 'family/deductible', 'family/out-of-pocket'].map((leaf) => ({ leaf, usedMinor: 0 }));

/** Founds the consortium with clinicians, plan and contract; answers the plan's id. */
export async function prepareConsortium(people: People, dates: DemoDates): Promise<string> {
  await foundConsortium(people);
  await registerClinicians(people, dates);
  const planId = await recordPlan(people.planAdmin, demoPlan(dates));
  await people.planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule: demoFeeSchedule(dates) }] });
  return planId;
}

/** Insures members by their serial numbers, each as a family of one that has used nothing. */
export async function insureMembers({ planAdmin }: People, dates: DemoDates, planId: string, { first, count }: { readonly first: number; readonly count: number }): Promise<void> {
  const members = Array.from({ length: count }, (_, index) => memberIdOf(first + index));
  const benefitYear = benefitYearOf(demoPlan(dates), dates.service);
  const waiting = parts(members, ITEMS_PER_REQUEST);
  const worker = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      await planAdmin.post('/v1/coverages', {
        items: part.map((memberId) => ({ memberId, known: true, family: memberId, person: '01', periods: [{ from: dates.start, planId }], reason: 'enrolment' })),
      });
      await planAdmin.post('/v1/accumulators', { items: part.map((family) => ({ family, benefitYear, currency: 'USD', reason: 'opening', totals: nothingUsed })) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The items in parts of a size, the last one perhaps smaller. */
export function parts<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
