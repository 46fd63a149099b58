import { claimOf, line, officeVisit, planOf, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { DeskOptions } from '../claims/testing/claims-desk.js';
import type { LineDecision } from './adjudication.js';

type Amounts = Readonly<Record<string, number>>;

/** Adjustments by group and reason, and what is paid, in cents. */
function amountsOf({ adjustments, paidMinor }: LineDecision): Amounts {
  return { ...Object.fromEntries(adjustments.map(({ group, reason, amountMinor }) => [`${group}-${reason}`, amountMinor])), paid: paidMinor };
}

function decideOne(options: DeskOptions, changes: Parameters<typeof line>[0] = {}): Amounts {
  const [decided] = new ClaimsDesk(options).decide(claimOf([line(changes)])).lines;
  return decided === undefined ? {} : amountsOf(decided);
}

const benefits = (changes: Parameters<typeof officeVisit>[0]): NonNullable<DeskOptions['plan']> => ({ benefits: [officeVisit(changes)] });

describe('worked checks of the claims guide, 2.4', () => {
  test('A: charge 200, allowed 120, deductible room 50, copay 20, 20 %', () => {
    // 200 - 120 = 80; 50 of the deductible; 70 left, copay 20; 20 % of 50 = 10; 120 - 50 - 20 - 10 = 40
    expect(decideOne({ used: { deductible: 450 } })).toEqual({ 'CO-45': usd(80), 'PR-1': usd(50), 'PR-3': usd(20), 'PR-2': usd(10), paid: usd(40) });
  });

  test('B: the same with out-of-pocket room 60', () => {
    // 50 + 20 + 10 = 80 exceeds 60: coinsurance 10 and then copay 10 are cut; 120 - 60 = 60
    expect(decideOne({ used: { deductible: 450, outOfPocket: 1940 } })).toEqual({ 'CO-45': usd(80), 'PR-1': usd(50), 'PR-3': usd(10), paid: usd(60) });
  });
});

describe('the order of shares is the plan’s', () => {
  test.each([
    // copay 20; 100 left, 50 of the deductible; 20 % of 50 = 10
    [['copay', 'deductible', 'coinsurance'], { 'PR-1': 50, 'PR-3': 20, 'PR-2': 10, paid: 40 }],
    // 20 % of 120 = 24; 96 left, 50 of the deductible; copay 20
    [['coinsurance', 'deductible', 'copay'], { 'PR-1': 50, 'PR-3': 20, 'PR-2': 24, paid: 26 }],
    // copay 20; 20 % of 100 = 20; 80 left, 50 of the deductible
    [['copay', 'coinsurance', 'deductible'], { 'PR-1': 50, 'PR-3': 20, 'PR-2': 20, paid: 30 }],
  ] as const)('%p', (costShareOrder, dollars) => {
    const expected = Object.fromEntries(Object.entries(dollars).map(([key, amount]) => [key, usd(amount)]));
    expect(decideOne({ used: { deductible: 450 }, plan: { costShareOrder } })).toEqual({ 'CO-45': usd(80), ...expected });
  });
});

describe('deductible and out-of-pocket limits', () => {
  test('embedded: the family’s limit counts where it is reached first', () => {
    // family 1000 - 970 = 30 left; copay 20; 20 % of 70 = 14; 120 - 30 - 20 - 14 = 56
    expect(decideOne({ used: { familyDeductible: 970 } })).toMatchObject({ 'PR-1': usd(30), 'PR-3': usd(20), 'PR-2': usd(14), paid: usd(56) });
  });

  test('aggregate: the person’s own limit does not count', () => {
    // individual 500 is used up, family 1000 - 900 = 100 left; copay 20; nothing is left to share
    const deductible = { ...planOf().deductible, kind: 'aggregate' as const };
    expect(decideOne({ used: { deductible: 500, familyDeductible: 900 }, plan: { deductible } })).toEqual({ 'CO-45': usd(80), 'PR-1': usd(100), 'PR-3': usd(20), paid: 0 });
  });

  test('no person pays beyond the self-only limit, also where the family’s limit alone counts', () => {
    // family 4000 - 1990 is plenty; self-only 2000 - 1990 = 10 left for deductible, copay and coinsurance together
    const outOfPocket = { ...planOf().outOfPocket, kind: 'aggregate' as const };
    const options = { used: { deductible: 450, outOfPocket: 1990 }, plan: { outOfPocket, selfOnlyLimitMinor: usd(2000) } };
    expect(decideOne(options)).toEqual({ 'CO-45': usd(80), 'PR-1': usd(10), paid: usd(110) });
  });

  test('a benefit that does not count to the limit is neither cut nor added', () => {
    const desk = new ClaimsDesk({ used: { deductible: 450, outOfPocket: 2000 }, plan: benefits({ countsToOutOfPocket: false }) });
    expect(desk.decide(claimOf()).totals).toMatchObject({ paidMinor: usd(40), patientMinor: usd(80) });
    expect(desk.accumulator().body.postings.map(({ leaf }) => leaf)).toEqual(['01/deductible', 'family/deductible']);
  });

  test('a copay can use up the deductible', () => {
    // copay 20 counts: 50 - 20 = 30 of the deductible; 20 % of 70 = 14; to the deductible 30 + 20 = 50
    const desk = new ClaimsDesk({ used: { deductible: 450 }, plan: { ...benefits({ copayCountsToDeductible: true }), costShareOrder: ['copay', 'deductible', 'coinsurance'] } });
    expect(desk.decide(claimOf()).lines.map(amountsOf)).toEqual([{ 'CO-45': usd(80), 'PR-1': usd(30), 'PR-3': usd(20), 'PR-2': usd(14), paid: usd(56) }]);
    expect(desk.accumulator().body.postings[0]).toMatchObject({ leaf: '01/deductible', amountMinor: usd(50) });
  });
});

describe('copay', () => {
  const day = '2026-02-03';
  const copays = (lines: readonly LineDecision[]): readonly number[] => lines.map(({ copayMinor }) => copayMinor);

  test('once per person, provider, day and category, also over two claims', () => {
    const desk = new ClaimsDesk({ used: { deductible: 500 } });
    const [second, third] = [line({ procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] } }), line({ serviceFrom: '2026-02-04' })];
    expect(copays(desk.decide(claimOf([line(), second, third])).lines)).toEqual([usd(20), 0, usd(20)]);
    const earlier = [...desk.documents.values()].find(({ kind }) => kind === 'eob')?.id ?? '';
    expect(copays(desk.decide(claimOf([second]), { history: [earlier] }).lines)).toEqual([0]);
  });

  test('again for another provider', () => {
    const other = line({ serviceFrom: day, rendering: { entity: 'person', npi: '1122334455' } });
    expect(copays(new ClaimsDesk({ used: { deductible: 500 } }).decide(claimOf([line(), other])).lines)).toEqual([usd(20), usd(20)]);
  });
});

