import type { BenefitPlanBody, ClaimContent, NewFeeSchedule } from '@medaccord/domain';
import { done, foundRegistry } from '../../testing/founding.js';
import type { TestGateway } from '../../testing/test-gateway.js';

const network = 'test-network';

/** Deductible 500 and nothing else to pay; services of one category; licences are not asked for. */
const plan: BenefitPlanBody = {
  name: 'Test plan', currency: 'USD', network, utcOffsetMinutes: 0, benefitYearMonth: 1, timelyFilingDays: 36_600, timelyFilingHasNoAppeal: false,
  requiredData: [], otherPayers: 'pend', credentials: 'OFF', costShareOrder: ['deductible', 'copay', 'coinsurance'],
  deductible: { kind: 'embedded', individualMinor: 50_000, familyMinor: 100_000 },
  outOfPocket: { kind: 'embedded', individualMinor: 500_000, familyMinor: 1_000_000 },
  rounding: 'halfUp',
  benefits: [{ type: 'covered', category: 'visit', deductibleApplies: true, copayMinor: 0, coinsurance: 0, countsToOutOfPocket: true, copayCountsToDeductible: false }],
};

const feeSchedule: NewFeeSchedule = {
  name: 'Test contract', network, currency: 'USD', from: '2020-01-01',
  prices: { type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: [], entries: [{ key: 'X0001', fee: { amountMinor: 20_000, category: 'visit' } }] },
};

/** A claim for one visit of 120 by the billing organisation; a subscriber's own. */
export function referenceClaim(patientControlNumber: string, memberId: string, date = '2026-03-02'): ClaimContent {
  return {
    type: 'P', frequency: '1', patientControlNumber, currency: 'USD', totalChargeMinor: 12_000, placeOfService: '11', acceptsAssignment: true, benefitsAssigned: true,
    billing: { entity: 'organisation', npi: '1234567893', name: 'TEST CLINIC', taxId: '123456789', state: 'CA' },
    subscriber: { memberId, familyName: 'TESTER', givenName: 'TOBY', birthDate: '1980-01-02', payerSequence: 'P' },
    diagnoses: [{ qualifier: 'ABK', code: 'Z0000' }],
    lines: [
      {
        number: 1, procedure: { qualifier: 'HC', code: 'X0001', modifiers: [] }, chargeMinor: 12_000, quantity: { unit: 'UN', thousandths: 1000 },
        diagnosisPointers: [1], serviceFrom: date, serviceThru: date,
      },
    ],
  };
}

let planId = '';

/** Founds the consortium and records plan and contract. */
export async function loadInsurer(office: TestGateway, insurer: TestGateway, changes: Partial<BenefitPlanBody> = {}): Promise<void> {
  await foundRegistry(office, { mspId: 'InsurerMSP', name: 'Insurer', kind: 'insurer', units: [] }, { mspId: 'HospitalMSP', name: 'Hospital', kind: 'hospital', units: [] });
  await done(office.write('/v1/clock/ticks', 'member-admin', { time: new Date().toISOString() }));
  const recorded = await done(insurer.write('/v1/benefit-plans', 'plan-admin', { items: [{ plan: { ...plan, ...changes } }] }));
  planId = (recorded.json['items'] as { readonly id: string }[])[0]?.id ?? '';
  await done(insurer.write('/v1/fee-schedules', 'plan-admin', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule }] }));
}

/** Insures one person, alone in a family of the same name. */
export async function insure(insurer: TestGateway, memberId: string, { usedDeductibleMinor = 0 } = {}): Promise<void> {
  const coverage = { memberId, known: true, family: memberId, person: '01', periods: [{ from: '2020-01-01', planId }], reason: 'enrolment' };
  const totals = ['01', 'family'].flatMap((owner) => [{ leaf: `${owner}/deductible`, usedMinor: usedDeductibleMinor }, { leaf: `${owner}/out-of-pocket`, usedMinor: usedDeductibleMinor }]);
  await done(insurer.write('/v1/coverages', 'plan-admin', { items: [coverage] }));
  await done(insurer.write('/v1/accumulators', 'plan-admin', { items: [{ family: memberId, benefitYear: '2026-01-01', currency: 'USD', reason: 'opening', totals }] }));
}
