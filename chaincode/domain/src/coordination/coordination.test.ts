import fc from 'fast-check';
import type { Adjustment, EobDocument, LineDecision } from '../adjudication/adjudication.js';
import { recompute } from '../adjudication/recompute.js';
import type { ReportedDecision } from '../claims/claim.js';
import { claimOf, coverageOf, idOf, line, officeVisit, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import { preconditionsOf } from '../claims/verbs.js';
import { documentBytes } from '../documents/bytes.js';
import { lineBalances } from '../remittance/balance.js';
import { toHex } from '../shared/bytes.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { CoordinationTerms } from './coordinate.js';
import type { CoordinatedCoverage } from './payer-order.js';
import { comparePayers, payersBeforeUs } from './payer-order.js';

const adjustment = (group: Adjustment['group'], reason: string, dollars: number): Adjustment => ({ group, reason, amountMinor: usd(dollars) });

/** What the payer before us decided of one line, in dollars. */
interface Primary { readonly charge: number; readonly allowed: number; readonly paid: number; readonly adjustments: readonly Adjustment[] }

const SECOND = claimOf().subscriber;

function eobOf({ charge, allowed, paid, adjustments }: Primary, changes: Partial<EobDocument['body']> = {}): EobDocument {
  const one: LineDecision = {
    ...line(), chargeMinor: usd(charge), allowedMinor: usd(allowed), deductibleMinor: 0, copayMinor: 0, coinsuranceMinor: 0, paidMinor: usd(paid), denied: false, adjustments, remarks: [],
  };
  return {
    schema: 'eob/v1', kind: 'eob', id: idOf('primary'), version: 1, salt: idOf('salt'), parties: { insurerMsp: 'OtherMSP', hospitalMsp: 'HospitalMSP' },
    recorded: { at: '2026-02-08T12:00:00.000Z', txId: 'cd'.repeat(32), commandId: idOf('command'), by: { mspId: 'OtherMSP', actorId: 'x', role: 'claims-examiner' } },
    body: { claim: { key: 'k', hash: 'h' }, patientControlNumber: 'PCN-1', currency: 'USD', decision: 'PAID', totals: { chargeMinor: usd(charge), allowedMinor: usd(allowed), paidMinor: usd(paid), patientMinor: 0 }, lines: [one], ...changes },
  };
}

const secondary = (charge: number): ReturnType<typeof claimOf> =>
  claimOf([line({ chargeMinor: usd(charge) })], { subscriber: { ...SECOND, payerSequence: 'S' }, otherPayers: [{ payerSequence: 'P', claimNumber: idOf('primary') }] });

/** A fifth is coinsurance unless told otherwise; the contract allows so much. */
function deskOf(coordination: CoordinationTerms, allowed: number, changes: Parameters<typeof officeVisit>[0] = {}): ClaimsDesk {
  const desk = new ClaimsDesk({ plan: { otherPayers: 'coordinate', coordination, benefits: [officeVisit({ deductibleApplies: false, copayMinor: 0, ...changes })] } });
  desk.run({ verb: 'recordFeeSchedules', items: [{ id: idOf('contract'), version: 2, body: {
    name: 'x', network: 'west', currency: 'USD', from: '2025-01-01',
    prices: { type: 'listed', notListed: 'CO-147', lesserOfCharge: true, modifierFactors: [], entries: [{ key: 'X0001', fee: { amountMinor: usd(allowed), category: 'office-visit' } }] },
  } }] });
  return desk;
}

function decideSecond(desk: ClaimsDesk, primary: Primary): Readonly<Record<string, number>> {
  const eob = eobOf(primary);
  desk.run({ verb: 'submitClaims', items: [{ claimId: idOf('second'), claim: secondary(primary.charge), priorEobs: [eob] }] });
  expect(desk.adjudicate(['second'])).toMatchObject([{ outcome: 'ADJUDICATED' }]);
  const [decided] = desk.eob('second').body.lines;
  if (decided === undefined) throw new Error('a line expected');
  expect(lineBalances(decided)).toBe(true);
  return { ...Object.fromEntries(decided.adjustments.map(({ group, reason, amountMinor }) => [`${group}-${reason}`, amountMinor / 100])), paid: decided.paidMinor / 100 };
}

// 200 charged; the primary allows 120, pays 90 and leaves 30
const C: Primary = { charge: 200, allowed: 120, paid: 90, adjustments: [adjustment('CO', '45', 80), adjustment('PR', '2', 30)] };
const F: Primary = { charge: 200, allowed: 150, paid: 90, adjustments: [adjustment('CO', '45', 50), adjustment('PR', '1', 60)] };
const G: Primary = { charge: 500, allowed: 375, paid: 300, adjustments: [adjustment('CO', '45', 125), adjustment('PR', '2', 75)] };

describe('worked checks of the claims guide, coordination of benefits', () => {
  test.each<[string, CoordinationTerms['method'], CoordinationTerms['allowableExpense'], number, Primary, Readonly<Record<string, number>>]>([
    // N = 120 - 20 % = 96; L = 30; min(96, 120 - 90, 30) = 30; OA-23 = 200 - 30
    ['C', 'standard', 'higher', 120, C, { 'OA-23': 170, paid: 30 }],
    // min(96 - 90, 30) = 6; 30 - 6 = 24 is coinsurance
    ['D', 'non-duplication', 'higher', 120, C, { 'OA-23': 170, 'PR-2': 24, paid: 6 }],
    // 20 % of 120 - 90 = 30 is 6; 24 paid
    ['E', 'maintenance', 'higher', 120, C, { 'OA-23': 170, 'PR-2': 6, paid: 24 }],
    // L = 60; min(96, 150 - 90, 60) = 60
    ['F, higher fee', 'standard', 'higher', 120, F, { 'OA-23': 140, paid: 60 }],
    // min(96, 120 - 90, 60) = 30; CO-45 = 60 - 30
    ['F, own fee', 'standard', 'own', 120, F, { 'OA-23': 140, 'CO-45': 30, paid: 30 }],
    // N = 365 - 73 = 292; min(292, 365 - 300, 75) = 65; CO-45 = 75 - 65
    ['G', 'standard', 'own', 365, G, { 'OA-23': 425, 'CO-45': 10, paid: 65 }],
  ])('%s', (_, method, allowableExpense, allowed, primary, expected) => {
    expect(decideSecond(deskOf({ method, allowableExpense }, allowed), primary)).toEqual(expected);
  });

  test('the own deductible is credited as if we had been first, though the patient pays nothing', () => {
    const desk = deskOf({ method: 'standard', allowableExpense: 'higher' }, 120, { deductibleApplies: true, coinsurance: 0 });
    // N = 120 - 120 of the deductible = 0: nothing is paid, the 30 left are the deductible's; 120 are credited
    expect(decideSecond(desk, C)).toEqual({ 'OA-23': 170, 'PR-1': 30, paid: 0 });
    const postings = desk.accumulator().body.postings.filter(({ leaf }) => leaf.startsWith('01/')).map(({ leaf, amountMinor }) => [leaf, amountMinor]);
    expect(postings).toEqual([['01/deductible', usd(120)], ['01/out-of-pocket', usd(30)]]);
  });

  test('nothing is left of a line that the primary denied as the provider’s own loss', () => {
    expect(decideSecond(deskOf({ method: 'standard', allowableExpense: 'higher' }, 120), { charge: 200, allowed: 0, paid: 0, adjustments: [adjustment('CO', '29', 200)] })).toEqual({ 'OA-23': 200, paid: 0 });
  });
});

describe('evidence of what was decided before us', () => {
  const terms: CoordinationTerms = { method: 'standard', allowableExpense: 'higher' };

  test('without the primary’s explanation of benefits CO-22', () => {
    const eob = deskOf(terms, 120).decide(claimOf([line()], { subscriber: { ...SECOND, payerSequence: 'S' } }));
    expect(eob.lines[0]).toMatchObject({ adjustments: [{ group: 'CO', reason: '22', amountMinor: usd(200) }], remarks: ['MA04'] });
  });

  test('what we deny ourselves takes only what the primary left', () => {
    const desk = deskOf(terms, 120);
    desk.run({ verb: 'recordPlans', items: [{ id: idOf('plan'), version: 2, body: { ...desk.newest('plan', idOf('plan')).body, benefits: [] } }] });
    const reading = desk.all('plan').at(-1);
    expect(reading?.version).toBe(2);
    desk.documents.delete(`plan~${idOf('plan')}~1`);
    expect(decideSecond(desk, C)).toEqual({ 'OA-23': 170, 'PR-96': 30, paid: 0 });
  });

  test.each<[string, string, EobDocument[]]>([
    ['another number of the hospital’s', 'A8', [eobOf(C, { patientControlNumber: 'PCN-2' })]],
    ['another charge', 'A8', [eobOf({ ...C, charge: 210 })]],
    ['another claim number than was named', 'A8', [{ ...eobOf(C), id: idOf('other') }]],
    ['named and not brought', 'A6', []],
  ])('%s is rejected at the front end: %s', (_, category, priorEobs) => {
    const { items } = new ClaimsDesk().run({ verb: 'submitClaims', items: [{ claimId: idOf('second'), claim: secondary(200), ...(priorEobs.length > 0 && { priorEobs }) }] });
    expect(items).toMatchObject([{ outcome: 'REJECTED', rejections: [{ rule: 'prior-payers/v1', category, status: '286' }] }]);
  });

  test('is proved to be recorded and not taken back at the other insurer and the hospital', () => {
    const eob = eobOf(C);
    const { shown, absent } = preconditionsOf({ verb: 'submitClaims', items: [{ claimId: idOf('second'), claim: secondary(200), priorEobs: [eob] }] }, sha256);
    expect(shown).toEqual([eob]);
    expect(absent).toEqual([{ key: `reversal~${eob.id}~1`, code: 'ADJUDICATION_REVERSED', parties: eob.parties }]);
  });

  test('our filing limit runs from the day on which the primary decided', () => {
    const desk = deskOf(terms, 120);
    desk.today = '2026-05-09'; // 95 days after the service, 90 after the primary's decision: the limit's last day
    expect(decideSecond(desk, C)).toEqual({ 'OA-23': 170, paid: 30 });
  });
});

describe('a payer that is not on the ledger', () => {
  // 200 charged: 90 paid, 80 written off, 30 left to the patient, as in C
  const [first] = [{ number: 1, paidMinor: usd(90), adjustments: [adjustment('CO', '45', 80), adjustment('PR', '2', 30)] }];
  const reported = (changes: Partial<ReportedDecision> = {}): ReportedDecision => ({ decidedOn: '2026-02-10', lines: [first], ...changes });
  const told = (decision: ReportedDecision, claimNumber = 'X-1'): ReturnType<typeof claimOf> =>
    ({ ...secondary(200), otherPayers: [{ payerSequence: 'P', name: 'Elsewhere', claimNumber, reported: decision }] });
  const terms = (changes: Partial<CoordinationTerms> = {}): CoordinationTerms => ({ method: 'standard', allowableExpense: 'higher', reported: 'accept', ...changes });

  test('is believed where the plan says so: as the worked check C', () => {
    const eob = deskOf(terms(), 120).decide(told(reported()));
    expect(eob.lines[0]).toMatchObject({ paidMinor: usd(30), priorPaidMinor: usd(90), adjustments: [{ group: 'OA', reason: '23', amountMinor: usd(170) }] });
  });

  test('waits for an examiner where the plan says so, who may release it', () => {
    const desk = deskOf(terms({ reported: 'hold' }), 120);
    desk.submit('told', told(reported()));
    expect(desk.adjudicate(['told'])).toMatchObject([{ outcome: 'PENDED', reasons: ['payer-order/v3 prior-payer-unproved'] }]);
    expect(desk.adjudicate(['told'], { releases: [{ rule: 'payer-order/v3', reason: 'remittance seen' }] })).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    expect(desk.eob('told').body.lines[0]?.paidMinor).toBe(usd(30));
  });

  test('does not count where the plan does not take it: CO-22', () => {
    const eob = deskOf({ method: 'standard', allowableExpense: 'higher' }, 120).decide(told(reported()));
    expect(eob.lines[0]?.adjustments).toEqual([{ group: 'CO', reason: '22', amountMinor: usd(200) }]);
  });

  test('our filing limit runs from the day on which it decided', () => {
    const desk = deskOf(terms(), 120);
    desk.today = '2026-05-09';
    expect(desk.decide(told(reported({ decidedOn: '2026-02-09' }))).lines[0]?.paidMinor).toBe(usd(30));
  });

  test('what the last of two left to the patient counts, and what both paid', () => {
    const second = reported({ lines: [{ number: 1, paidMinor: usd(20), adjustments: [adjustment('OA', '23', 170), adjustment('PR', '2', 10)] }] });
    const claim = { ...told(reported()), subscriber: { ...SECOND, payerSequence: 'T' as const } };
    // L = 10; N = 96; room = 120 - 110 = 10
    const eob = deskOf(terms(), 120).decide({ ...claim, otherPayers: [...(claim.otherPayers ?? []), { payerSequence: 'S', reported: second }] });
    expect(eob.lines[0]).toMatchObject({ paidMinor: usd(10), priorPaidMinor: usd(110), adjustments: [{ group: 'OA', reason: '23', amountMinor: usd(190) }] });
  });

  test.each<[string, ReportedDecision, unknown]>([
    ['out of balance', reported({ lines: [{ ...first, paidMinor: usd(91) }] }), { category: 'A8', status: '400', path: '/otherPayers/0/reported' }],
    ['about a line that the claim does not have', reported({ lines: [{ ...first, number: 2 }] }), { category: 'A8', status: '400', path: '/otherPayers/0/reported' }],
    ['without a real date', reported({ decidedOn: '2026-02-30' }), { category: 'A7', status: '286', path: '/otherPayers/0/reported/decidedOn' }],
  ])('%s: rejected at the front end', (_, decision, expected) => {
    const { items } = new ClaimsDesk().run({ verb: 'submitClaims', items: [{ claimId: idOf('told'), claim: told(decision) }] });
    expect(items).toMatchObject([{ outcome: 'REJECTED', rejections: [expected] }]);
  });
});

describe('the order of payers', () => {
  const on = '2026-02-03';
  const plan = (changes: Partial<CoordinatedCoverage> = {}): CoordinatedCoverage =>
    ({ kind: 'group', hasCoordinationRule: true, holder: 'patient', employment: 'active', continuation: false, since: '2020-01-01', ...changes });
  const child = (changes: Partial<CoordinatedCoverage>): CoordinatedCoverage => plan({ holder: 'other', ...changes });
  const medicare = (changes: Partial<CoordinatedCoverage> = {}): CoordinatedCoverage => plan({ kind: 'medicare', entitlement: 'age', employment: 'inactive', ...changes });

  test.each<[string, CoordinatedCoverage, CoordinatedCoverage]>([
    ['a plan without a rule before one with it', plan({ hasCoordinationRule: false, holder: 'other' }), plan()],
    ['the patient’s own plan before one as a dependant', plan({ since: '2025-01-01' }), plan({ holder: 'other' })],
    ['a court decree before a birthday', child({ courtDecree: true, holderBirthday: '12-01' }), child({ holderBirthday: '01-01' })],
    ['the earlier birthday in the year', child({ holderBirthday: '03-15', since: '2024-01-01' }), child({ holderBirthday: '11-02' })],
    ['equal birthdays: the longer coverage', child({ holderBirthday: '03-15', since: '2010-01-01' }), child({ holderBirthday: '03-15' })],
    ['current employment before retirement', plan({ since: '2025-01-01' }), plan({ employment: 'inactive' })],
    ['any plan before a continued one', plan({ since: '2025-01-01' }), plan({ continuation: true })],
    ['the longer coverage', plan({ since: '2019-12-31' }), plan()],
    ['Medicaid last, after a plan of any kind', plan({ holder: 'other', continuation: true }), plan({ kind: 'medicaid', hasCoordinationRule: false })],
    ['aged: an employer of 20 before Medicare', plan({ employees: 20 }), medicare()],
    ['aged: Medicare before an employer of 19', medicare(), plan({ employees: 19 })],
    ['disabled: Medicare before an employer of 99', medicare({ entitlement: 'disability' }), plan({ employees: 99 })],
    ['disabled: an employer of 100 before Medicare', plan({ employees: 100 }), medicare({ entitlement: 'disability' })],
    ['Medicare before a retiree’s plan', medicare(), plan({ employees: 5000, employment: 'inactive' })],
    ['renal disease: any group plan in the first 30 months', plan({ employees: 2, employment: 'inactive' }), medicare({ entitlement: 'end-stage-renal-disease', coordinationPeriodThru: on })],
    ['renal disease: Medicare after that', medicare({ entitlement: 'end-stage-renal-disease', coordinationPeriodThru: '2026-02-02' }), plan({ employees: 5000 })],
  ])('%s', (_, first, second) => {
    expect([comparePayers(first, second, on) < 0, comparePayers(second, first, on) > 0]).toEqual([true, true]);
  });

  test('a person settles what no rule can tell', () => {
    expect(payersBeforeUs({ ours: plan(), others: [plan()] }, on)).toBeUndefined();
    const desk = deskOf({ method: 'standard', allowableExpense: 'higher' }, 120);
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('coverage'), version: 2, body: coverageOf({ coordination: { ours: plan(), others: [plan()] } }) }] });
    desk.submit('one', claimOf());
    expect(desk.adjudicate(['one'])).toMatchObject([{ outcome: 'PENDED', reasons: ['payer-order/v3 payer-order-unclear'] }]);
  });

  test('the insurer’s statement counts, not what the claim says of itself', () => {
    const desk = deskOf({ method: 'standard', allowableExpense: 'higher' }, 120);
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('coverage'), version: 2, body: coverageOf({ coordination: { ours: plan({ holder: 'other' }), others: [plan()] } }) }] });
    expect(desk.decide(claimOf()).lines[0]?.adjustments).toEqual([{ group: 'CO', reason: '22', amountMinor: usd(200) }]);
  });
});

