import { TestConsortium } from '../../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../../testing/test-gateway.js';
import { insure, loadInsurer, referenceClaim } from '../testing/insured-world.js';

const startMs = 300_000;
const storyMs = 120_000;

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

async function load(path: string, csv: string, role = 'plan-admin'): Promise<TestAnswer> {
  return insurer.request(path, { method: 'POST', raw: csv, headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': `load:${path}:${role}` }, claims: { roles: [role] } });
}

async function used(memberId: string): Promise<unknown> {
  return (await insurer.request('/v1/eligibility', { method: 'POST', body: { memberId, date: '2026-03-02' }, claims: { roles: ['plan-admin'] } })).json['totals'];
}

const header = 'claim_number,state,received_on,currency,billing_tax_id,member_id,birth_date,given_name,line,code,modifiers,units_thousandths,charge_minor,allowed_minor,paid_minor,copay_minor,category,service_from,service_thru,place_of_service,rendering_npi';

describe('an import', () => {
  test('of claims is reconciled with what the old system states, and counts as history', async () => {
    await insure(insurer, 'BEFORE', { usedDeductibleMinor: 50_000 });
    const row = 'OLD-1,PAID,2026-03-03,USD,123456789,BEFORE,,,1,X0001,,1000,12000,12000,12000,0,,2026-03-02,2026-03-02,11,1234567893';
    const loaded = await load('/v1/imports/claims?rows=2&paid=1&paidMinor=12000', `${header}\n${row}\n`);
    expect(loaded.status).toBe(201);
    expect(loaded.json).toMatchObject({ body: { state: 'COMPLETE', lastLine: 2, loaded: { rows: 1, paid: 1, paidMinor: 12_000 }, differences: [{ figure: 'rows', stated: 2, loaded: 1 }] } });
    expect((await insurer.read(`/v1/imports/${String(loaded.json['id'])}`, 'finance')).json).toEqual(loaded.json);
    expect((await insurer.read('/v1/imports', 'finance')).json['items']).toHaveLength(1);
    const submitted = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim('I1', 'BEFORE')] });
    const [claim] = submitted.json['claims'] as readonly { readonly claimId: string }[];
    const decided = await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId: claim?.claimId }] });
    // the same service of the same day: a duplicate, or one that a person has to look at
    expect(decided.json['claims']).toMatchObject([{ outcome: expect.stringMatching(/ADJUDICATED|PENDED/) as string }]);
    expect(JSON.stringify(decided.json['claims'])).toMatch(/DENIED|duplicate/);
  }, storyMs);

  test('of totals begins them', async () => {
    await insurer.write('/v1/coverages', 'plan-admin', { items: [{ memberId: 'MOVED', known: true, family: 'MOVED', person: '01', periods: [{ from: '2020-01-01', planId: await planId() }], reason: 'moved' }] });
    const rows = ['01', 'family'].flatMap((person) => ['out-of-pocket', 'deductible'].map((bucket) => `MOVED,2026-01-01,USD,${person},${bucket},700`));
    const loaded = await load('/v1/imports/totals?rows=4&usedMinor=2800', ['family,benefit_year,currency,person,bucket,used_minor', ...rows].join('\n'));
    expect(loaded.json).toMatchObject({ body: { state: 'COMPLETE', differences: [] } });
    expect(await used('MOVED')).toEqual(expect.arrayContaining([{ leaf: '01/deductible', usedMinor: 700 }]));
  }, storyMs);

  test('that is not as it should be is refused whole, with line and column', async () => {
    const answer = await load('/v1/imports/totals?rows=2', 'family,benefit_year,currency,person,bucket,used_minor\nA,2026-01-01,USD,01,deductible,1\nA,soon,USD,01,copay,-2');
    expect([answer.status, answer.json['issues']]).toMatchObject([400, [{ path: '/lines/3/benefit_year', code: 'NOT_A_DATE' }, { path: '/lines/3/bucket', code: 'NOT_ALLOWED' }, { path: '/lines/3/used_minor', code: 'TOO_SMALL' }]]);
    expect((await load('/v1/imports/totals', 'x', 'finance')).json['code']).toBe('FORBIDDEN_ROLE');
  });
});

describe('what happens off the ledger', () => {
  test('is posted one by one or as a file, and taken back', async () => {
    await insure(insurer, 'PILLS');
    const event = { source: 'PHARMACY', reference: 'RX-1', serviceDate: '2026-03-01', deductibleMinor: 300, outOfPocketMinor: 400 };
    const posted = await insurer.write('/v1/external-postings', 'plan-admin', { events: [{ person: { memberId: 'PILLS' }, event }] });
    expect(posted.status).toBe(201);
    const [first] = posted.json['transactions'] as readonly { readonly items: readonly { readonly id: string }[] }[];
    const id = first?.items[0]?.id ?? '';
    const file = await load('/v1/external-postings/import', 'member_id,source,reference,service_date,deductible_minor,out_of_pocket_minor\nPILLS,PHARMACY,RX-2,2026-03-02,50,50\n');
    expect(file.status).toBe(201);
    expect(await used('PILLS')).toEqual(expect.arrayContaining([{ leaf: '01/deductible', usedMinor: 350 }, { leaf: 'family/out-of-pocket', usedMinor: 450 }]));
    expect((await insurer.write(`/v1/external-postings/${id}/reversal`, 'plan-admin', { reason: 'returned' })).status).toBe(201);
    expect((await insurer.write(`/v1/external-postings/${id}/reversal`, 'plan-admin', { reason: 'once more' })).json['code']).toBe('POSTING_REVERSED');
    expect(await used('PILLS')).toEqual(expect.arrayContaining([{ leaf: '01/deductible', usedMinor: 50 }, { leaf: 'family/out-of-pocket', usedMinor: 50 }]));
    expect((await insurer.read(`/v1/external-postings/${id}`, 'finance')).json).toMatchObject({ version: 2, body: { state: 'REVERSED' } });
  }, storyMs);
});

async function planId(): Promise<string> {
  return ((await insurer.read('/v1/benefit-plans', 'plan-admin')).json['items'] as readonly { readonly id: string }[])[0]?.id ?? '';
}
