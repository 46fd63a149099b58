import { randomBytes } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import type { ClaimContent } from '@medaccord/domain';
import { writeProfessionalClaims } from '../interop/x12/index.js';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';
import { insure, loadInsurer, referenceClaim } from './testing/insured-world.js';

const startMs = 300_000;

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

interface Outcome {
  readonly claimId: string;
  readonly outcome: string;
  readonly decision?: string;
  readonly code?: string;
  readonly input?: string;
}

const outcomesOf = (answer: TestAnswer): readonly Outcome[] => answer.json['claims'] as Outcome[];

async function submit(claims: readonly ClaimContent[], headers: Readonly<Record<string, string>> = {}): Promise<TestAnswer> {
  return hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims }, headers);
}

async function submitted(claims: readonly ClaimContent[]): Promise<readonly string[]> {
  const answer = await submit(claims);
  expect(answer.status).toBe(201);

  return outcomesOf(answer).map(({ claimId }) => claimId);
}

async function adjudicate(claimIds: readonly string[]): Promise<TestAnswer> {
  return insurer.write('/v1/adjudications', 'claims-examiner', { claims: claimIds.map((claimId) => ({ claimId })) });
}

async function upload(text: string, query = 'insurer=InsurerMSP', key: string = randomUUID()): Promise<TestAnswer> {
  const headers = { 'Content-Type': 'application/edi-x12', 'Idempotency-Key': key };

  return hospital.request(`/v1/claims/import?${query}`, { method: 'POST', raw: text, headers, claims: { roles: ['biller'], subject: 'biller@test' } });
}

function fileOf(claims: readonly ClaimContent[]): string {
  return writeProfessionalClaims({
    header: { sender: { qualifier: 'ZZ', id: 'SENDER' }, receiver: { qualifier: 'ZZ', id: 'RECEIVER' }, date: '20260102', time: '0304', controlNumber: 1, usage: 'T' },
    submitter: { name: 'SUBMITTER', id: 'S1', contact: 'OFFICE', telephone: '5550100' },
    receiver: { name: 'RECEIVER', id: 'R1' },
    payer: { name: 'PAYER', id: 'P1' },
    address: { street: '1 MAIN ST', city: 'SAMPLETON', postalCode: '902100000' },
    transactions: [claims],
  });
}

describe('submitting claims', () => {
  test('accepts or rejects each by itself, and both parties see what waits', async () => {
    const answer = await submit([referenceClaim('A1', 'ONE'), { ...referenceClaim('A2', 'ONE'), totalChargeMinor: 1 }]);

    expect(answer.json).toEqual({
      claims: [
        { claimId: expect.stringMatching(/^[0-9a-f]{32}$/) as string, patientControlNumber: 'A1', outcome: 'ACCEPTED' },
        { claimId: expect.any(String) as string, patientControlNumber: 'A2', outcome: 'REJECTED', rejections: [{ category: 'A8', status: '400', path: '/totalChargeMinor', rule: 'balance/v1' }] },
      ],
      proofs: [{ transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) as string, blockNumber: expect.any(Number) as number }],
    });
    const [claimId] = outcomesOf(answer).map((claim) => claim.claimId);
    for (const [gateway, role] of [[insurer, 'claims-examiner'], [hospital, 'biller']] as const) {
      const open = (await gateway.read('/v1/claims?state=open&limit=1000', role)).json['items'] as readonly { readonly claimId: string }[];
      expect(open.map((claim) => claim.claimId)).toContain(claimId);
      expect((await gateway.read(`/v1/claims/${claimId ?? ''}`, role)).json).toMatchObject({ claim: { body: { content: { patientControlNumber: 'A1' } } }, open: { state: 'SUBMITTED' }, eob: null });
    }
  });

  test('under the same key and body gives the first answer; another body is refused', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await submit([referenceClaim('B1', 'ONE')], headers);
    const again = await submit([referenceClaim('B1', 'ONE')], headers);
    const other = await submit([referenceClaim('B2', 'ONE')], headers);

    expect(again.json).toEqual(first.json);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED']);
  });

  test('that are not well formed is refused with the places, and no value', async () => {
    const broken = { ...referenceClaim('SECRET-1', 'ONE'), subscriber: undefined };
    const answer = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [broken] });

    expect(answer.status).toBe(400);
    expect(answer.json['issues']).toEqual([{ code: 'REQUIRED', path: '/claims/0/subscriber', message: 'is required' }]);
    expect(answer.text).not.toContain('SECRET');
  });

  test('a hundred and one take two transactions', async () => {
    const answer = await submit(Array.from({ length: 101 }, (_, index) => referenceClaim(`C${index}`, 'ONE')));

    expect(outcomesOf(answer).filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(101);
    expect(answer.json['proofs']).toHaveLength(2);
  }, 120_000);
});

