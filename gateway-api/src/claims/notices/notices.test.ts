import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';
import { insure, loadInsurer, referenceClaim } from '../testing/insured-world.js';

const startMs = 300_000;
const storyMs = 120_000;
const contact = { insurer: 'Sample Insurance', address: '1 Sample Street', telephone: '555-0100' };

let consortium: TestConsortium;
let insurer: TestGateway;
let hospital: TestGateway;

beforeAll(async () => {
  consortium = await TestConsortium.start(['registry', 'claims']);
  insurer = await consortium.gateway('InsurerMSP');
  hospital = await consortium.gateway('HospitalMSP');
  await loadInsurer(await consortium.gateway('ConsortiumMSP'), insurer);
}, startMs);
afterAll(async () => { await consortium.stop(); });

const claimOf = ({ json }: TestAnswer): string => (json['claims'] as readonly { readonly claimId: string }[])[0]?.claimId ?? '';

async function decided(memberId: string, changes: object): Promise<string> {
  await insure(insurer, memberId, { usedDeductibleMinor: 50_000 });
  const claimId = claimOf(await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [{ ...referenceClaim(memberId, memberId), ...changes }] }));
  await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId }] });

  return claimId;
}

test('an explanation of benefits is written from the decision and stays with the insurer; the member is paid', async () => {
  const claimId = await decided('PAYME', { benefitsAssigned: false });
  const path = `/v1/claims/${claimId}/notices`;
  expect((await insurer.write(path, 'finance', { type: 'EXPLANATION_OF_BENEFITS', contact })).json['code']).toBe('FORBIDDEN_ROLE');
  expect((await insurer.write(path, 'claims-examiner', { type: 'ADVERSE_DETERMINATION', contact })).json['code']).toBe('NOTICE_NOT_DUE');
  expect((await insurer.write(path, 'claims-examiner', { type: 'EXPLANATION_OF_BENEFITS', contact })).status).toBe(201);
  expect((await insurer.read(path, 'claims-supervisor')).json).toMatchObject({ body: { type: 'EXPLANATION_OF_BENEFITS', text: expect.stringContaining('We pay you, as you did not assign your benefits') as string } });
  expect((await hospital.read(path, 'denials')).json['code']).toBe('FORBIDDEN_ROLE');
  const payment = { method: 'CHK', traceNumber: 'C1', date: new Date().toISOString().slice(0, 10) };
  const issued = await insurer.write('/v1/remittances', 'finance', { claimIds: [claimId], payee: 'member', payment, totalMinor: 12_000 });
  expect([issued.status, issued.json['code']]).toEqual([201, undefined]);
}, storyMs);

test('an agent acts with the mandate in a header, for what it covers, and both are named', async () => {
  await insure(insurer, 'AGENT', { usedDeductibleMinor: 50_000 });
  const mandate = { agent: { name: 'Billing Service' }, people: ['biller@test'], functions: ['submitClaims'], units: ['123456789'], from: '2020-01-01', revoked: false };
  expect((await hospital.write('/v1/mandates', 'denials', { partnerMsp: 'InsurerMSP', items: [{ mandate }] })).json['code']).toBe('FORBIDDEN_ROLE');
  const recorded = await hospital.write('/v1/mandates', 'biller', { partnerMsp: 'InsurerMSP', items: [{ mandate }] });
  const [{ id } = { id: '' }] = recorded.json['items'] as readonly { readonly id: string }[];
  const header = { 'Mandate-Id': id };
  const claimId = claimOf(await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim('M1', 'AGENT')] }, header));
  expect((await insurer.read(`/v1/claims/${claimId}`, 'claims-examiner')).json).toMatchObject({ claim: { recorded: { by: { mspId: 'HospitalMSP', actorId: 'biller@test', agent: 'Billing Service', mandate: `mandate~${id}~1` } } } });
  const questions = [{ memberId: 'AGENT', serviceDate: '2026-03-02' }];
  expect((await hospital.write('/v1/eligibility-inquiries', 'biller', { insurerMsp: 'InsurerMSP', questions }, header)).json['code']).toBe('MANDATE_DOES_NOT_COVER');
  expect((await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim('M2', 'AGENT')] }, { 'Mandate-Id': '0'.repeat(32) })).status).toBe(404);
  expect((await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim('M2', 'AGENT')] }, { 'Mandate-Id': 'mine' })).status).toBe(400);
  expect((await hospital.read(`/v1/mandates/${id}`, 'denials')).json).toMatchObject({ body: mandate });
  expect((await insurer.read('/v1/mandates', 'plan-admin')).json).toEqual({ items: [] });
}, storyMs);
