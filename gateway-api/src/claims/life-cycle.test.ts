import type { ClaimContent } from '@medaccord/domain';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';
import { insure, loadInsurer, referenceClaim } from './testing/insured-world.js';

const startMs = 300_000;
/** A dozen requests one after the other, each of them a committed transaction. */
const storyMs = 120_000;
const today = new Date().toISOString().slice(0, 10);

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

async function submitted(claim: ClaimContent): Promise<string> {
  const answer = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [claim] });
  expect(answer.json['claims']).toMatchObject([{ outcome: 'ACCEPTED' }]);

  return (answer.json['claims'] as readonly { readonly claimId: string }[])[0]?.claimId ?? '';
}

async function adjudicate(...claimIds: readonly string[]): Promise<unknown> {
  return (await insurer.write('/v1/adjudications', 'claims-examiner', { claims: claimIds.map((claimId) => ({ claimId })) })).json['claims'];
}

/** Issues a remittance with the total that its preview says. */
async function remit(request: object): Promise<TestAnswer> {
  const payment = { method: 'ACH', traceNumber: 'T1', date: today };
  const preview = await insurer.request('/v1/remittances/preview', { method: 'POST', body: { payment, ...request }, claims: { roles: ['finance'] } });
  const totalMinor = preview.json['totalMinor'] as number;
  const issued = await insurer.write('/v1/remittances', 'finance', { payment: { ...payment, method: totalMinor === 0 ? 'NON' : 'ACH' }, ...request, totalMinor });
  expect(issued.status).toBe(201);

  return hospital.read(`/v1/remittances/${String(issued.json['remittanceId'])}`, 'denials');
}

/** A visit of 120, all paid, final. */
async function paid(memberId: string, patientControlNumber: string): Promise<string> {
  await insure(insurer, memberId, { usedDeductibleMinor: 50_000 });
  const claimId = await submitted(referenceClaim(patientControlNumber, memberId));
  expect(await adjudicate(claimId)).toMatchObject([{ outcome: 'ADJUDICATED' }]);
  await remit({ claimIds: [claimId] });

  return claimId;
}

/** The same claim again with the visit at another price, as a replacement or void. */
function correction(memberId: string, patientControlNumber: string, original: string, frequency: '7' | '8', charge = 12_000): ClaimContent {
  const claim = referenceClaim(patientControlNumber, memberId);

  return { ...claim, frequency, originalReference: original, totalChargeMinor: charge, lines: claim.lines.map((line) => ({ ...line, chargeMinor: charge })) };
}