describe('importing a file', () => {
  test('accounts for every CLM segment in order', async () => {
    const text = fileOf([referenceClaim('F1', 'ONE'), referenceClaim('F2', 'ONE'), { ...referenceClaim('F3', 'ONE'), frequency: '9' }]).replace('CLM*F2*120', 'CLM*F2*12O');
    const answer = await upload(text);

    expect(answer.status).toBe(201);
    expect(answer.json['counts']).toEqual({ claims: 3, accepted: 1, rejected: 1, unreadable: 1 });
    expect(answer.json['claims']).toMatchObject([
      { number: 1, patientControlNumber: 'F1', outcome: 'ACCEPTED' },
      { number: 2, patientControlNumber: 'F2', outcome: 'UNREADABLE', fault: { reason: 'NOT_AN_AMOUNT', segmentId: 'CLM', element: 2 } },
      { number: 3, patientControlNumber: 'F3', outcome: 'REJECTED', rejections: [{ category: 'A7', status: '535' }] },
    ]);
    const [first] = answer.json['claims'] as { readonly claimId: string }[];
    expect((await hospital.read(`/v1/claims/${first?.claimId ?? ''}`, 'biller')).json).toMatchObject({
      claim: { body: { content: { trace: { interchangeControl: '000000001', fileHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string } } } },
    });
  });

  test('reads leniently unless told otherwise; strictly, a wrong count makes the transaction’s claims unreadable', async () => {
    const text = fileOf([referenceClaim('G1', 'ONE')]).replace(/SE\*\d+/, 'SE*99');
    const lenient = await upload(text);
    const strict = await upload(text, 'insurer=InsurerMSP&mode=strict');

    expect(lenient.json['counts']).toMatchObject({ accepted: 1 });
    expect(lenient.json['issues']).toMatchObject([{ code: 'COUNT_MISMATCH', severity: 'warning' }]);
    expect(strict.json['counts']).toMatchObject({ unreadable: 1, accepted: 0 });
    expect(strict.json['issues']).toMatchObject([{ code: 'COUNT_MISMATCH', severity: 'error' }]);
  });

  test('under the same key gives the first answer, and another file is refused', async () => {
    const [text, key] = [fileOf([referenceClaim('H1', 'ONE')]), randomUUID()];
    const first = await upload(text, 'insurer=InsurerMSP', key);
    const again = await upload(text, 'insurer=InsurerMSP', key);

    expect(again.json).toEqual(first.json);
    expect((await upload(`${text}\n`, 'insurer=InsurerMSP', key)).status).toBe(409);
  });

  test('wants an insurer and a mode that exists', async () => {
    expect((await upload('ISA', '')).json['issues']).toMatchObject([{ path: '/insurer' }]);
    expect((await upload('ISA', 'insurer=InsurerMSP&mode=kind')).json['issues']).toMatchObject([{ path: '/mode' }]);
    expect((await upload('no file at all')).json).toMatchObject({ counts: { claims: 0 }, issues: [{ code: 'TEXT_OUTSIDE_INTERCHANGE' }, { code: 'ISA_MISSING' }] });
  });
});

