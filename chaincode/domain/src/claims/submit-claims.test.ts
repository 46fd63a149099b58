import { NO_EFFECTS } from '../documents/execution.js';
import { parse } from '../shared/parse.js';
import { isSalt } from '../shared/ids.js';
import type { ClaimContent } from './claim.js';
import { personKey } from './claim.js';
import { claimContentShape } from './claim-shape.js';
import { FRONT_END_CHECKS } from './front-end/front-end.js';
import { claimOf, idOf, line } from './testing/builders.js';
import { ClaimsDesk } from './testing/claims-desk.js';

function rejectionsOf(claim: ClaimContent): readonly string[] {
  const desk = new ClaimsDesk();
  const item = desk.submit('claim', parse(claimContentShape, claim));
  expect([...desk.documents.values()].some(({ kind }) => kind === 'claim')).toBe(item.outcome === 'ACCEPTED');
  return (item.rejections ?? []).map(({ category, status, path, rule }) => `${category}:${status} ${path} ${rule}`);
}

const subscriber = claimOf().subscriber;
const billing = claimOf().billing;
const patient = { relationship: '19', familyName: 'Doe', givenName: 'Tim', birthDate: '2015-01-02' };

function without<K extends string, T extends { readonly [key in K]?: unknown }>(value: T, field: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as Omit<T, K>;
}