describe('corrections', () => {
  test('a replacement takes the original back; both stand in one remittance, to the cent', async () => {
    const original = await paid('CORRECTED', 'R1');
    const again = await submitted(correction('CORRECTED', 'R1', original, '7', 15_000));
    expect(await adjudicate(again)).toEqual([{ claimId: again, outcome: 'ADJUDICATED', decision: 'PAID' }]);
    // 150 charged of 200 allowed, deductible used up: 150 - 120 = 30
    expect((await remit({ claimIds: [again] })).json).toMatchObject({
      remittance: { body: { totalMinor: 3_000, claims: [{ claimId: again, paidMinor: 15_000 }], reversals: [{ claimId: original, chargeMinor: -12_000, paidMinor: -12_000 }] } },
    });
    expect((await hospital.read(`/v1/claims/${original}`, 'biller')).json).toMatchObject({ reversal: { body: { cause: 'REPLACEMENT', correctedBy: again } } });
  }, storyMs);

  test('a void is not decided; what it takes back is carried forward and taken from the next remittance', async () => {
    const original = await paid('VOIDED', 'R2');
    const voiding = await submitted(correction('VOIDED', 'R2', original, '8'));
    expect(await adjudicate(voiding)).toEqual([{ claimId: voiding, outcome: 'VOIDED' }]);
    const first = await remit({ claimIds: [], reversedClaimIds: [original] });
    expect(first.json).toMatchObject({ remittance: { body: { totalMinor: 0, providerAdjustments: [{ code: 'FB', amountMinor: -12_000 }] } } });
    const next = await submitted(referenceClaim('R2b', 'VOIDED', '2026-03-04'));
    const more = await submitted(referenceClaim('R2c', 'VOIDED', '2026-03-05'));
    await adjudicate(next, more);
    expect((await remit({ claimIds: [next, more] })).json).toMatchObject({ remittance: { body: { totalMinor: 12_000, providerAdjustments: [{ code: 'FB', amountMinor: 12_000 }] } } });
  }, storyMs);

  test('a correction of an undecided claim is held; of an unknown one rejected', async () => {
    await insure(insurer, 'HASTY', { usedDeductibleMinor: 50_000 });
    const original = await submitted(referenceClaim('R3', 'HASTY'));
    const again = await submitted(correction('HASTY', 'R3', original, '7'));
    expect(await adjudicate(again)).toEqual([{ claimId: again, outcome: 'PENDED', reasons: ['correction/v1 original-not-final'] }]);
    const unknown = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [correction('HASTY', 'R4', '0'.repeat(32), '7')] });
    expect(unknown.json['claims']).toMatchObject([{ outcome: 'REJECTED', rejections: [{ category: 'A3', status: '464' }] }]);
  }, storyMs);

  test('a supervisor opens a decision again; an examiner may not', async () => {
    const original = await paid('OPENED', 'R5');
    const claims = [{ claimId: original, cause: 'OVERPAYMENT', reason: 'paid at the wrong price' }];
    expect((await insurer.write('/v1/reopenings', 'claims-examiner', { claims })).json['code']).toBe('FORBIDDEN_ROLE');
    const opened = await insurer.write('/v1/reopenings', 'claims-supervisor', { claims });
    expect(opened.json['items']).toEqual([{ id: original, outcome: 'REOPENED', version: 1 }]);
    expect((await insurer.write('/v1/reopenings', 'claims-supervisor', { claims })).status).toBe(404);
    expect(await adjudicate(original)).toEqual([{ claimId: original, outcome: 'ADJUDICATED', decision: 'PAID' }]);
    expect((await hospital.read(`/v1/adjudications/${original}`, 'denials')).json).toMatchObject({ eob: { version: 2 } });
    // the same again: nothing moves
    expect((await remit({ claimIds: [original] })).json).toMatchObject({ remittance: { body: { totalMinor: 0, claims: [{ paidMinor: 12_000 }], reversals: [{ paidMinor: -12_000 }] } } });
  }, storyMs);
});

describe('a held claim', () => {
  test('is routed, asked about, answered and released; each step by the one who may, and the history tells', async () => {
    await insure(insurer, 'QUEUED', { usedDeductibleMinor: 50_000 });
    const claimId = await submitted(referenceClaim('S1', 'QUEUED'));
    const path = `/v1/claims/${claimId}/pend`;
    const routing = { queue: 'medical', assignee: 'anna', reasons: ['records'], dueOn: today };
    expect((await insurer.write(path, 'claims-examiner', routing)).status).toBe(201);
    expect((await insurer.write(`${path}/question`, 'claims-examiner', { of: 'provider', codes: ['M127'], dueOn: today })).status).toBe(201);
    const answer = { attachments: [{ controlNumber: 'A1', sha256: 'a'.repeat(64) }] };
    expect((await insurer.write(`${path}/answer`, 'claims-examiner', answer)).json['code']).toBe('FORBIDDEN');
    expect((await hospital.write(`${path}/answer`, 'denials', answer)).status).toBe(201);
    expect((await insurer.write(`${path}/release`, 'claims-supervisor', { releases: [{ rule: 'duplicate/v2', reason: 'seen' }] })).status).toBe(201);
    expect((await insurer.read('/v1/pends?queue=medical', 'claims-examiner')).json['items']).toMatchObject([{ open: { claimId }, routing: { body: { assignee: 'anna' } }, pend: { body: { state: 'RELEASED' } } }]);
    expect((await hospital.read('/v1/pends?queue=medical', 'biller')).status).toBe(403);
    expect(await adjudicate(claimId)).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    const life = (await hospital.read(`/v1/claims/${claimId}/history`, 'biller')).json;
    expect(life['standing']).toEqual({ state: 'ADJUDICATED', decision: 'PAID' });
    expect((life['history'] as readonly { readonly says?: string }[]).map(({ says }) => says)).toEqual([undefined, 'INFORMATION_REQUESTED', 'ANSWERED', 'RELEASED', undefined, 'PAID']);
  }, storyMs);
});

