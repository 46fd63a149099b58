import { randomUUID } from 'node:crypto';
import { insure, loadInsurer, referenceClaim } from '../claims/testing/insured-world.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';

const startMs = 300_000;
const MUE = ['Notice', 'HCPCS/CPT Code,Units,Indicator,Rationale', 'X0001,1,"2 Date of Service Edit: Policy",invented'].join('\n');
const HCPCS = ['HCPC,SEQNUM,RECID,ADD DT,TERM DT', 'X0001,00100,3,20200101,'].join('\n');

let consortium: TestConsortium;
let insurer: TestGateway;
let hospital: TestGateway;

beforeAll(async () => {
  consortium = await TestConsortium.start(['registry', 'claims']);
  insurer = await consortium.gateway('InsurerMSP');
  hospital = await consortium.gateway('HospitalMSP');
  await loadInsurer(await consortium.gateway('ConsortiumMSP'), insurer, { edits: { tables: ['mue', 'hcpcs'], reductions: [] } });
}, startMs);
afterAll(async () => { await consortium.stop(); });

async function load(place: string, text: string, role = 'reference-data'): Promise<TestAnswer> {
  const headers = { 'Content-Type': 'text/plain', 'Idempotency-Key': randomUUID() };

  return insurer.request(`/v1/reference-tables/${place}`, { method: 'POST', raw: text, headers, claims: { roles: [role], subject: 'reference@test' } });
}

async function decided(patientControlNumber: string, units: number): Promise<TestAnswer> {
  const claim = referenceClaim(patientControlNumber, `M-${patientControlNumber}`);
  const [line] = claim.lines;
  if (line === undefined) throw new Error('a line expected');
  const content = { ...claim, lines: [{ ...line, quantity: { unit: 'UN', thousandths: units * 1000 } }] };
  const submitted = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [content] });
  const claimId = (submitted.json['claims'] as readonly { readonly claimId: string }[])[0]?.claimId ?? '';

  return insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId }] });
}

test('a claim waits until its plan’s tables are loaded, then they decide it; the same file changes nothing, a corrected one does', async () => {
  for (const name of ['A', 'B', 'C']) await insure(insurer, `M-${name}`, { usedDeductibleMinor: 50_000 });
  expect((await decided('A', 1)).json['claims']).toMatchObject([{ outcome: 'PENDED', reasons: ['reference-tables/v2 no-edition mue', 'reference-tables/v2 no-edition hcpcs'] }]);

  const first = await load('mue/2026q1?from=2026-01-01', MUE);
  expect([first.status, first.json]).toEqual([201, expect.objectContaining({ outcome: 'RECORDED', version: 1, lines: 3, entries: 1, skipped: 0 })]);
  expect((await load('mue/2026q1?from=2026-01-01', MUE)).json).toMatchObject({ outcome: 'UNCHANGED', version: 1, root: first.json['root'] });
  expect((await load('hcpcs/2026?from=2026-01-01&thru=2026-12-31', HCPCS)).status).toBe(201);
  expect((await decided('B', 2)).json['claims']).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'DENIED' }]);

  expect((await load('mue/2026q1?from=2026-01-01', MUE.replace('X0001,1', 'X0001,2'))).json).toMatchObject({ outcome: 'RECORDED', version: 2 });
  expect((await decided('C', 2)).json['claims']).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'PAID' }]);
  const editions = (await insurer.read('/v1/reference-tables', 'reference-data')).json['items'] as readonly { readonly version: number; readonly body: object }[];
  expect(editions.map(({ version, body }) => [version, (body as { readonly table: string }).table]).sort()).toEqual([[1, 'hcpcs'], [2, 'mue']]);
}, startMs);

test.each<[string, string, string, string, readonly [number, unknown]]>([
  ['another role', 'mue/2026q1?from=2026-01-01', MUE, 'plan-admin', [403, undefined]],
  ['an unknown table', 'ncci/2026q1?from=2026-01-01', MUE, 'reference-data', [400, [expect.objectContaining({ path: '/table' })]]],
  ['no first day', 'mue/2026q1', MUE, 'reference-data', [400, [expect.objectContaining({ path: '/from' })]]],
  ['a faulty line', 'mue/2026q1?from=2026-01-01', `${MUE}\nX0002,many,1,x`, 'reference-data', [400, [expect.objectContaining({ path: '/lines/4/units' })]]],
])('refuses %s', async (_, place, text, role, expected) => {
  const { status, json } = await load(place, text, role);
  expect([status, json['issues']]).toEqual(expected);
});