describe('price', () => {
  const priced = (changes: Parameters<typeof line>[0]): Amounts => decideOne({ plan: benefits({ deductibleApplies: false, copayMinor: 0, coinsurance: 0 }) }, changes);
  const code = (name: string, ...modifiers: string[]): Parameters<typeof line>[0] => ({ procedure: { qualifier: 'HC', code: name, modifiers } });

  test.each([
    ['per unit', { quantity: { unit: 'UN', thousandths: 1500 } }, { 'CO-45': 20, paid: 180 }], // 120 × 1.5 = 180
    ['never above the charge', { chargeMinor: usd(90) }, { paid: 90 }],
    ['bilateral half more', code('X0001', '50'), { 'CO-45': 20, paid: 180 }], // 120 × 150 %
    ['less in a facility', { ...code('X0002'), placeOfService: '22' }, { 'CO-45': 170, paid: 30 }],
    ['in the office', code('X0002'), { 'CO-45': 160, paid: 40 }],
    ['for a charge of nothing', { chargeMinor: 0 }, { paid: 0 }],
  ])('%s', (_, changes, dollars) => {
    expect(priced(changes)).toEqual(Object.fromEntries(Object.entries(dollars).map(([key, amount]) => [key, usd(amount)])));
  });

  test('a plan of 80 % of charges: every line pays 80 %, the patient 20 %', () => {
    const plan = { ...benefits({ category: 'any', deductibleApplies: false, copayMinor: 0 }), requiredData: [] };
    const contract = { name: 'c', network: 'west', currency: 'USD', from: '2025-01-01', prices: { type: 'share-of-charges' as const, share: 10_000, category: 'any' } };
    // 766.55 × 20 % = 153.31; paid 613.24
    expect(decideOne({ plan, contract }, { chargeMinor: usd(766.55) })).toEqual({ 'PR-2': usd(153.31), paid: usd(613.24) });
  });

  test('above the charge where the contract says so: CO-94, negative', () => {
    const prices = { type: 'share-of-charges' as const, share: 11_000, category: 'office-visit' };
    const contract = { name: 'c', network: 'west', currency: 'USD', from: '2025-01-01', prices };
    const plan = benefits({ deductibleApplies: false, copayMinor: 0, coinsurance: 0 });
    expect(decideOne({ plan, contract })).toEqual({ 'CO-94': usd(-20), paid: usd(220) });
  });
});