describe('erasure', () => {
  test('the hospital asks, the insurer agrees and erases: nobody reads the claim any more, and the fact stays', async () => {
    const claimId = await paid('FORGOTTEN', 'E1');
    const path = `/v1/claims/${claimId}/erasure`;
    expect((await hospital.read(path, 'privacy-officer')).status).toBe(404);
    expect((await hospital.write(path, 'privacy-officer', { reason: 'RETENTION_ENDED' })).status).toBe(201);
    expect((await hospital.write(`${path}/answer`, 'privacy-officer', { approve: true })).json['code']).toBe('SAME_PARTY');
    expect((await insurer.write(`${path}/execution`, 'privacy-officer', { confirm: 'erase' })).json['code']).toBe('ERASURE_NOT_OPEN');
    expect((await insurer.write(`${path}/answer`, 'privacy-officer', { approve: true })).status).toBe(201);
    expect((await insurer.write(`${path}/execution`, 'privacy-officer', {})).status).toBe(400);
    expect((await insurer.write(`${path}/execution`, 'privacy-officer', { confirm: 'erase' })).status).toBe(201);

    for (const [gateway, role] of [[insurer, 'claims-examiner'], [hospital, 'biller']] as const) {
      const gone = await gateway.read(`/v1/claims/${claimId}`, role);
      expect([gone.status, gone.json['code']]).toEqual([404, 'DOCUMENT_ERASED']);
    }
    expect((await hospital.read(path, 'privacy-officer')).json).toMatchObject({ body: { state: 'ERASED', reason: 'RETENTION_ENDED', erased: { claim: 1, adjudication: 1 } } });
    expect((await hospital.read('/v1/recomputations?limit=1000', 'denials')).json['erased']).toBe(1);
    expect((await insurer.write(`${path}/execution`, 'privacy-officer', { confirm: 'erase' })).json['code']).toBe('DOCUMENT_ERASED');
  }, storyMs);

  test('is a privacy officer’s alone, and the insurer’s to carry out', async () => {
    const claimId = await paid('KEPT', 'E2');
    const path = `/v1/claims/${claimId}/erasure`;
    expect((await insurer.write(path, 'claims-supervisor', { reason: 'COURT_ORDER' })).status).toBe(403);
    expect((await insurer.write(path, 'privacy-officer', { reason: 'COURT_ORDER' })).status).toBe(201);
    expect((await hospital.write(`${path}/answer`, 'privacy-officer', { approve: true })).status).toBe(201);
    expect((await hospital.write(`${path}/execution`, 'privacy-officer', { confirm: 'erase' })).status).toBe(403);
  }, storyMs);

  test('a claim that waits is not erased', async () => {
    await insure(insurer, 'WAITING');
    const claimId = await submitted(referenceClaim('E3', 'WAITING'));
    expect((await hospital.write(`/v1/claims/${claimId}/erasure`, 'privacy-officer', { reason: 'ENTERED_IN_ERROR' })).json['code']).toBe('CLAIM_STILL_OPEN');
  }, storyMs);
});

