import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';
import { insure, loadInsurer, referenceClaim } from '../testing/insured-world.js';

const startMs = 300_000;
const storyMs = 120_000;

let consortium: TestConsortium;
let insurer: TestGateway;
let hospital: TestGateway;

const payerContract = { payee: { name: 'Test Clinic', taxId: '123456789' }, networks: ['west'], products: [], from: '2020-01-01', aloneAfterHours: 0 };

beforeAll(async () => {
  consortium = await TestConsortium.start(['registry', 'claims']);
  insurer = await consortium.gateway('InsurerMSP');
  hospital = await consortium.gateway('HospitalMSP');
  await loadInsurer(await consortium.gateway('ConsortiumMSP'), insurer);
}, startMs);
afterAll(async () => { await consortium.stop(); });

const itemsOf = ({ json }: TestAnswer, name = 'items'): readonly { readonly id: string; readonly claimId: string; readonly outcome: string }[] => json[name] as [];
const codeOf = async (answer: Promise<TestAnswer>): Promise<unknown> => (await answer).json['code'];

async function submitted(memberId: string, number: string): Promise<string> {
  return itemsOf(await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim(number, memberId)] }), 'claims')[0]?.claimId ?? '';
}

test('a claim waits a day to be lodged, or as long as the contract says; then it is presented and decided', async () => {
  await insure(insurer, 'DARK', { usedDeductibleMinor: 50_000 });
  const claim = referenceClaim('A1', 'DARK');
  const attempt = await hospital.write('/v1/lodgement-attempts', 'biller', { insurerMsp: 'InsurerMSP', claims: [claim] });
  const claimId = itemsOf(attempt)[0]?.id ?? '';
  expect(await codeOf(hospital.write('/v1/lodgements', 'biller', { claims: [{ claimId, claim }] }))).toBe('TOO_EARLY_ALONE');
  expect((await insurer.write('/v1/payer-contracts', 'plan-admin', { hospitalMsp: 'HospitalMSP', items: [{ body: payerContract }] })).status).toBe(201);
  expect((await hospital.write('/v1/lodgements', 'biller', { claims: [{ claimId, claim }] })).json['items']).toEqual([{ id: claimId, outcome: 'RECORDED', version: 1 }]);
  expect((await hospital.read(`/v1/lodgements/${claimId}`, 'denials')).json).toMatchObject({ body: { state: 'LODGED' } });
  expect((await insurer.read(`/v1/lodgements/${claimId}`, 'finance')).status).toBe(404);
  expect((await hospital.write('/v1/lodgements/presentations', 'biller', { claimIds: [claimId] })).json['items']).toEqual([{ id: claimId, outcome: 'ACCEPTED', version: 1 }]);
  expect((await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId }] })).json['claims']).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'PAID' }]);
  expect(itemsOf(await hospital.read('/v1/lodgements', 'biller'))).toHaveLength(1);
}, storyMs);

