import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { ClaimContent, ClaimLine } from './claim.js';
import { claimContentShape } from './claim-shape.js';
import { claimOf, houseService, line, roomDays, stayOf } from './testing/builders.js';
import { ClaimsDesk } from './testing/claims-desk.js';

function rejectionsOf(claim: ClaimContent): readonly string[] {
  const item = new ClaimsDesk().submit('claim', parse(claimContentShape, claim));
  return (item.rejections ?? []).map(({ category, status, path, rule }) => `${category}:${status} ${path} ${rule}`);
}

const stay = stayOf([roomDays(4)]);
const facts = stay.institutional ?? ((): never => { throw new Error('a stay has facts'); })();

/** The stay with some of its facts left out. */
function without(...names: readonly (keyof typeof facts)[]): ClaimContent {
  return { ...stay, institutional: Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name as keyof typeof facts))) as unknown as typeof facts };
}

const room = (changes: Partial<ClaimLine>): ClaimContent => stayOf([roomDays(4, changes)]);

describe('the front end, for an institution’s claim', () => {
  test('accepts a good one', () => {
    expect(rejectionsOf(stay)).toEqual([]);
  });

  test('accepts services by revenue code alone, or with a procedure code', () => {
    expect(rejectionsOf(stayOf([houseService('0250', 100), houseService('0300', 100, { procedure: { qualifier: 'HC', code: 'X0001', modifiers: ['59'] } })]))).toEqual([]);
  });

  test.each<[string, ClaimContent, readonly string[]]>([
    ['an interim bill, which no contract accepts', stayOf([roomDays(4)], {}, { frequency: '2' }), ['A7:535 /frequency partial-bill/v1']],
    ['a continuing bill', stayOf([roomDays(4)], {}, { frequency: '3' }), ['A6:464 /originalReference bill-frequency/v1', 'A7:535 /frequency partial-bill/v1']],
    ['a last interim bill', stayOf([roomDays(4)], {}, { frequency: '4' }), ['A6:464 /originalReference bill-frequency/v1', 'A7:535 /frequency partial-bill/v1']],
    ['late charges', stayOf([roomDays(4)], {}, { frequency: '5' }), ['A6:464 /originalReference bill-frequency/v1', 'A7:535 /frequency partial-bill/v1']],
    ['a replacement without the original’s number', stayOf([roomDays(4)], {}, { frequency: '7' }), ['A6:464 /originalReference bill-frequency/v1']],
    ['no kind of facility', stayOf([roomDays(4)], { facilityType: '' }), ['A6:228 /institutional/facilityType facility-type/v1']],
    ['a kind of facility of another form', stayOf([roomDays(4)], { facilityType: '111' }), ['A7:228 /institutional/facilityType facility-type/v1']],
    ['no statement', stayOf([roomDays(4)], { statementFrom: '' }), ['A6:188 /institutional/statementFrom statement-dates/v1']],
    ['a statement that ends before it begins', stayOf([roomDays(4)], { statementFrom: '2026-02-06' }), ['A8:188 /institutional/statementThru statement-dates/v1']],
    ['a statement into the future', stayOf([roomDays(4)], { statementThru: '2026-03-05' }), ['A7:188 /institutional/statementThru statement-dates/v1']],
    ['a line outside the statement', room({ serviceFrom: '2026-01-31' }), ['A8:187 /lines/0/serviceFrom statement-dates/v1']],
    ['a stay without admission', without('admission'), ['A6:189 /institutional/admission/date admission/v1', 'A6:231 /institutional/admission/type admission/v1']],
    ['a stay without the patient’s status', without('patientStatus'), ['A6:234 /institutional/patientStatus admission/v1']],
    ['an admission after the stay', stayOf([roomDays(4)], { admission: { date: '2026-02-06', type: '1' } }), ['A8:189 /institutional/admission/date admission/v1']],
    ['admission codes of another form', stayOf([roomDays(4)], { admission: { date: '2026-02-01', time: '2500', type: 'X', source: '10' }, dischargeTime: '11', patientStatus: '1' }), [
      'A7:230 /institutional/admission/time admission/v1', 'A7:231 /institutional/admission/type admission/v1', 'A7:229 /institutional/admission/source admission/v1',
      'A7:233 /institutional/dischargeTime admission/v1', 'A7:234 /institutional/patientStatus admission/v1',
    ]],
    ['an outpatient’s admission on no day', stayOf([roomDays(4)], { facilityType: '13', admission: { date: '2026-02-30' } }), ['A7:189 /institutional/admission/date admission/v1']],
    ['a group of another form', stayOf([roomDays(4)], { drg: '47' }), ['A7:256 /institutional/drg institutional-codes/v1']],
    ['an ICD procedure of another form', stayOf([roomDays(4)], { procedures: [{ qualifier: 'BBR', code: '0.S', date: '2026-02-30' }] }), [
      'A7:465 /institutional/procedures/0/code institutional-codes/v1', 'A7:465 /institutional/procedures/0/date institutional-codes/v1',
    ]],
    ['conditions, occurrences and values of another form', stayOf([roomDays(4)], {
      conditions: ['1'], occurrences: [{ code: 'A1', from: 'x' }, { code: '70', from: '2026-02-02', thru: '2026-02-01' }], values: [{ code: '', amountMinor: 1 }],
    }), [
      'A7:460 /institutional/conditions/0 institutional-codes/v1', 'A7:461 /institutional/occurrences/0/from institutional-codes/v1',
      'A7:462 /institutional/occurrences/1/from institutional-codes/v1', 'A7:463 /institutional/values/0/code institutional-codes/v1',
    ]],
    ['an indicator that does not exist', stayOf([roomDays(4)], {}, { diagnoses: [{ qualifier: 'ABK', code: 'J189', presentOnAdmission: 'X' }] }), ['A7:688 /diagnoses/0/presentOnAdmission institutional-codes/v1']],
    ['wrong NPIs', stayOf([roomDays(4)], { attending: { entity: 'person', npi: '1' }, operating: { entity: 'person', npi: '2' }, otherOperating: { entity: 'person', npi: '3' } }), [
      'A7:562 /institutional/attending/npi institutional-providers/v1', 'A7:562 /institutional/operating/npi institutional-providers/v1', 'A7:562 /institutional/otherOperating/npi institutional-providers/v1',
    ]],
    ['no line', stayOf([]), ['A6:455 /lines revenue-lines/v1']],
    ['a revenue code of another form', room({ revenueCode: '120', procedure: { qualifier: 'NU', code: '120', modifiers: [] } }), ['A7:455 /lines/0/revenueCode revenue-lines/v1']],
    ['a service that is not its revenue code', room({ procedure: { qualifier: 'NU', code: '0130', modifiers: [] } }), ['A8:454 /lines/0/procedure revenue-lines/v1']],
    ['a procedure code of another form', room({ procedure: { qualifier: 'HC', code: 'X1', modifiers: ['1'] } }), ['A7:454 /lines/0/procedure/code revenue-lines/v1', 'A7:453 /lines/0/procedure/modifiers/0 revenue-lines/v1']],
    ['minutes', room({ quantity: { unit: 'MJ', thousandths: 1000 } }), ['A7:476 /lines/0/quantity revenue-lines/v1']],
    ['more that is not covered than is charged', room({ chargeMinor: 100, nonCoveredMinor: 101 }), ['A8:596 /lines/0/nonCoveredMinor revenue-lines/v1']],
    ['a total that is not the sum', stayOf([roomDays(4)], {}, { totalChargeMinor: 1 }), ['A8:400 /totalChargeMinor balance/v1']],
  ])('rejects %s', (_, claim, expected) => {
    expect(rejectionsOf(claim)).toEqual(expected);
  });
});

describe('a claim’s form', () => {
  const { institutional: _, ...unfactual } = stay;

  test.each<[string, ClaimContent]>([
    ['an institution’s claim without its facts', unfactual],
    ['a professional claim with an institution’s facts', { ...claimOf(), institutional: facts }],
    ['a professional claim with a revenue code', claimOf([line({ revenueCode: '0250' })])],
    ['a professional claim with a non-covered charge', claimOf([line({ nonCoveredMinor: 1 })])],
    ['a professional claim of 51 lines', claimOf(Array.from({ length: 51 }, () => line()))],
    ['a professional claim of 13 diagnoses', claimOf([line()], { diagnoses: Array.from({ length: 13 }, () => ({ qualifier: 'ABF', code: 'J069' })) })],
  ])('refuses %s', (name, claim) => {
    expect([name, refusalOf(() => parse(claimContentShape, claim))]).toEqual([name, 'INVALID_INPUT']);
  });

  test('an institution’s claim has room for 999 lines', () => {
    expect(parse(claimContentShape, stayOf(Array.from({ length: 999 }, () => roomDays(1)))).lines).toHaveLength(999);
  });
});