describe('after payment', () => {
  test('the number follows, the hospital reconciles, a letter asks for money back, a dispute is decided', async () => {
    await insure(insurer, 'SETTLED', { usedDeductibleMinor: 50_000 });
    const claimId = await submitted(referenceClaim('T1', 'SETTLED'));
    await adjudicate(claimId);
    const { remittance } = (await remit({ claimIds: [claimId], payment: { method: 'ACH', date: today } })).json as { readonly remittance: { readonly id: string } };
    const path = `/v1/remittances/${remittance.id}`;
    expect((await insurer.write(`${path}/confirmation`, 'finance', { traceNumber: 'EFT-1' })).status).toBe(201);
    await hospital.write(`${path}/acknowledgement`, 'biller', { deposit: { amountMinor: 12_000, traceNumber: 'EFT-1', on: today }, disputed: [] });
    expect((await insurer.read(`${path}/acknowledgement`, 'finance')).json).toMatchObject({ body: { status: 'RECONCILED' } });
    const demand = await insurer.write('/v1/refund-demands', 'finance', { claimId, amountMinor: 2_000, letter: { sentOn: today, dueOn: today, reason: 'wrong price' } });
    expect(demand.status).toBe(201);
    expect((await hospital.read('/v1/payee-accounts', 'denials')).json['items']).toMatchObject([{ body: { receivables: [{ claimId, outstandingMinor: 2_000 }] } }]);
    const appeal = { track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'the price was right', evidence: [] };
    expect((await hospital.write(`/v1/claims/${claimId}/appeals`, 'denials', appeal)).status).toBe(201);
    expect((await insurer.write(`/v1/claims/${claimId}/appeals/decision`, 'claims-supervisor', { state: 'UPHELD', reason: 'it was not' })).status).toBe(201);
    expect((await hospital.read(`/v1/claims/${claimId}/history`, 'denials')).json['standing']).toMatchObject({ state: 'PAYMENT_ISSUED' });
    expect((await insurer.write('/v1/reopenings', 'claims-supervisor', { claims: [{ claimId, cause: 'APPEAL', reason: 'x' }] })).json['code']).toBe('INPUT_MISMATCH');
    expect((await hospital.write(`/v1/claims/${claimId}/appeals/withdrawal`, 'denials', { reason: 'x' })).json['code']).toBe('APPEAL_NOT_OPEN');
  }, storyMs);
});

describe('an authorisation', () => {
  test('is asked for by the hospital, decided by the insurer, used by a claim and given back by its reversal', async () => {
    await insure(insurer, 'APPROVED', { usedDeductibleMinor: 50_000 });
    const request = { insurerMsp: 'InsurerMSP', memberId: 'APPROVED', providerNpis: [], codes: ['X0001'], from: '2026-01-01', thru: '2026-12-31', units: 3, urgent: true, clock: 'cms' };
    const asked = await hospital.write('/v1/authorisations', 'biller', request);
    const [{ id }] = asked.json['items'] as [{ readonly id: string }];
    expect((await insurer.write(`/v1/authorisations/${id}/decision`, 'claims-examiner', { unitsApproved: 2 })).json['issues']).toMatchObject([{ code: 'REQUIRED' }]);
    expect((await insurer.write(`/v1/authorisations/${id}/decision`, 'claims-examiner', { unitsApproved: 2, reason: 'two suffice' })).status).toBe(201);
    const claimId = await submitted({ ...referenceClaim('U1', 'APPROVED'), priorAuthorisation: id });
    expect(await adjudicate(claimId)).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    const uses = async (): Promise<unknown> => ((await hospital.read(`/v1/authorisations/${id}`, 'denials')).json['body'] as { readonly uses: unknown }).uses;
    expect(await uses()).toEqual([{ adjudication: `adjudication~${claimId}~1`, units: 1 }]);
    await insurer.write('/v1/reopenings', 'claims-supervisor', { claims: [{ claimId, cause: 'RECONSIDERATION', reason: 'again' }] });
    expect(await uses()).toEqual([]);
    expect((await hospital.write(`/v1/authorisations/${id}/cancellation`, 'denials', { reason: 'no longer needed' })).status).toBe(201);
  }, storyMs);
});
