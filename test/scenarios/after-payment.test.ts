import type { ClaimContent, ClaimFile, RemittanceBody, RemittanceDocument } from '@medaccord/domain';
import { decide, importFile } from '../demo/decide-file.js';
import type { ClaimFacts } from '../demo/facts.js';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { remit } from '../demo/remit.js';
import { recompute } from '../demo/time-story.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

interface Life {
  readonly standing: { readonly state: string; readonly decision?: string };
  readonly history: readonly { readonly says?: string }[];
}

interface Outcome {
  readonly claimId: string;
  readonly outcome: string;
  readonly decision?: string;
}

const dates = demoDates(new Date().toISOString().slice(0, 10));
/** Claims of the demo file that are paid: three visits of different people. */
const [REPLACED, VOIDED, APPEALED] = ['D11', 'D12', 'D15'] as const;

let stack: StoryStack;
let people: People;
let paid: readonly ClaimFacts[];

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
  const claims = demoClaims(dates).filter(({ patientControlNumber }) => [REPLACED, VOIDED, APPEALED].some((number) => number === patientControlNumber));
  paid = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  await remit(people, paid, dates.today);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

function factsOf(number: string): Required<Pick<ClaimFacts, 'claimId' | 'charge' | 'paid'>> {
  const { claimId, charge, paid: amount } = paid.find(({ patientControlNumber }) => patientControlNumber === number) ?? {};
  if (claimId === undefined || charge === undefined || amount === undefined) throw new Error(`${number} was not paid`);
  return { claimId, charge, paid: amount };
}

/** Sends the claim again as a replacement (7) or void (8) of itself. */
async function correct(claimId: string, frequency: '7' | '8', change: (claim: ClaimContent) => ClaimContent = (claim) => claim): Promise<string> {
  const { claim } = await people.biller.get<ClaimFile>(`/v1/claims/${claimId}`);
  const content = { ...change(claim.body.content), frequency, originalReference: claimId };
  const { claims } = await people.biller.post<{ claims: readonly Outcome[] }>('/v1/claims', { insurerMsp: 'InsurerMSP', claims: [content] });
  expect(claims).toMatchObject([{ outcome: 'ACCEPTED' }]);
  return claims[0]?.claimId ?? '';
}

async function adjudicate(claimId: string): Promise<readonly Outcome[]> {
  return (await people.examiner.post<{ claims: readonly Outcome[] }>('/v1/adjudications', { claims: [{ claimId }] })).claims;
}

/** Pays what the preview says and answers the remittance as the hospital reads it. */
async function pay(request: { readonly claimIds: readonly string[]; readonly reversedClaimIds?: readonly string[] }): Promise<RemittanceBody> {
  const payment = { method: 'ACH', traceNumber: 'STORY', date: dates.today };
  const { totalMinor } = await people.finance.post<RemittanceBody>('/v1/remittances/preview', { payment, ...request });
  const issued = await people.finance.post<{ remittanceId: string }>('/v1/remittances', { payment: { ...payment, method: totalMinor === 0 ? 'NON' : 'ACH' }, ...request, totalMinor });
  return (await people.biller.get<{ remittance: RemittanceDocument }>(`/v1/remittances/${issued.remittanceId}`)).remittance.body;
}

async function lifeOf(claimId: string): Promise<Life> {
  return people.denials.get<Life>(`/v1/claims/${claimId}/history`);
}

test('a replacement takes the paid claim back and is paid in the same remittance', async () => {
  const original = factsOf(REPLACED);
  const again = await correct(original.claimId, '7', (claim) => {
    const [first, ...rest] = claim.lines.map((line) => ({ ...line, chargeMinor: line.chargeMinor - 1_000 }));
    const lines = [first, ...rest].filter((line) => line !== undefined);
    return { ...claim, lines, totalChargeMinor: lines.reduce((sum, { chargeMinor }) => sum + chargeMinor, 0) };
  });
  const [decided] = await adjudicate(again);
  expect(decided).toMatchObject({ claimId: again, outcome: 'ADJUDICATED' });
  const { claims, reversals, totalMinor, providerAdjustments } = await pay({ claimIds: [again] });
  expect(reversals).toMatchObject([{ claimId: original.claimId, chargeMinor: -original.charge, paidMinor: -original.paid }]);
  // what is paid now, less what was paid before, less what is carried forward (a negative adjustment raises the payment)
  const carried = providerAdjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(totalMinor).toBe((claims[0]?.paidMinor ?? 0) - original.paid - carried);
  expect((await lifeOf(original.claimId)).standing.state).toBe('CORRECTED');
});

test('a void takes it back for good; what is owed is carried into a later remittance', async () => {
  const original = factsOf(VOIDED);
  const voiding = await correct(original.claimId, '8');
  expect(await adjudicate(voiding)).toEqual([{ claimId: voiding, outcome: 'VOIDED' }]);
  const { reversals, totalMinor } = await pay({ claimIds: [], reversedClaimIds: [original.claimId] });
  expect(reversals).toMatchObject([{ claimId: original.claimId, paidMinor: -original.paid }]);
  expect(totalMinor).toBe(0);
  expect((await lifeOf(original.claimId)).standing.state).toBe('VOIDED');
});

test('a dispute that is won opens the decision again; the history shows both', async () => {
  const { claimId } = factsOf(APPEALED);
  await people.denials.post(`/v1/claims/${claimId}/appeals`, { track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'the copay was paid at the desk', evidence: [] });
  expect((await lifeOf(claimId)).standing.state).toBe('APPEALED');
  await people.supervisor.post(`/v1/claims/${claimId}/appeals/decision`, { state: 'OVERTURNED', reason: 'the copay is looked at again' });
  await people.supervisor.post('/v1/reopenings', { claims: [{ claimId, cause: 'APPEAL', reason: 'overturned' }] });
  expect(await adjudicate(claimId)).toMatchObject([{ claimId, outcome: 'ADJUDICATED' }]);
  const { history } = await lifeOf(claimId);
  expect(history.map(({ says }) => says)).toEqual(expect.arrayContaining(['FILED', 'OVERTURNED']));
  const { adjudication } = await people.denials.get<ClaimFile>(`/v1/claims/${claimId}`);
  expect(adjudication?.version).toBe(2);
});

test('an examiner may not open a decision again, nor the hospital decide its own dispute', async () => {
  const { claimId } = factsOf(VOIDED);
  await expect(people.examiner.post('/v1/reopenings', { claims: [{ claimId, cause: 'OVERPAYMENT', reason: 'x' }] })).rejects.toMatchObject({ problem: { status: 403 } });
  await expect(people.denials.post(`/v1/claims/${claimId}/appeals/decision`, { state: 'OVERTURNED', reason: 'x' })).rejects.toMatchObject({ problem: { status: 403 } });
});

test('every decision computed again at the hospital gives the same bytes', async () => {
  // three claims as paid, the replacement, and the dispute's second decision
  expect(await recompute(people)).toEqual({ decisions: 5, sameBytes: 5 });
});