const cents = fc.integer({ min: 1, max: 50_000 });

test('whatever the primary did: charge = paid + adjustments, we pay no more than was left nor than as the first, and computing again gives the same bytes', () => {
  const any = fc.record({
    method: fc.constantFrom('standard' as const, 'maintenance' as const, 'non-duplication' as const), allowableExpense: fc.constantFrom('higher' as const, 'own' as const),
    charge: cents, allowed: cents, cut: fc.integer({ min: 0, max: 10_000 }), share: fc.integer({ min: 0, max: 10_000 }), copayMinor: fc.integer({ min: 0, max: 5_000 }), coinsurance: fc.integer({ min: 0, max: 10_000 }), deductibleApplies: fc.boolean(),
  });
  fc.assert(fc.property(any, ({ method, allowableExpense, charge, allowed, cut, share, ...benefit }) => {
    const priorAllowed = charge - Math.floor((charge * cut) / 10_000);
    const patient = Math.floor((priorAllowed * share) / 10_000);
    const amounts = { charge: charge / 100, allowed: priorAllowed / 100, paid: (priorAllowed - patient) / 100 };
    const adjustments = [{ group: 'CO' as const, reason: '45', amountMinor: charge - priorAllowed }, { group: 'PR' as const, reason: '2', amountMinor: patient }].filter(({ amountMinor }) => amountMinor > 0);
    const desk = deskOf({ method, allowableExpense }, allowed / 100, benefit);
    const result = decideSecond(desk, { ...amounts, adjustments });
    const [decided] = desk.eob('second').body.lines;
    const paid = decided?.paidMinor ?? NaN;
    expect(paid).toBeGreaterThanOrEqual(0);
    expect(paid).toBeLessThanOrEqual(Math.min(patient, decided?.allowedMinor ?? 0));
    expect(Math.round((result['PR-1'] ?? 0) * 100 + (result['PR-2'] ?? 0) * 100 + (result['PR-3'] ?? 0) * 100)).toBeLessThanOrEqual(patient - paid);
    expect(decided?.adjustments.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
    const again = recompute(desk.claim('second'), desk.adjudication('second'), desk.eob('second'), sha256);
    expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(desk.adjudication('second'))), toHex(documentBytes(desk.eob('second')))]);
  }), { numRuns: 40 });
});