describe('deciding claims', () => {
  test('takes a family’s claims one after the other, in one transaction', async () => {
    await insure(insurer, 'FAMILY', { usedDeductibleMinor: 40_000 });
    const claimIds = await submitted([referenceClaim('I1', 'FAMILY', '2026-03-02'), referenceClaim('I2', 'FAMILY', '2026-03-03')]);
    const answer = await adjudicate(claimIds);

    expect(outcomesOf(answer)).toEqual(claimIds.map((claimId) => ({ claimId, outcome: 'ADJUDICATED', decision: 'PAID' })));
    expect(answer.json['proofs']).toHaveLength(1);
    // 120 allowed, 100 left of the deductible: 20 paid; then the deductible is used up: 120 paid
    const paid = await Promise.all(claimIds.map(async (claimId) => (await hospital.read(`/v1/adjudications/${claimId}`, 'denials')).json));
    expect(paid).toMatchObject([{ eob: { body: { totals: { paidMinor: 2000, patientMinor: 10_000 } } } }, { eob: { body: { totals: { paidMinor: 12_000, patientMinor: 0 } } } }]);
    expect((await insurer.request('/v1/eligibility', { method: 'POST', body: { memberId: 'FAMILY', date: '2026-06-01' }, claims: { roles: ['claims-examiner'] } })).json).toMatchObject({
      known: true,
      covered: true,
      totals: [{ leaf: '01/deductible', usedMinor: 50_000 }, { leaf: '01/out-of-pocket' }, { leaf: 'family/deductible', usedMinor: 50_000 }, { leaf: 'family/out-of-pocket' }],
    });
  });

  test('answers again for what is decided, and says what it cannot decide, without holding up the rest', async () => {
    await insure(insurer, 'SOLE');
    const [known = '', stranger = ''] = await submitted([referenceClaim('J1', 'SOLE'), referenceClaim('J2', 'NOBODY')]);
    const nowhere = '0'.repeat(32);
    const first = await adjudicate([known, stranger, nowhere]);
    const again = await adjudicate([known]);

    expect(outcomesOf(first)).toEqual([
      { claimId: known, outcome: 'ADJUDICATED', decision: 'ZERO_PAY' },
      { claimId: stranger, outcome: 'NOT_DECIDED', code: 'INPUT_MISSING', input: 'coverage' },
      { claimId: nowhere, outcome: 'NOT_DECIDED', code: 'DOCUMENT_NOT_FOUND', input: 'claim' },
    ]);
    expect(outcomesOf(again)).toEqual([{ claimId: known, outcome: 'ALREADY_DECIDED', decision: 'ZERO_PAY' }]);
    expect(again.json['proofs']).toEqual([]);
  });

  test('two requests that share a family decide each claim once, and every amount counts', async () => {
    const member = `SHARED-${randomBytes(4).toString('hex')}`; // Another one when the test is run once more.
    await insure(insurer, member);
    const dates = ['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'];
    const claimIds = await submitted(dates.map((date, index) => referenceClaim(`K${index}`, member, date)));
    const answers = await Promise.all([adjudicate(claimIds.slice(0, 3)), adjudicate(claimIds.slice(3)), adjudicate(claimIds)]);

    expect(answers.flatMap(outcomesOf).filter(({ outcome }) => outcome === 'NOT_DECIDED')).toEqual([]);
    const decided = answers.flatMap(outcomesOf).filter(({ outcome }) => outcome === 'ADJUDICATED').map(({ claimId }) => claimId);
    expect([...decided].sort()).toEqual([...claimIds].sort());
    // 6 × 120 = 720 allowed, 500 of it deductible
    const paid = await Promise.all(claimIds.map(async (claimId) => (await hospital.read(`/v1/adjudications/${claimId}`, 'biller')).json));
    const total = paid.reduce((sum, file) => sum + (file as { readonly eob: { readonly body: { readonly totals: { readonly paidMinor: number } } } }).eob.body.totals.paidMinor, 0);
    expect(total).toBe(22_000);
  }, 120_000);

  test('a held claim waits for a person, who may release it', async () => {
    await insure(insurer, 'HELD', { usedDeductibleMinor: 50_000 });
    const [first = '', second = ''] = await submitted([referenceClaim('L1', 'HELD'), { ...referenceClaim('L2', 'HELD'), lines: referenceClaim('L2', 'HELD').lines.map((line) => ({ ...line, placeOfService: '12' })) }]);
    const held = await adjudicate([first, second]);
    expect(outcomesOf(held)).toMatchObject([{ outcome: 'ADJUDICATED' }, { outcome: 'PENDED', reasons: ['duplicate/v2 suspect-duplicate'] }]);

    const released = await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId: second, releases: [{ rule: 'duplicate/v2', reason: 'two visits' }] }] });
    expect(outcomesOf(released)).toEqual([{ claimId: second, outcome: 'ADJUDICATED', decision: 'PAID' }]);
  });

  test('the same bytes come out when a decision is computed again, at either party', async () => {
    await insure(insurer, 'AGAIN');
    const claimIds = await submitted([referenceClaim('M1', 'AGAIN')]);
    await adjudicate(claimIds);

    for (const [gateway, role] of [[insurer, 'claims-examiner'], [hospital, 'denials']] as const) {
      const answer = await gateway.request(`/v1/adjudications/${claimIds[0] ?? ''}/recompute`, { method: 'POST', claims: { roles: [role] } });
      expect([answer.status, answer.json['same']]).toEqual([200, true]);
    }
    const all = await hospital.read('/v1/recomputations?limit=1000', 'denials');
    const items = all.json['items'] as readonly { readonly key: string; readonly outcome: string }[];
    expect(items).toContainEqual({ key: `adjudication~${claimIds[0] ?? ''}~1`, outcome: 'SAME' });
    expect(items.filter(({ outcome }) => outcome !== 'SAME')).toEqual([]);
    expect((await hospital.read('/v1/recomputations?after=adjudication', 'denials')).status).toBe(400);
    expect((await hospital.read('/v1/recomputations', 'credentialing')).status).toBe(403);
  });
});