describe('front end', () => {
  test('accepts a good claim: recorded, and listed as open', () => {
    const desk = new ClaimsDesk();
    expect(desk.submit('good', claimOf())).toEqual({ id: idOf('good'), outcome: 'ACCEPTED', version: 1 });
    expect(desk.claim('good').body).toEqual({ content: claimOf(), clockTick: 7 });
    expect(isSalt(desk.claim('good').salt)).toBe(true);
    expect(desk.waiting.has(idOf('good'))).toBe(true);
  });

  test.each<[string, ClaimContent, string[]]>([
    ['a frequency that does not exist', claimOf([line()], { frequency: '9' }), ['A7:535 /frequency frequency/v2']],
    ['a replacement without the original’s number', claimOf([line()], { frequency: '7' }), ['A6:464 /originalReference frequency/v2']],
    ['a replacement of what is no number of ours', claimOf([line()], { frequency: '7', originalReference: 'x' }), ['A7:464 /originalReference original/v1']],
    ['a void of a claim that is not known', claimOf([line()], { frequency: '8', originalReference: idOf('never') }), ['A3:464 /originalReference original/v1']],
    ['no claim number', claimOf([line()], { patientControlNumber: ' ' }), ['A6:478 /patientControlNumber claim-number/v1']],
    ['a long claim number', claimOf([line()], { patientControlNumber: 'x'.repeat(39) }), ['A7:478 /patientControlNumber claim-number/v1']],
    ['no member id', claimOf([line()], { subscriber: { ...subscriber, memberId: '' } }), ['A6:164 /subscriber/memberId subscriber/v1']],
    ['no name', claimOf([line()], { subscriber: { ...subscriber, familyName: '' } }), ['A6:125 /subscriber/familyName subscriber/v1']],
    ['no birth date', claimOf([line()], { subscriber: without(subscriber, 'birthDate') }), ['A6:158 /subscriber/birthDate patient/v1']],
    ['a birth date that does not exist', claimOf([line()], { subscriber: { ...subscriber, birthDate: '1980-02-30' } }), ['A7:158 /subscriber/birthDate patient/v1']],
    ['a birth date to come', claimOf([line()], { patient: { ...patient, birthDate: '2027-01-01' } }), ['A7:158 /patient/birthDate patient/v1']],
    ['a patient without a name', claimOf([line()], { patient: { ...patient, familyName: '' } }), ['A6:125 /patient/familyName patient/v1']],
    ['no NPI of the biller', claimOf([line()], { billing: without(billing, 'npi') }), ['A6:562 /billing/npi provider-npi/v1']],
    ['a wrong check digit', claimOf([line()], { billing: { ...billing, npi: '1234567890' } }), ['A7:562 /billing/npi provider-npi/v1']],
    ['wrong NPIs of others', claimOf([line({ rendering: { entity: 'person', npi: '1' } })], {
      rendering: { entity: 'person', npi: '2' }, referring: { entity: 'person', npi: '3' }, serviceFacility: { entity: 'organisation', npi: '4' },
    }), ['A7:562 /rendering/npi provider-npi/v1', 'A7:562 /referring/npi provider-npi/v1', 'A7:562 /serviceFacility/npi provider-npi/v1', 'A7:562 /lines/0/rendering/npi provider-npi/v1']],
    ['no tax id', claimOf([line()], { billing: without(billing, 'taxId') }), ['A6:128 /billing/taxId billing-tax-id/v1']],
    ['a tax id of another form', claimOf([line()], { billing: { ...billing, taxId: '12-34567' } }), ['A7:128 /billing/taxId billing-tax-id/v1']],
    ['no diagnosis', claimOf([line({ diagnosisPointers: [] })], { diagnoses: [] }), ['A6:255 /diagnoses diagnosis/v1']],
    ['a diagnosis with a point', claimOf([line()], { diagnoses: [{ qualifier: 'ABK', code: 'J06.9' }] }), ['A7:255 /diagnoses/0/code diagnosis/v1']],
    ['a pointer to nothing', claimOf([line({ diagnosisPointers: [1, 2] })]), ['A8:477 /lines/0/diagnosisPointers diagnosis/v1']],
    ['no line', claimOf([]), ['A6:454 /lines procedure/v1']],
    ['no code', claimOf([line({ procedure: { qualifier: 'HC', code: '', modifiers: [] } })]), ['A6:454 /lines/0/procedure/code procedure/v1']],
    ['a code of another form', claimOf([line({ procedure: { qualifier: 'HC', code: 'x1', modifiers: ['1'] } })]), ['A7:454 /lines/0/procedure/code procedure/v1', 'A7:453 /lines/0/procedure/modifiers/0 procedure/v1']],
    ['no units', claimOf([line({ quantity: { unit: 'UN', thousandths: 0 } })]), ['A7:476 /lines/0/quantity units/v1']],
    ['an unknown unit', claimOf([line({ quantity: { unit: 'KG', thousandths: 1 } })]), ['A7:476 /lines/0/quantity units/v1']],
    ['no date', claimOf([line({ serviceFrom: '', serviceThru: '2026-02-03' })]), ['A6:187 /lines/0/serviceFrom service-dates/v1']],
    ['a date that does not exist', claimOf([line({ serviceThru: '2026-02-30' })]), ['A7:187 /lines/0/serviceThru service-dates/v1']],
    ['dates in the wrong order', claimOf([line({ serviceThru: '2026-02-02' })]), ['A8:187 /lines/0/serviceThru service-dates/v1']],
    ['a date to come', claimOf([line({ serviceFrom: '2026-02-12' })]), ['A7:187 /lines/0/serviceThru service-dates/v1']],
    ['more than a year', claimOf([line({ serviceFrom: '2025-02-03', serviceThru: '2026-02-04' })]), ['A7:187 /lines/0/serviceThru service-dates/v1']],
    ['a place of service of another form', claimOf([line({ placeOfService: 'X' })], { placeOfService: '1' }), ['A7:249 /placeOfService place-of-service/v1', 'A7:249 /lines/0/placeOfService place-of-service/v1']],
    ['a total that is not the sum', claimOf([line()], { totalChargeMinor: 1 }), ['A8:400 /totalChargeMinor balance/v1']],
  ])('rejects %s', (_, claim, expected) => {
    expect(rejectionsOf(claim)).toEqual(expected);
  });

  test('allows the next day: it may have begun elsewhere', () => {
    expect(rejectionsOf(claimOf([line({ serviceFrom: '2026-02-11' })]))).toEqual([]);
  });

  test('never tells a value, only its place', () => {
    const item = new ClaimsDesk().submit('claim', claimOf([line()], { subscriber: { ...subscriber, birthDate: 'SECRET' } }));
    expect(JSON.stringify(item)).not.toContain('SECRET');
  });

  test('judges each claim of a batch by itself', () => {
    const desk = new ClaimsDesk();
    const { items, documents } = desk.run({ verb: 'submitClaims', items: [{ claimId: idOf('a'), claim: claimOf() }, { claimId: idOf('b'), claim: claimOf([]) }] });
    expect(items.map(({ outcome }) => outcome)).toEqual(['ACCEPTED', 'REJECTED']);
    expect(documents).toHaveLength(1);
  });

  test('names each check and its source once', () => {
    const all = [...new Set(Object.values(FRONT_END_CHECKS).flat())];
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.every(({ id, source }) => /^[a-z-]+\/v\d+$/.test(id) && source !== '')).toBe(true);
    expect(NO_EFFECTS.documents).toEqual([]);
  });
});

test('a person is named by the member id, and a dependant by birth date and given name too', () => {
  expect(personKey(claimOf([], { subscriber: { ...subscriber, memberId: ' m-1 ' } }))).toBe('M-1');
  expect(personKey(claimOf([], { patient }))).toBe('M-1|2015-01-02|TIM');
});
