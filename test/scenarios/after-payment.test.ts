import type { ClaimFile } from '@medaccord/domain';
import { adjudicate, cheaper, correct, lifeOf, paidClaim, pay, TAKEN_UP } from '../demo/after-payment.js';
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

const dates = demoDates(new Date().toISOString().slice(0, 10));
/** Claims of the demo file that are paid: three visits of different people. */
const { replaced: REPLACED, voided: VOIDED, appealed: APPEALED } = TAKEN_UP;

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

const factsOf = (number: string): ReturnType<typeof paidClaim> => paidClaim(paid, number);

test('a replacement takes the paid claim back and is paid in the same remittance', async () => {
  const original = factsOf(REPLACED);
  const again = await correct(people, original.claimId, '7', cheaper);
  const [decided] = await adjudicate(people, again);
  expect(decided).toMatchObject({ claimId: again, outcome: 'ADJUDICATED' });
  const { claims, reversals, totalMinor, providerAdjustments } = await pay(people, dates.today, { claimIds: [again] });
  expect(reversals).toMatchObject([{ claimId: original.claimId, chargeMinor: -original.charge, paidMinor: -original.paid }]);
  // what is paid now, less what was paid before, less what is carried forward (a negative adjustment raises the payment)
  const carried = providerAdjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(totalMinor).toBe((claims[0]?.paidMinor ?? 0) - original.paid - carried);
  expect((await lifeOf(people, original.claimId)).standing.state).toBe('CORRECTED');
});

test('a void takes it back for good; what is owed is carried into a later remittance', async () => {
  const original = factsOf(VOIDED);
  const voiding = await correct(people, original.claimId, '8');
  expect(await adjudicate(people, voiding)).toEqual([{ claimId: voiding, outcome: 'VOIDED' }]);
  const { reversals, totalMinor } = await pay(people, dates.today, { claimIds: [], reversedClaimIds: [original.claimId] });
  expect(reversals).toMatchObject([{ claimId: original.claimId, paidMinor: -original.paid }]);
  expect(totalMinor).toBe(0);
  expect((await lifeOf(people, original.claimId)).standing.state).toBe('VOIDED');
});

test('a dispute that is won opens the decision again; the history shows both', async () => {
  const { claimId } = factsOf(APPEALED);
  await people.denials.post(`/v1/claims/${claimId}/appeals`, { track: 'provider-dispute', level: 'FIRST', urgent: false, grounds: 'the copay was paid at the desk', evidence: [] });
  expect((await lifeOf(people, claimId)).standing.state).toBe('APPEALED');
  await people.supervisor.post(`/v1/claims/${claimId}/appeals/decision`, { state: 'OVERTURNED', reason: 'the copay is looked at again' });
  await people.supervisor.post('/v1/reopenings', { claims: [{ claimId, cause: 'APPEAL', reason: 'overturned' }] });
  expect(await adjudicate(people, claimId)).toMatchObject([{ claimId, outcome: 'ADJUDICATED' }]);
  const { history } = await lifeOf(people, claimId);
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