describe('paying', () => {
  test('refuses another total and a second payment, and the hospital reads what was paid', async () => {
    await insure(insurer, 'PAYEE', { usedDeductibleMinor: 50_000 });
    const claimIds = await submitted([referenceClaim('N1', 'PAYEE')]);
    await adjudicate(claimIds);
    const issue = (totalMinor: number): Promise<TestAnswer> =>
      insurer.write('/v1/remittances', 'finance', { claimIds, payment: { method: 'ACH', traceNumber: 'T1', date: '2026-07-01' }, totalMinor });

    const wrong = await issue(11_999);
    expect([wrong.status, wrong.json['code']]).toEqual([422, 'REMITTANCE_OUT_OF_BALANCE']);
    const paid = await issue(12_000);
    expect(paid.status).toBe(201);
    const twice = await issue(12_000);
    expect([twice.status, twice.json['code']]).toEqual([409, 'CLAIM_ALREADY_PAID']);
    expect((await hospital.read(`/v1/remittances/${String(paid.json['remittanceId'])}`, 'biller')).json).toMatchObject({
      remittance: { body: { totalMinor: 12_000, claims: [{ claimId: claimIds[0], paidMinor: 12_000 }] } },
      eobs: [{ body: { patientControlNumber: 'N1' } }],
    });
    expect((await hospital.read('/v1/remittances', 'denials')).json['items']).toHaveLength(1);
  });

  test('an undecided claim cannot be paid', async () => {
    const claimIds = await submitted([referenceClaim('O1', 'ONE')]);
    const answer = await insurer.write('/v1/remittances', 'finance', { claimIds, payment: { method: 'ACH', traceNumber: 'T2', date: '2026-07-01' }, totalMinor: 1 });

    expect([answer.status, answer.json['code']]).toEqual([404, 'DOCUMENT_NOT_FOUND']);
  });
});

