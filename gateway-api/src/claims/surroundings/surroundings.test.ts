import { CURRENT_RULE_SETS } from '@medaccord/domain';
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

const itemsOf = ({ json }: TestAnswer, name = 'items'): readonly { readonly id: string; readonly claimId: string; readonly outcome: string }[] => json[name] as [];

/** A decided visit of 120 on the second of March. */
async function decided(memberId: string): Promise<string> {
  const submitted = await hospital.write('/v1/claims', 'biller', { insurerMsp: 'InsurerMSP', claims: [referenceClaim(memberId, memberId)] });
  const [claim] = itemsOf(submitted, 'claims');
  const answer = await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId: claim?.claimId }] });
  expect(answer.json['claims']).toMatchObject([{ outcome: 'ADJUDICATED' }]);

  return claim?.claimId ?? '';
}

describe('an eligibility inquiry', () => {
  test('is asked by a hospital and answered by the insurer; both hold the receipt', async () => {
    await insure(insurer, 'ASKED', { usedDeductibleMinor: 10_000 });
    const questions = [{ memberId: 'ASKED', serviceDate: '2026-03-02' }, { memberId: 'NOBODY', serviceDate: '2026-03-02' }];
    const asked = await hospital.write('/v1/eligibility-inquiries', 'denials', { insurerMsp: 'InsurerMSP', questions });
    expect(asked.status).toBe(201);
    const ids = itemsOf(asked).map(({ id }) => id);
    expect((await hospital.write('/v1/eligibility-inquiries/answers', 'biller', {})).json['code']).toBe('FORBIDDEN_ROLE');
    expect((await insurer.write('/v1/eligibility-inquiries/answers', 'claims-examiner', {})).status).toBe(201);
    const [known, stranger] = await Promise.all(ids.map(async (id) => (await hospital.read(`/v1/eligibility-inquiries/${id}`, 'biller')).json));
    expect(known).toMatchObject({ version: 2, body: { answer: { covered: true, limits: [{ owner: 'person', bucket: 'deductible', usedMinor: 10_000 }, {}, {}, {}] } }, recorded: { by: { mspId: 'InsurerMSP' } } });
    expect(stranger).toMatchObject({ version: 2, body: { answer: { covered: false, reason: 'NOT_KNOWN' } } });
    expect((await insurer.write('/v1/eligibility-inquiries/answers', 'claims-examiner', {})).json['code']).toBe('DOCUMENT_NOT_FOUND');
    expect((await insurer.write('/v1/eligibility-inquiries/answers', 'claims-examiner', { inquiryIds: ids })).json['code']).toBe('ELIGIBILITY_ANSWERED');
    expect(itemsOf(await insurer.read('/v1/eligibility-inquiries', 'plan-admin'))).toHaveLength(2);
  }, storyMs);

  test('that is not well formed says where', async () => {
    const answer = await hospital.write('/v1/eligibility-inquiries', 'biller', { insurerMsp: 'InsurerMSP', questions: [{ memberId: 'X', serviceDate: 'soon' }] });
    expect([answer.status, answer.json['issues']]).toMatchObject([400, [{ path: '/questions/0/serviceDate', code: 'NOT_A_DATE' }]]);
  });
});

describe('a change with effect in the past', () => {
  test('proposes the claims of its days; a supervisor releases one, which is decided again', async () => {
    await insure(insurer, 'ENDED', { usedDeductibleMinor: 50_000 });
    const claimId = await decided('ENDED');
    const items = [{ type: 'TERMINATION', memberId: 'ENDED', lastDay: '2026-02-28', reason: 'premium not paid' }];
    expect((await hospital.write('/v1/coverage-changes', 'biller', { items })).json['code']).toBe('FORBIDDEN_ROLE');
    const changed = await insurer.write('/v1/coverage-changes', 'plan-admin', { items });
    expect(changed.json).toMatchObject({ reviewLists: [{ hospitalMsp: 'HospitalMSP', proposed: 1, unchanged: 0 }], notReviewed: [] });
    const [list] = changed.json['reviewLists'] as readonly { readonly reviewListId: string }[];
    const path = `/v1/review-lists/${list?.reviewListId ?? ''}`;
    expect((await insurer.read(path, 'finance')).json).toMatchObject({ body: { changes: [{ claimId, was: { decision: 'PAID', paidMinor: 12_000 }, wouldBe: { decision: 'DENIED', paidMinor: 0 }, state: 'PROPOSED' }] } });
    expect((await hospital.read(`/v1/adjudications/${claimId}`, 'denials')).json).toMatchObject({ eob: { version: 1 } });
    const decisions = [{ claimId, state: 'RELEASED', reason: 'not insured that day' }];
    expect((await insurer.write(`${path}/decisions`, 'claims-examiner', { decisions })).json['code']).toBe('FORBIDDEN_ROLE');
    const released = await insurer.write(`${path}/decisions`, 'claims-supervisor', { decisions });
    expect(released.json).toMatchObject({ reopened: { items: [{ id: claimId, outcome: 'REOPENED' }] } });
    const again = await insurer.write('/v1/adjudications', 'claims-examiner', { claims: [{ claimId }] });
    expect(again.json['claims']).toMatchObject([{ claimId, decision: 'DENIED' }]);
  }, storyMs);

  test('of a coverage that is not there is told so', async () => {
    expect((await insurer.write('/v1/coverage-changes', 'plan-admin', { items: [{ type: 'TERMINATION', memberId: 'GHOST', lastDay: '2026-02-28', reason: 'x' }] })).status).toBe(404);
  });

  test('a child is insured from birth', async () => {
    await insure(insurer, 'PARENT', { usedDeductibleMinor: 50_000 });
    const child = { memberId: 'PARENT', dependant: { birthDate: '2026-03-01', givenName: 'BABY' } };
    const born = await insurer.write('/v1/coverage-changes', 'plan-admin', { items: [{ type: 'NEWBORN', memberId: 'PARENT', child, person: '02', birthDate: '2026-03-01', reason: 'born' }] });
    expect(born.json).toMatchObject({ changed: { items: [{ outcome: 'RECORDED', version: 1 }] }, reviewLists: [] });
    const [coverage] = itemsOf({ ...born, json: born.json['changed'] as Record<string, unknown> });
    expect((await insurer.read(`/v1/coverage-changes/${coverage?.id ?? ''}`, 'plan-admin')).json).toMatchObject({ body: { type: 'NEWBORN', effectiveFrom: '2026-03-01' } });
  }, storyMs);

  test('a rule set that decided everything proposes nothing', async () => {
    const current = CURRENT_RULE_SETS.P.name;
    expect((await insurer.write('/v1/review-lists', 'claims-examiner', { type: 'RULE_SET', ruleSet: current, reason: 'check' })).json).toEqual({ reviewLists: [], notReviewed: [] });
    expect((await insurer.read('/v1/review-lists', 'claims-supervisor')).status).toBe(200);
  }, storyMs);
});