test('a decision alone stops a joint one; it is countersigned from the versions of then', async () => {
  await insure(insurer, 'SILENT', { usedDeductibleMinor: 50_000 });
  const [first, second] = [await submitted('SILENT', 'A2'), await submitted('SILENT', 'A3')];
  for (const claimId of [first, second]) {
    expect((await insurer.write('/v1/unilateral-decisions/attempts', 'claims-examiner', { claimIds: [claimId] })).status).toBe(201);
  }
  expect((await insurer.write('/v1/unilateral-decisions', 'claims-examiner', { claimId: first })).json['items']).toEqual([{ id: first, outcome: 'RECORDED', version: 1 }]);
  expect((await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId: first }] })).json['claims']).toMatchObject([{ outcome: 'NOT_DECIDED', code: 'DECIDED_ALONE' }]);
  expect((await insurer.read(`/v1/unilateral-decisions/${first}`, 'claims-supervisor')).json).toMatchObject({ body: { state: 'DECIDED', eob: { totals: { paidMinor: 12_000 } } } });
  expect((await hospital.read(`/v1/unilateral-decisions/${first}`, 'denials')).status).toBe(404);
  // meanwhile the plan gets a newer version, which the decision does not name
  const plans = itemsOf(await insurer.read('/v1/benefit-plans', 'plan-admin')) as readonly unknown[] as readonly { readonly id: string; readonly body: object }[];
  await insurer.write('/v1/benefit-plans', 'plan-admin', { items: [{ planId: plans[0]?.id, version: 2, plan: { ...plans[0]?.body, name: 'Renamed' } }] });
  expect((await insurer.write(`/v1/unilateral-decisions/${first}/countersignature`, 'claims-examiner', undefined)).json['items']).toMatchObject([{ id: first, outcome: 'ADJUDICATED', decision: 'PAID' }]);
  expect((await hospital.read(`/v1/adjudications/${first}`, 'denials')).json).toMatchObject({ adjudication: { body: { facts: { plan: { version: 1 } } } } });

  expect((await insurer.write('/v1/unilateral-decisions', 'claims-examiner', { claimId: second })).status).toBe(201);
  expect(await codeOf(insurer.write(`/v1/unilateral-decisions/${second}/withdrawal`, 'claims-examiner', { reason: 'x' }))).toBe('FORBIDDEN_ROLE');
  expect((await insurer.write(`/v1/unilateral-decisions/${second}/withdrawal`, 'claims-supervisor', { reason: 'the hospital answers' })).status).toBe(201);
  expect((await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId: second }] })).json['claims']).toMatchObject([{ outcome: 'ADJUDICATED' }]);
}, storyMs);

test('a dispute about a decision is recorded with both and ended by the right one', async () => {
  await insure(insurer, 'QUARREL', { usedDeductibleMinor: 50_000 });
  const claimId = await submitted('QUARREL', 'A4');
  const path = `/v1/claims/${claimId}/disputes`;
  const dispute = { about: 'adjudication', grounds: 'HISTORY_LEFT_OUT', statement: 'an earlier visit is missing' };
  expect((await hospital.write(path, 'denials', dispute)).status).toBe(404);
  await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId }] });
  expect((await hospital.write(path, 'denials', { ...dispute, about: 'document' })).json['issues']).toMatchObject([{ path: '/document' }]);
  expect(await codeOf(hospital.write(path, 'biller', dispute))).toBe('FORBIDDEN_ROLE');
  expect((await hospital.write(path, 'denials', dispute)).status).toBe(201);
  expect(await codeOf(hospital.write(path, 'denials', dispute))).toBe('DISPUTE_OPEN');
  expect(await codeOf(hospital.write(`${path}/settlement`, 'denials', { state: 'ACCEPTED', answer: 'x' }))).toBe('FORBIDDEN');
  expect((await insurer.write(`${path}/settlement`, 'claims-supervisor', { state: 'ACCEPTED', answer: 'it is' })).status).toBe(201);
  expect((await hospital.read(path, 'biller')).json).toMatchObject({ body: { state: 'ACCEPTED', about: { key: `adjudication~${claimId}~1` } } });
  expect(itemsOf(await insurer.read('/v1/disputes', 'finance'))).toHaveLength(1);
}, storyMs);

test('participation is recorded with both', async () => {
  const body = { npi: '1234567893', taxId: '123456789', network: 'west', from: '2026-01-01' };
  expect(await codeOf(insurer.write('/v1/participations', 'finance', { hospitalMsp: 'HospitalMSP', items: [{ body }] }))).toBe('FORBIDDEN_ROLE');
  expect((await insurer.write('/v1/participations', 'plan-admin', { hospitalMsp: 'HospitalMSP', items: [{ body }] })).status).toBe(201);
  expect(itemsOf(await hospital.read('/v1/participations', 'biller'))).toMatchObject([{ body }]);
  expect(itemsOf(await hospital.read('/v1/payer-contracts', 'denials'))).toMatchObject([{ body: payerContract }]);
}, storyMs);