describe('a lost copy', () => {
  test('is made good by the other party’s, and by nothing else', async () => {
    consortium.network.control.stripPrivateData('InsurerMSP');
    const [claimId = ''] = await submitted([referenceClaim('P1', 'ONE')]);
    consortium.network.control.stripPrivateData('InsurerMSP', false);
    const lost = await insurer.read(`/v1/claims/${claimId}`, 'claims-examiner');
    expect(lost.status).toBe(404);
    expect(outcomesOf(await adjudicate([claimId]))).toMatchObject([{ outcome: 'NOT_DECIDED', code: 'DOCUMENT_NOT_FOUND' }]);

    const { items } = (await hospital.read(`/v1/claims/${claimId}/copies`, 'biller')).json as { readonly items: readonly { readonly key: string; readonly bytes: string }[] };
    const parties = { insurerMsp: 'InsurerMSP', hospitalMsp: 'HospitalMSP' };
    const altered = items.map(({ key, bytes }) => ({ key, bytes: bytes.replace('12000', '12001') }));
    const refused = await insurer.write(`/v1/claims/${claimId}/heal`, 'claims-examiner', { parties, items: altered });
    expect([refused.status, refused.json['code']]).toEqual([409, 'NOT_HEALABLE']);
    const healed = await insurer.write(`/v1/claims/${claimId}/heal`, 'claims-examiner', { parties, items });
    expect(healed.json['items']).toEqual(items.map(({ key }) => ({ id: key, outcome: 'HEALED' })));
    expect((await insurer.read(`/v1/claims/${claimId}`, 'claims-examiner')).json).toMatchObject({ claim: { id: claimId }, open: { state: 'SUBMITTED' } });
  });

  test('so are many, of whatever kind, from a list of the other party’s', async () => {
    await insure(insurer, 'LOST', { usedDeductibleMinor: 50_000 });
    consortium.network.control.stripPrivateData('InsurerMSP');
    const claimIds = await submitted([referenceClaim('P2', 'LOST'), referenceClaim('P3', 'LOST')]);
    consortium.network.control.stripPrivateData('InsurerMSP', false);
    const kinds = ['claim', 'receipt', 'open'];
    const pages = await Promise.all(kinds.map(async (kind) => hospital.read(`/v1/copies?kind=${kind}&counterparty=InsurerMSP`, 'biller')));
    const items = pages.flatMap(({ json }) => json['items'] as { readonly key: string; readonly bytes: string }[]);
    const lost = items.filter(({ key }) => claimIds.some((id) => key === `claim~${id}~1`));
    expect(lost).toHaveLength(2);

    const altered = await insurer.write('/v1/copies/heal', 'claims-examiner', { items: [lost[0], { ...lost[1], bytes: lost[1]?.bytes.replace('12000', '12001') }] });
    expect(altered.json['items']).toEqual([{ key: lost[0]?.key, outcome: 'HEALED' }, { key: lost[1]?.key, outcome: 'REFUSED' }]);
    const healed = (await insurer.write('/v1/copies/heal', 'claims-examiner', { items })).json['items'] as readonly { readonly key: string; readonly outcome: string }[];
    const outcomeOf = (wanted: string | undefined): string | undefined => healed.find(({ key }) => key === wanted)?.outcome;
    expect([outcomeOf(lost[0]?.key), outcomeOf(lost[1]?.key)]).toEqual(['HELD', 'HEALED']);
    expect(healed.filter(({ outcome }) => outcome === 'REFUSED')).toEqual([]);
    expect(outcomesOf(await adjudicate(claimIds)).map(({ outcome }) => outcome)).toEqual(['ADJUDICATED', 'ADJUDICATED']);
  });

  test('copies without two parties, and lists of unknown kinds, are refused', async () => {
    const nameless = await insurer.write('/v1/copies/heal', 'claims-examiner', { items: [{ key: `claim~${'1'.repeat(32)}~1`, bytes: '{}' }] });
    expect(nameless.json['issues']).toMatchObject([{ code: 'INCONSISTENT', path: '/items/0/bytes' }]);
    const unknown = await hospital.read('/v1/copies?kind=coverage&counterparty=InsurerMSP', 'biller');
    expect([unknown.status, unknown.json['issues']]).toMatchObject([400, [{ path: '/kind' }]]);
  });

  test('of another claim is refused', async () => {
    const body = { parties: { insurerMsp: 'InsurerMSP', hospitalMsp: 'HospitalMSP' }, items: [{ key: `claim~${'1'.repeat(32)}~1`, bytes: null }] };
    const answer = await hospital.write(`/v1/claims/${'2'.repeat(32)}/heal`, 'biller', body);

    expect(answer.json['issues']).toMatchObject([{ code: 'INCONSISTENT', path: '/items/0/key' }]);
  });
});

