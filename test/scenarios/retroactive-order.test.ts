import type { ClaimFile, ReviewListDocument } from '@medaccord/domain';
import { orderByTwo, registerBoardOfficers } from '../demo/board-orders.js';
import { decide, importFile } from '../demo/decide-file.js';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { remit } from '../demo/remit.js';
import { recompute, suspend } from '../demo/time-story.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoSuspension } from '../fixtures/demo-consortium-data.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

interface Proposed {
  readonly reviewLists: readonly { readonly reviewListId: string; readonly proposed: number; readonly unchanged: number }[];
}

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { npi } = demoClinicians(dates).blake;
/** Visits to the clinician before and after the day from which the order counts; both were paid before it was recorded. */
const [BEFORE, BETWEEN] = ['S01', 'S02'] as const;
const FULL = [{ authority: 'FULL' }];
const NONE = [{ authority: 'NONE' }];

let stack: StoryStack;
let people: People;
let claimIds: Readonly<Record<string, string>>;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
  const claims = demoClaims(dates).filter(({ patientControlNumber }) => [BEFORE, BETWEEN].some((number) => number === patientControlNumber));
  const facts = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  await remit(people, facts, dates.today);
  claimIds = Object.fromEntries(facts.map(({ patientControlNumber, claimId = '' }) => [patientControlNumber, claimId]));
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** Asks for what the licence's past would change, and reads the one list that comes of it. */
async function proposed(reason: string): Promise<ReviewListDocument> {
  const { reviewLists } = await people.examiner.post<Proposed>('/v1/review-lists', { type: 'LICENCE', npi, from: dates.start, thru: dates.today, reason });
  expect(reviewLists).toHaveLength(1);
  return people.supervisor.get<ReviewListDocument>(`/v1/review-lists/${reviewLists[0]?.reviewListId ?? ''}`);
}

async function release({ id }: ReviewListDocument, claimId: string): Promise<void> {
  await people.supervisor.post(`/v1/review-lists/${id}/decisions`, { decisions: [{ claimId, state: 'RELEASED', reason: 'the board’s order' }] });
}

async function decision(number: string): Promise<ClaimFile> {
  return people.denials.get<ClaimFile>(`/v1/claims/${claimIds[number] ?? ''}`);
}

async function decideAgain(number: string): Promise<void> {
  await people.examiner.post('/v1/adjudications', { claims: [{ claimId: claimIds[number] }] });
}

test('an order that counts from an earlier day proposes the one visit after it, and changes nothing by itself', async () => {
  const paid = (await decision(BETWEEN)).eob;
  await suspend(people, dates);
  const { body } = await proposed('suspended with effect in the past');
  expect(body.changes).toMatchObject([{
    claimId: claimIds[BETWEEN], state: 'PROPOSED',
    was: { decision: 'PAID', paidMinor: paid?.body.totals.paidMinor, standings: [{ periods: FULL }] },
    wouldBe: { decision: 'DENIED', paidMinor: 0, lines: [{ reasons: ['CO-B7'] }], standings: [{ periods: NONE }] },
  }]);
  expect((await decision(BETWEEN)).eob).toEqual(paid);
});

test('a supervisor releases it: it is decided again, and the first decision still computes as it was known', async () => {
  const list = await proposed('suspended with effect in the past');
  await expect(people.examiner.post(`/v1/review-lists/${list.id}/decisions`, { decisions: [{ claimId: claimIds[BETWEEN], state: 'RELEASED', reason: 'x' }] })).rejects.toMatchObject({ problem: { status: 403 } });
  await release(list, claimIds[BETWEEN] ?? '');
  await decideAgain(BETWEEN);
  expect(await decision(BETWEEN)).toMatchObject({ eob: { version: 2, body: { decision: 'DENIED' } }, reversal: { version: 1, body: { cause: 'RETROACTIVE_CHANGE' } } });
  expect((await decision(BEFORE)).eob).toMatchObject({ version: 1, body: { decision: 'PAID' } });
  // both decisions on the visit and the one on the other, each with the standing as it was known then
  expect(await recompute(people)).toEqual({ decisions: 3, sameBytes: 3 });
});

test('when the order is lifted from its first day on, the way back is the same', async () => {
  await registerBoardOfficers(people);
  await orderByTwo(people, demoSuspension(dates).licence, { expectedSequence: 2, steps: [{ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom: dates.suspensionEffective, ends: [2] } }] });
  const list = await proposed('the order was lifted from its first day on');
  expect(list.body.changes).toMatchObject([{
    claimId: claimIds[BETWEEN], was: { decision: 'DENIED', standings: [{ periods: NONE }] }, wouldBe: { decision: 'PAID', standings: [{ periods: FULL }] },
  }]);
  await release(list, claimIds[BETWEEN] ?? '');
  await decideAgain(BETWEEN);
  expect((await decision(BETWEEN)).eob).toMatchObject({ version: 3, body: { decision: 'PAID' } });
  expect(await recompute(people)).toEqual({ decisions: 4, sameBytes: 4 });
});
