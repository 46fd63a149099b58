import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import type { NewFeeSchedule } from '../claims/command.js';
import { newFeeScheduleShape } from '../claims/command-shape.js';
import { claimOf, contractOf, houseService, line, officeVisit, roomDays, stayOf, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { DeskOptions } from '../claims/testing/claims-desk.js';
import type { Fee, NewPrices, Rate } from '../coverage/prices.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { EobBody, LineDecision } from './adjudication.js';

/** Everything allowed is paid, so that only prices show. */
const FREE = { deductibleApplies: false, copayMinor: 0, coinsurance: 0 };
const plan = { requiredData: [], benefits: [officeVisit(FREE), officeVisit({ ...FREE, category: 'stay' }), officeVisit({ ...FREE, category: 'surgery' })] };

/** A table's entries in order of their keys. */
function entriesOf(rates: Readonly<Record<string, Rate>>): NewPrices['entries'] {
  return Object.entries(rates).map(([key, fee]) => ({ key, fee })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function contractWith(prices: NewFeeSchedule['prices'], changes: Partial<NewFeeSchedule> = {}): NewFeeSchedule {
  return { ...contractOf(), settings: ['professional', 'outpatient', 'inpatient'], prices, ...changes };
}

const table = { notListed: 'pend', lesserOfCharge: false } as const;
const drgPrices: NewPrices & { readonly type: 'drg' } = {
  ...table, type: 'drg', baseRateMinor: usd(6000), entries: entriesOf({ DRG470: { relativeWeight: 19_234, category: 'stay', meanStayTenths: 50 } }),
};
const byGroup = (changes: object = {}): NewFeeSchedule => contractWith({ ...drgPrices, ...changes });

/** Adjustments by group and reason, and what is paid, in dollars. */
function amountsOf({ adjustments, paidMinor }: LineDecision): Readonly<Record<string, number>> {
  return { ...Object.fromEntries(adjustments.map(({ group, reason, amountMinor }) => [`${group}-${reason}`, amountMinor / 100])), paid: paidMinor / 100 };
}

function decide(claim: ClaimContent, contract: NewFeeSchedule, options: DeskOptions = {}): EobBody {
  return new ClaimsDesk({ plan, contract, ...options }).decide(claim);
}

function linesOf(claim: ClaimContent, contract: NewFeeSchedule, options: DeskOptions = {}): readonly Readonly<Record<string, number>>[] {
  return decide(claim, contract, options).lines.map(amountsOf);
}

function holdOf(claim: ClaimContent, contract: NewFeeSchedule): readonly string[] | undefined {
  const desk = new ClaimsDesk({ plan, contract });
  desk.submit('held', claim);
  return desk.adjudicate(['held'])[0]?.reasons;
}

describe('a price by group: base rate × relative weight, spread by covered charges', () => {
  const lines = [roomDays(4, { chargeMinor: usd(8000) }), houseService('0360', usd(10_000)), houseService('0250', usd(2000.05))];

  test('6,000 × 1.9234 = 11,540.40 over charges of 20,000.05', () => {
    // 11,540.40 × 8,000 ÷ 20,000.05 = 4,616.148 → 4,616.14; × 10,000 = 5,770.185 → 5,770.18; the last line takes 1,154.08
    expect(linesOf(stayOf(lines), byGroup())).toEqual([
      { 'CO-45': 3383.86, paid: 4616.14 }, { 'CO-45': 4229.82, paid: 5770.18 }, { 'CO-45': 845.97, paid: 1154.08 },
    ]);
  });

  test('above the charges: CO-94, negative, on every line', () => {
    // charges 7,000; 11,540.40 × 4 ÷ 7 = 6,594.514 → 6,594.51; 4,000 − 6,594.51 = −2,594.51
    const cheap = [roomDays(4, { chargeMinor: usd(4000) }), houseService('0360', usd(3000))];
    expect(linesOf(stayOf(cheap), byGroup())).toEqual([{ 'CO-94': -2594.51, paid: 6594.51 }, { 'CO-94': -1945.89, paid: 4945.89 }]);
    expect(linesOf(stayOf(cheap), byGroup({ lesserOfCharge: true }))).toEqual([{ paid: 4000 }, { paid: 3000 }]);
  });

  test('a charge whose share is nothing is bundled in the price: CARC 45 never takes a whole charge', () => {
    // 11,540.40 × 0.01 ÷ 20,000.01 is less than a cent
    expect(linesOf(stayOf([houseService('0270', 1), roomDays(4, { chargeMinor: usd(20_000) })]), byGroup())).toEqual([{ 'CO-97': 0.01, paid: 0 }, { 'CO-45': 8459.6, paid: 11_540.4 }]);
  });

  test('an outlier gains a share of its cost above price and threshold', () => {
    // cost 40 % of 100,000 = 40,000; 40,000 − 11,540.40 − 20,000 = 8,459.60; 80 % of it = 6,767.68; together 18,308.08
    const outlier = { costToCharge: 4000, thresholdMinor: usd(20_000), share: 8000 };
    expect(linesOf(stayOf([roomDays(4, { chargeMinor: usd(100_000) })]), byGroup({ outlier }))).toEqual([{ 'CO-45': 81_691.92, paid: 18_308.08 }]);
    // cost 8,000 is less than the price
    expect(linesOf(stayOf([roomDays(4, { chargeMinor: usd(20_000) })]), byGroup({ outlier }))).toEqual([{ 'CO-45': 8459.6, paid: 11_540.4 }]);
  });

  test.each([
    // 2 nights + 1 = 3 of 5.0 mean days: 11,540.40 × 3 ÷ 5 = 6,924.24
    ['a transfer after two nights', '02', '2026-02-03', 6924.24],
    ['a transfer on the day of admission counts as one day', '02', '2026-02-01', 4616.16], // × 2 ÷ 5
    ['a transfer after the mean stay is paid in full', '02', '2026-02-05', 11_540.4], // × 5 ÷ 5
    ['a transfer later is not paid more', '02', '2026-02-08', 11_540.4], // × 8 ÷ 5 would be more
    ['a patient sent home is no transfer', '01', '2026-02-03', 11_540.4],
  ])('%s', (_, patientStatus, thru, paid) => {
    const stay = stayOf([roomDays(1, { chargeMinor: usd(20_000), serviceThru: thru })], { patientStatus, statementThru: thru });
    expect(linesOf(stay, byGroup({ transferStatuses: ['02'] }))[0]).toMatchObject({ paid });
  });

  test('days before the admission are no days of the stay', () => {
    // statement from 30 January, admitted 1 February: 2 nights, not 4
    const stay = stayOf([roomDays(2, { chargeMinor: usd(20_000), serviceFrom: '2026-01-30', serviceThru: '2026-02-03' })], { patientStatus: '02', statementFrom: '2026-01-30', statementThru: '2026-02-03' });
    expect(linesOf(stay, byGroup({ transferStatuses: ['02'] }))[0]).toMatchObject({ paid: 6924.24 });
  });

  test('the last line with a charge takes what rounding leaves, not one without', () => {
    // 0.02 over three charges of 1: nothing, nothing, 0.02
    const cents = contractWith({ ...table, type: 'case-rate', entries: entriesOf({ DRG470: { amountMinor: 2, category: 'stay' } }) });
    const charges = [usd(1), usd(1), usd(1), 0].map((chargeMinor) => houseService('0250', chargeMinor));
    expect(linesOf(stayOf(charges), cents)).toEqual([{ 'CO-97': 1, paid: 0 }, { 'CO-97': 1, paid: 0 }, { 'CO-45': 0.98, paid: 0.02 }, { paid: 0 }]);
  });

  test('a transfer of a group without a mean stay is paid in full', () => {
    const stay = stayOf([roomDays(2, { chargeMinor: usd(20_000), serviceThru: '2026-02-03' })], { patientStatus: '02', statementThru: '2026-02-03' });
    const entries = entriesOf({ DRG470: { relativeWeight: 19_234, category: 'stay' } });
    expect(linesOf(stay, byGroup({ transferStatuses: ['02'], entries }))[0]).toMatchObject({ paid: 11_540.4 });
  });

  test('a group that is not listed waits, or is denied where the contract says so; a claim without one lacks data', () => {
    const stay = stayOf([roomDays(4)], { drg: '999' });
    expect(holdOf(stay, byGroup())).toEqual(['price/v2 no-price']);
    expect(linesOf(stay, byGroup({ notListed: 'CO-147' }))).toEqual([{ 'CO-147': 200, paid: 0 }]);
    const { drg: _, ...ungrouped } = stay.institutional ?? {};
    const decided = decide({ ...stay, institutional: ungrouped as NonNullable<ClaimContent['institutional']> }, byGroup());
    expect(decided.lines[0]).toMatchObject({ adjustments: [{ group: 'CO', reason: '16' }], remarks: ['N208'] });
  });

  test('denied lines get no part of the price', () => {
    const excluded = [roomDays(4, { chargeMinor: usd(20_000) }), houseService('0990', usd(50), { nonCoveredMinor: usd(50) })];
    expect(linesOf(stayOf(excluded), byGroup())).toEqual([{ 'CO-45': 8459.6, paid: 11_540.4 }, { 'PR-96': 50, paid: 0 }]);
  });
});

describe('a price per day', () => {
  const perDiem = (changes: object = {}): NewFeeSchedule => contractWith({
    ...table, type: 'per-diem', entries: entriesOf({ '0120': { amountMinor: usd(1500), category: 'stay' }, '0200': { amountMinor: usd(3000), category: 'stay' } }), ...changes,
  });
  const stay = stayOf([roomDays(3, { chargeMinor: usd(6000) }), roomDays(1, { revenueCode: '0200', chargeMinor: usd(5000) }), houseService('0250', usd(1000))]);

  test('3 × 1,500 + 1 × 3,000 = 7,500 pays for the whole claim', () => {
    // 7,500 × 6 ÷ 12 = 3,750; × 5 ÷ 12 = 3,125; 625 is left
    expect(linesOf(stay, perDiem())).toEqual([{ 'CO-45': 2250, paid: 3750 }, { 'CO-45': 1875, paid: 3125 }, { 'CO-45': 375, paid: 625 }]);
  });

  test('a room without a price, or a claim without days, has no price', () => {
    expect(holdOf(stayOf([roomDays(3), roomDays(1, { revenueCode: '0170' })]), perDiem())).toEqual(['price/v2 no-price']);
    expect(holdOf(stayOf([houseService('0250', usd(1000))]), perDiem())).toEqual(['price/v2 no-price']);
  });

  test('never above the charges where the contract says so', () => {
    expect(decide(stayOf([roomDays(3, { chargeMinor: usd(4000) })]), perDiem({ lesserOfCharge: true })).totals).toMatchObject({ allowedMinor: usd(4000) });
  });
});

describe('a price per case', () => {
  const caseRate = contractWith({
    ...table, type: 'case-rate', entries: entriesOf({
      DRG470: { amountMinor: usd(12_000), category: 'stay' }, '0SRC0J9': { amountMinor: usd(9000), category: 'surgery' },
      X0001: { amountMinor: usd(700), category: 'surgery' }, X0002: { amountMinor: usd(900), category: 'surgery' },
    }),
  });
  const procedures = [{ qualifier: 'BBQ', code: '0QQQQQQ' }, { qualifier: 'BBR', code: '0SRC0J9' }];
  const services = [...['X0001', 'X0002', 'X9999'].map((code): ClaimLine => houseService('0360', usd(500), { procedure: { qualifier: 'HC', code, modifiers: [] } }))];

  test.each([
    ['by its group first', '470', procedures, 12_000],
    ['else by its principal procedure', '001', procedures, 9000],
    ['else by the dearest of its services', '001', [], 900],
  ])('%s', (_, drg, given, dollars) => {
    expect(decide(stayOf(services, { drg, procedures: given }), caseRate).totals.paidMinor).toBe(usd(dollars));
  });

  test('900 over three charges of 500', () => {
    expect(linesOf(stayOf(services, { drg: '001' }), caseRate)).toEqual(Array.from({ length: 3 }, () => ({ 'CO-45': 200, paid: 300 })));
  });

  test('a service that is denied names no case', () => {
    const lines = services.map((one) => (one.procedure.code === 'X0002' ? { ...one, nonCoveredMinor: usd(500) } : one));
    expect(linesOf(stayOf(lines, { drg: '001' }), caseRate)).toEqual([{ 'CO-45': 150, paid: 350 }, { 'PR-96': 500, paid: 0 }, { 'CO-45': 150, paid: 350 }]); // 700 for X0001
  });

  test('a price of nothing denies as the entry says', () => {
    const free = contractWith({ ...table, type: 'case-rate', entries: entriesOf({ DRG470: { amountMinor: 0, category: 'stay', zeroPrice: 'PR-96' } }) });
    expect(decide(stayOf([roomDays(1)]), free).lines).toMatchObject([{ denied: true, adjustments: [{ group: 'PR', reason: '96', amountMinor: usd(200) }], remarks: ['N130'] }]);
  });
});

describe('a share of charges, of a hospital', () => {
  test('65 % of each covered charge', () => {
    // 1,000 − 200 not covered = 800; 65 % = 520; 280 written off
    const contract = contractWith({ type: 'share-of-charges', share: 6500, category: 'stay' });
    const stay = stayOf([houseService('0250', usd(1000), { nonCoveredMinor: usd(200) })]);
    expect(linesOf(stay, contract)).toEqual([{ 'PR-96': 200, 'CO-45': 280, paid: 520 }]);
    expect(decide(stay, contract).lines).toMatchObject([{ denied: false, remarks: ['N130'] }]);
  });
});

describe('listed prices, of a house', () => {
  const outpatient = contractWith({
    type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: [],
    entries: entriesOf({ '0270': { amountMinor: usd(40), category: 'stay' }, X0001: { amountMinor: usd(120), facilityAmountMinor: usd(90), category: 'office-visit' } }),
  });

  test('by procedure, else by revenue code; a house has no place of service, so its price is the full one', () => {
    const lines = [houseService('0510', usd(200), { procedure: { qualifier: 'HC', code: 'X0001', modifiers: [] } }), houseService('0270', usd(100), { quantity: { unit: 'UN', thousandths: 2000 } })];
    // 120 of 200; 2 × 40 = 80 of 100
    expect(linesOf(stayOf(lines, { facilityType: '13' }), outpatient)).toEqual([{ 'CO-45': 80, paid: 120 }, { 'CO-45': 20, paid: 80 }]);
  });

  test('never above the covered charge', () => {
    // 50 charged, 20 of it not covered: 30 is less than 40
    expect(linesOf(stayOf([houseService('0270', usd(50), { nonCoveredMinor: usd(20) })], { facilityType: '13' }), outpatient)).toEqual([{ 'PR-96': 20, paid: 30 }]);
  });
});

test('a share of nothing is a price of nothing, and denies', () => {
  expect(linesOf(claimOf(), contractWith({ type: 'share-of-charges', share: 0, category: 'office-visit' }))).toEqual([{ 'CO-147': 200, paid: 0 }]);
});

test('a clinician’s case is one price too', () => {
  // 900 for the dearer of two services, over charges of 1,200 and 300
  const both = ['X0001', 'X0002'].map((code, index) => line({ procedure: { qualifier: 'HC', code, modifiers: [] }, chargeMinor: usd(index === 0 ? 1200 : 300) }));
  const contract = contractWith({ ...table, type: 'case-rate', entries: entriesOf({ X0001: { amountMinor: usd(900), category: 'surgery' }, X0002: { amountMinor: usd(100), category: 'stay' } }) });
  expect(linesOf(claimOf(both), contract)).toEqual([{ 'CO-45': 480, paid: 720 }, { 'CO-45': 120, paid: 180 }]);
});

describe('modifiers', () => {
  const factors = [['50', 15_000], ['51', 5000], ['52', 5000], ['53', 2500], ['80', 1600]] as const;
  const contract = contractWith({
    type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: factors.map(([modifier, factor]) => ({ modifier, factor })),
    entries: entriesOf({ X0001: { amountMinor: usd(120), category: 'office-visit' } }),
  });

  test.each([
    ['bilateral 150 %', '50', { 'CO-45': 20, paid: 180 }], // 120 × 1.5
    ['reduced 50 %', '52', { 'CO-45': 140, paid: 60 }],
    ['discontinued 25 %', '53', { 'CO-45': 170, paid: 30 }],
    ['assistant 16 %', '80', { 'CO-45': 180.8, paid: 19.2 }],
    ['a further procedure 50 %, shown beside the full fee', '51', { 'CO-45': 80, 'CO-59': 60, paid: 60 }], // 200 − 120; 120 × 50 %
  ])('%s', (_, modifier, expected) => {
    expect(linesOf(claimOf([line({ procedure: { qualifier: 'HC', code: 'X0001', modifiers: [modifier] } })]), contract)).toEqual([expected]);
  });
});

describe('several procedures of a provider on a day', () => {
  const procedure = (dollars: number): Fee => ({ amountMinor: usd(dollars), category: 'surgery', multipleProcedure: true });
  const contract = contractWith({
    type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: [], multipleProcedureFactors: [10_000, 5000, 2500],
    entries: entriesOf({ X0001: procedure(300), X0002: procedure(800), X0003: procedure(300), X0004: { amountMinor: usd(100), category: 'surgery' } }),
  });
  const of = (code: string, changes: Partial<ClaimLine> = {}): ClaimLine => line({ procedure: { qualifier: 'HC', code, modifiers: [] }, chargeMinor: usd(1000), ...changes });

  test('are paid by rank of price: the dearest in full, then half, then a quarter; other services in full', () => {
    expect(linesOf(claimOf([of('X0001'), of('X0002'), of('X0003'), of('X0004')]), contract)).toEqual([
      { 'CO-45': 700, 'CO-59': 150, paid: 150 }, // 300 × 50 %
      { 'CO-45': 200, paid: 800 },
      { 'CO-45': 700, 'CO-59': 225, paid: 75 }, // equal price, later line: 300 × 25 %
      { 'CO-45': 900, paid: 100 },
    ]);
  });

  test('the last share goes for all that follow', () => {
    // 800; then 300 × 50 %, 300 × 25 %, 300 × 25 %
    expect(linesOf(claimOf([of('X0002'), of('X0001'), of('X0003'), of('X0001')]), contract).map(({ paid }) => paid)).toEqual([800, 150, 75, 75]);
  });

  test('of another day or provider are first ones of their own', () => {
    const other = { entity: 'person', npi: '1122334455' } as const;
    expect(linesOf(claimOf([of('X0002'), of('X0001', { serviceFrom: '2026-02-04' }), of('X0003', { rendering: other })]), contract)).toEqual([
      { 'CO-45': 200, paid: 800 }, { 'CO-45': 700, paid: 300 }, { 'CO-45': 700, paid: 300 },
    ]);
  });

  test('a charge below the reduced fee is not reduced; one between is reduced to the reduced fee', () => {
    // fee 300, half 150: charge 140 is paid; charge 200: no CO-45, 200 − 150 = 50
    expect(linesOf(claimOf([of('X0002'), of('X0001', { chargeMinor: usd(140) })]), contract)[1]).toEqual({ paid: 140 });
    expect(linesOf(claimOf([of('X0002'), of('X0001', { chargeMinor: usd(200) })]), contract)[1]).toEqual({ 'CO-59': 50, paid: 150 });
  });

  test('a denied procedure has no rank', () => {
    const desk = new ClaimsDesk({ plan: { ...plan, benefits: plan.benefits.slice(0, 2) }, contract: { ...contract, prices: { ...contract.prices, entries: entriesOf({ X0001: { ...procedure(300), category: 'stay' }, X0002: procedure(800) }) } as NewPrices } });
    expect(desk.decide(claimOf([of('X0001'), of('X0002')])).lines.map(amountsOf)).toEqual([{ 'CO-45': 700, paid: 300 }, { 'PR-96': 1000, paid: 0 }]);
  });

  test('have no factor of 51 as well: nothing is reduced twice', () => {
    const twice = { ...contract, prices: { ...contract.prices, modifierFactors: [{ modifier: '51', factor: 5000 }] } };
    expect(refusalOf(() => parse(newFeeScheduleShape, twice))).toBe('INVALID_INPUT');
    expect(parse(newFeeScheduleShape, contract)).toEqual(contract);
  });
});

describe('outside the network', () => {
  const outside = (balanceBilling: boolean): NewFeeSchedule => ({ ...contractOf(), outOfNetwork: { balanceBilling } });

  test.each<[string, boolean, Partial<ClaimLine>, object]>([
    ['the patient may be billed the rest where the law allows it', true, {}, { 'PR-45': 80, paid: 120 }],
    ['nobody may where it does not', false, {}, { 'CO-45': 80, paid: 120 }],
    ['never for an emergency', true, { emergency: true }, { 'CO-45': 80, paid: 120 }],
    ['nor in an emergency room', true, { placeOfService: '23' }, { 'CO-45': 80, paid: 120 }],
  ])('%s', (_, balanceBilling, changes, expected) => {
    expect(linesOf(claimOf([line(changes)]), outside(balanceBilling))).toEqual([expected]);
  });

  test('nor by a house’s emergency department', () => {
    const contract = { ...contractWith({ type: 'share-of-charges', share: 6000, category: 'stay' }), outOfNetwork: { balanceBilling: true } };
    expect(linesOf(stayOf([houseService('0450', usd(100)), houseService('0250', usd(100))], { facilityType: '13' }), contract)).toEqual([{ 'CO-45': 40, paid: 60 }, { 'PR-45': 40, paid: 60 }]);
  });

  test('what the patient may be billed beyond the plan counts to no limit', () => {
    const desk = new ClaimsDesk({ contract: outside(true) });
    // 120 allowed: all of it the deductible's; 80 beyond
    expect(desk.decide(claimOf()).totals).toMatchObject({ patientMinor: usd(200), paidMinor: 0 });
    expect(desk.accumulator().body.postings.map(({ amountMinor }) => amountMinor)).toEqual([usd(120), usd(120), usd(120), usd(120)]);
  });
});

test('a schedule prices only the kinds of claims that it names', () => {
  expect(holdOf(claimOf(), contractWith(contractOf().prices, { settings: ['inpatient'] }))).toEqual(['price/v2 no-price']);
  expect(holdOf(stayOf([roomDays(1)]), contractOf())).toEqual(['contract-for-setting/v2 no-contract']);
});