describe('who may do what', () => {
  const claimId = '0'.repeat(32);
  const writes: readonly (readonly [path: string, role: string, gateway: () => TestGateway])[] = [
    ['/v1/claims', 'denials', () => hospital],
    ['/v1/claims/import?insurer=InsurerMSP', 'credentialing', () => hospital],
    [`/v1/claims/${claimId}/heal`, 'credentialing', () => hospital],
    ['/v1/copies/heal', 'denials', () => hospital],
    ['/v1/adjudications', 'finance', () => insurer],
    ['/v1/benefit-plans', 'claims-examiner', () => insurer],
    ['/v1/coverages', 'finance', () => insurer],
    ['/v1/accumulators', 'claims-examiner', () => insurer],
    ['/v1/fee-schedules', 'finance', () => insurer],
    ['/v1/remittances', 'claims-examiner', () => insurer],
    ['/v1/eligibility', 'biller', () => hospital],
  ];

  test.each(writes)('POST %s is not for %s', async (path, role, gateway) => {
    const answer = await gateway().write(path, role, {});

    expect([answer.status, answer.json['code']]).toEqual([403, 'FORBIDDEN_ROLE']);
  });

  test.each([
    ['/v1/claims?state=open', 'credentialing'],
    [`/v1/claims/${claimId}`, 'credentialing'],
    [`/v1/claims/${claimId}/copies`, 'credentialing'],
    [`/v1/receipts/${claimId}`, 'credentialing'],
    ['/v1/copies?kind=claim&counterparty=InsurerMSP', 'denials'],
    [`/v1/adjudications/${claimId}`, 'credentialing'],
    ['/v1/reviews?npi=1234567893&from=2026-01-01&thru=2026-01-02', 'biller'],
    ['/v1/remittances', 'credentialing'],
    ['/v1/benefit-plans', 'biller'],
    [`/v1/coverages/${claimId}`, 'biller'],
    ['/v1/fee-schedules', 'credentialing'],
  ])('GET %s is not for %s', async (path, role) => {
    const answer = await hospital.read(path, role);

    expect([answer.status, answer.json['code']]).toEqual([403, 'FORBIDDEN_ROLE']);
  });

  test('a role does not help the wrong organisation: the ledger decides', async () => {
    await insure(insurer, 'WRONG', { usedDeductibleMinor: 50_000 });
    const claimIds = await submitted([referenceClaim('Q1', 'WRONG')]);
    await adjudicate(claimIds);
    const payment = await hospital.write('/v1/remittances', 'finance', { claimIds, payment: { method: 'ACH', traceNumber: 'T9', date: '2026-07-01' }, totalMinor: 12_000 });
    const coverage = await hospital.write('/v1/coverages', 'plan-admin', { items: [{ memberId: 'X', known: false, periods: [], reason: 'x' }] });

    expect([payment.status, payment.json['code']]).toEqual([403, 'FORBIDDEN_ORGANISATION']);
    expect(coverage.json['code']).toBe('WRONG_PARTIES');
  });
});
