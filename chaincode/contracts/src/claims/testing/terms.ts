import type { BenefitPlanBody, ClaimContent, ClaimLine, NewFeeSchedule } from '@medaccord/domain';

/** Deductible 100 dollars, then 20 dollars a visit, then a fifth. */
export function plan(changes: Partial<BenefitPlanBody> = {}): BenefitPlanBody {
  return {
    name: 'Silver',
    currency: 'USD',
    network: 'west',
    utcOffsetMinutes: -480,
    benefitYearMonth: 1,
    timelyFilingDays: 365,
    timelyFilingHasNoAppeal: false,
    requiredData: [],
    otherPayers: 'pend',
    credentials: 'ENFORCE',
    costShareOrder: ['deductible', 'copay', 'coinsurance'],
    deductible: { kind: 'embedded', individualMinor: 10_000, familyMinor: 20_000 },
    outOfPocket: { kind: 'embedded', individualMinor: 200_000, familyMinor: 400_000 },
    rounding: 'halfUp',
    benefits: [{
      type: 'covered', category: 'visit', deductibleApplies: true, copayMinor: 2_000, coinsurance: 2_000, countsToOutOfPocket: true, copayCountsToDeductible: false,
    }],
    ...changes,
  };
}

/** 120 dollars for X0001, 80 for X0002. */
export function contract(): NewFeeSchedule {
  const entries = [['X0001', 12_000], ['X0002', 8_000]] as const;
  return {
    name: 'General 2026',
    network: 'west',
    currency: 'USD',
    from: '2020-01-01',
    prices: {
      type: 'listed', notListed: 'PR-96', lesserOfCharge: true, modifierFactors: [],
      entries: entries.map(([key, amountMinor]) => ({ key, fee: { amountMinor, category: 'visit' } })),
    },
  };
}

/** A service for 200 dollars on a day. */
export function service(day: string, changes: Partial<ClaimLine> = {}): ClaimLine {
  return {
    number: 1,
    procedure: { qualifier: 'HC', code: 'X0001', modifiers: [] },
    chargeMinor: 20_000,
    quantity: { unit: 'UN', thousandths: 1000 },
    diagnosisPointers: [1],
    serviceFrom: day,
    serviceThru: day,
    ...changes,
  };
}

/** A claim of a member with these services. */
export function claim(memberId: string, ...lines: readonly ClaimLine[]): ClaimContent {
  return {
    type: 'P',
    frequency: '1',
    patientControlNumber: `PCN-${memberId}`,
    currency: 'USD',
    totalChargeMinor: lines.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0),
    placeOfService: '11',
    acceptsAssignment: true,
    benefitsAssigned: true,
    billing: { entity: 'organisation', npi: '1003357849', taxId: '123456789', state: 'CA' },
    rendering: { entity: 'person', npi: '1234567893', name: 'Ada Byron' },
    subscriber: { memberId, familyName: 'Doe', givenName: 'Jane', birthDate: '1980-05-06', payerSequence: 'P' },
    diagnoses: [{ qualifier: 'ABK', code: 'J069' }],
    lines: lines.map((line, index) => ({ ...line, number: index + 1 })),
  };
}
