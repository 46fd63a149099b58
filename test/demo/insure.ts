import { demoAccumulators, demoCoverages } from '../fixtures/demo-consortium-data.js';
import type { DemoDates } from '../fixtures/demo-dates.js';
import { demoFeeSchedule, demoPlan, demoStaySchedule } from '../fixtures/demo-plan.js';
import type { GatewayClient } from './gateway-client.js';

/** The insurer records its plan, its contract with the hospital, who is covered, and what the families have used. */
export async function insure(planAdmin: GatewayClient, dates: DemoDates): Promise<void> {
  const planId = await recordPlan(planAdmin, demoPlan(dates));
  await planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule: demoFeeSchedule(dates) }, { feeSchedule: demoStaySchedule(dates) }] });
  await planAdmin.post('/v1/coverages', { items: demoCoverages(dates, planId) });
  await planAdmin.post('/v1/accumulators', { items: demoAccumulators(dates) });
}

interface CommandAnswer {
  readonly items: readonly { readonly id: string; readonly outcome: string }[];
}

/** Records one plan and answers the id by which coverages name it. */
export async function recordPlan(planAdmin: GatewayClient, plan: object): Promise<string> {
  const { items } = await planAdmin.post<CommandAnswer>('/v1/benefit-plans', { items: [{ plan }] });
  const [recorded] = items;
  if (recorded === undefined) throw new Error('The plan was not recorded');
  return recorded.id;
}
