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

/** A stay is priced by its group: 6,000 dollars × 1.9234 for group 470. */
export function stayContract(): NewFeeSchedule {
  return {
    name: 'General stays 2026',
    network: 'west',
    currency: 'USD',
    from: '2020-01-01',
    settings: ['inpatient'],
    prices: {
      type: 'drg', baseRateMinor: 600_000, notListed: 'pend', lesserOfCharge: false,
      entries: [{ key: 'DRG291', fee: { relativeWeight: 12_683, category: 'visit' } }, { key: 'DRG470', fee: { relativeWeight: 19_234, category: 'visit' } }],
    },
  };
}

/** A stay of three nights for 15,000 dollars. */
export function stay(memberId: string, from: string, thru: string, changes: Partial<ClaimContent> = {}): ClaimContent {
  const room = service(from, { serviceThru: thru, chargeMinor: 600_000, revenueCode: '0120', procedure: { qualifier: 'NU', code: '0120', modifiers: [] }, quantity: { unit: 'DA', thousandths: 3000 }, diagnosisPointers: [] });
  const surgery = { ...room, chargeMinor: 900_000, revenueCode: '0360', procedure: { qualifier: 'NU', code: '0360', modifiers: [] }, quantity: { unit: 'UN', thousandths: 1000 } };
  const { placeOfService: _, rendering, ...rest } = claim(memberId, room, surgery);
  return {
    ...rest,
    type: 'I',
    institutional: {
      facilityType: '11', statementFrom: from, statementThru: thru, admission: { date: from, type: '3' }, patientStatus: '01', drg: '470',
      procedures: [], conditions: [], occurrences: [], values: [], ...(rendering !== undefined && { attending: rendering }),
    },
    ...changes,
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
