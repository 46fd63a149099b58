import type { BenefitPlanBody, CoveredBenefit } from '../../coverage/benefit-plan.js';
import type { CoverageBody } from '../../coverage/coverage.js';
import type { Fee } from '../../coverage/prices.js';
import type { NewFeeSchedule } from '../command.js';
import type { ClaimContent, ClaimLine, InstitutionalFacts } from '../claim.js';

/** A readable 32-digit id for tests. */
export function idOf(name: string): string {
  return Array.from(name, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('').padEnd(32, '0').slice(0, 32);
}

/** Dollars in cents. */
export function usd(dollars: number): number {
  return Math.round(dollars * 100);
}

export const RENDERING_NPI = '1234567893';
export const BILLING_NPI = '1003357849';

/** A line that differs from an ordinary office visit only where told. */
export function line(changes: Partial<ClaimLine> = {}): ClaimLine {
  const day = changes.serviceFrom ?? '2026-02-03';
  return {
    number: 1,
    procedure: { qualifier: 'HC', code: 'X0001', modifiers: [] },
    chargeMinor: usd(200),
    quantity: { unit: 'UN', thousandths: 1000 },
    diagnosisPointers: [1],
    serviceFrom: day,
    serviceThru: day,
    ...changes,
  };
}

/** A claim that passes the front end, with these lines, its total made to fit. */
export function claimOf(lines: readonly ClaimLine[] = [line()], changes: Partial<ClaimContent> = {}): ClaimContent {
  return {
    type: 'P',
    frequency: '1',
    patientControlNumber: 'PCN-1',
    currency: 'USD',
    totalChargeMinor: lines.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0),
    placeOfService: '11',
    acceptsAssignment: true,
    benefitsAssigned: true,
    billing: { entity: 'organisation', npi: BILLING_NPI, name: 'General Hospital', taxId: '123456789', state: 'CA' },
    rendering: { entity: 'person', npi: RENDERING_NPI, name: 'Ada Byron' },
    subscriber: { memberId: 'M-1', familyName: 'Doe', givenName: 'Jane', birthDate: '1980-05-06', sex: 'F', state: 'CA', payerSequence: 'P' },
    diagnoses: [{ qualifier: 'ABK', code: 'J069' }],
    lines: lines.map((one, index) => ({ ...one, number: index + 1 })),
    ...changes,
  };
}

/** A day in a room that differs from an ordinary one only where told. */
export function roomDays(days: number, changes: Partial<ClaimLine> = {}): ClaimLine {
  const revenueCode = changes.revenueCode ?? '0120';
  return line({
    procedure: { qualifier: 'NU', code: revenueCode, modifiers: [] }, revenueCode, quantity: { unit: 'DA', thousandths: days * 1000 }, diagnosisPointers: [],
    serviceFrom: '2026-02-01', serviceThru: '2026-02-05', ...changes,
  });
}

/** A service of a house, by revenue code alone. */
export function houseService(revenueCode: string, chargeMinor: number, changes: Partial<ClaimLine> = {}): ClaimLine {
  return roomDays(1, { revenueCode, chargeMinor, quantity: { unit: 'UN', thousandths: 1000 }, ...changes });
}

/** A stay from 1 to 5 February in a hospital that passes the front end, with these lines. */
export function stayOf(lines: readonly ClaimLine[], facts: Partial<InstitutionalFacts> = {}, changes: Partial<ClaimContent> = {}): ClaimContent {
  const { placeOfService: _, rendering: __, ...rest } = claimOf(lines);
  return {
    ...rest,
    type: 'I',
    patientControlNumber: 'STAY-1',
    diagnoses: [{ qualifier: 'ABK', code: 'J189', presentOnAdmission: 'Y' }, { qualifier: 'ABJ', code: 'R0602' }],
    institutional: {
      facilityType: '11', statementFrom: '2026-02-01', statementThru: '2026-02-05',
      admission: { date: '2026-02-01', time: '0830', type: '1', source: '1' }, dischargeTime: '1100', patientStatus: '01', drg: '470',
      procedures: [], conditions: [], occurrences: [], values: [],
      attending: { entity: 'person', npi: RENDERING_NPI, name: 'Byron, Ada' },
      ...facts,
    },
    ...changes,
  };
}

/** The benefit of office visits: deductible, 20 dollars, then a fifth. */
export function officeVisit(changes: Partial<CoveredBenefit> = {}): CoveredBenefit {
  return {
    type: 'covered',
    category: 'office-visit',
    deductibleApplies: true,
    copayMinor: usd(20),
    coinsurance: 2000,
    countsToOutOfPocket: true,
    copayCountsToDeductible: false,
    ...changes,
  };
}

/** An embedded plan: deductible 500 and out of pocket 2000 for a person, twice and more for the family. */
export function planOf(changes: Partial<BenefitPlanBody> = {}): BenefitPlanBody {
  return {
    name: 'Silver',
    currency: 'USD',
    network: 'west',
    utcOffsetMinutes: 0,
    benefitYearMonth: 1,
    timelyFilingDays: 90,
    timelyFilingHasNoAppeal: false,
    requiredData: ['diagnosis-pointer', 'place-of-service', 'rendering-provider'],
    otherPayers: 'pend',
    credentials: 'ENFORCE',
    costShareOrder: ['deductible', 'copay', 'coinsurance'],
    deductible: { kind: 'embedded', individualMinor: usd(500), familyMinor: usd(1000) },
    outOfPocket: { kind: 'embedded', individualMinor: usd(2000), familyMinor: usd(4000) },
    rounding: 'halfUp',
    benefits: [officeVisit(), { type: 'excluded', category: 'cosmetic', denial: '204' }, { type: 'excluded', category: 'experimental', denial: '96' }],
    ...changes,
  };
}

/** Jane Doe, insured through 2026 as person 01 of her family; `known: false` makes her a stranger. */
export function coverageOf(changes: Partial<CoverageBody> = {}): CoverageBody {
  return {
    personKey: 'M-1',
    known: true,
    ...(changes.known !== false && { familyId: idOf('family'), person: '01' }),
    periods: [{ from: '2026-01-01', thru: '2026-12-31', planId: idOf('plan') }],
    reason: 'enrolled',
    ...changes,
  };
}

/** A contract that allows 120 dollars for X0001 and names a few other services. */
export function contractOf(fees: Readonly<Record<string, Fee>> = FEES, changes: Partial<NewFeeSchedule> = {}): NewFeeSchedule {
  const entries = Object.entries(fees).map(([key, fee]) => ({ key, fee })).sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    name: 'General Hospital 2026',
    network: 'west',
    currency: 'USD',
    from: '2025-01-01',
    prices: { type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: [{ modifier: '50', factor: 15_000 }], entries },
    ...changes,
  };
}

const FEES: Readonly<Record<string, Fee>> = {
  X0001: { amountMinor: usd(120), category: 'office-visit' },
  X0002: { amountMinor: usd(40), facilityAmountMinor: usd(30), category: 'office-visit' },
  X0003: { amountMinor: usd(900), category: 'cosmetic' },
  X0004: { amountMinor: usd(900), category: 'experimental' },
  X0005: { amountMinor: usd(900), category: 'unheard-of' },
  X0006: { amountMinor: 0, category: 'office-visit', zeroPrice: 'CO-97' },
};
