import type { ClaimContent, ClaimFile, IdentityFact, ReviewListDocument } from '@medaccord/domain';
import { addDays, npiCheckDigit } from '@medaccord/domain';
import { decide, importFile } from '../demo/decide-file.js';
import type { ClaimFacts } from '../demo/facts.js';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { GatewayClient } from '../demo/gateway-client.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { recompute } from '../demo/time-story.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

interface Batch {
  readonly outcomes: readonly { readonly outcome: string; readonly code?: string }[];
}

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { npi: oldNumber } = demoClinicians(dates).blake;
const newNumber = `100000299${npiCheckDigit('100000299')}`;
/** The day from which the clinician has the new number; services lie before and after it. */
const replacedFrom = dates.suspensionEffective;
const [before, after] = [addDays(replacedFrom, -1), addDays(replacedFrom, 1)];
const replaced: IdentityFact = { type: 'REPLACED', npi: oldNumber, by: newNumber, from: replacedFrom };
const HELD = [expect.stringContaining('credential-unknown')] as unknown;

let stack: StoryStack;
let people: People;
let hospital: GatewayClient;
let controlNumber = 0;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  hospital = new GatewayClient(stack.endpoints, 'hospital', 'credentialing');
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
  await hospital.post('/v1/providers', { items: [{ npi: newNumber, type: 'individual', name: { family: 'PLACEHOLDER-NEW', given: 'BLAKE' }, taxonomies: [] }] });
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** The visit of one of the demo's claims, rendered under a number on a day. */
function visit(patientControlNumber: string, number: string, day: string): ClaimContent {
  const claim = demoClaims(dates).find((one) => one.patientControlNumber === patientControlNumber);
  if (claim === undefined) throw new Error(`no claim ${patientControlNumber}`);
  return { ...claim, rendering: { entity: 'person', npi: number, name: 'PLACEHOLDER, BLAKE' }, lines: claim.lines.map((line) => ({ ...line, serviceFrom: day, serviceThru: day })) };
}

async function sent(...claims: readonly ClaimContent[]): Promise<readonly ClaimFacts[]> {
  controlNumber += 1;
  return decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber }), lenient: false }));
}

async function decideAgain(facts: readonly (ClaimFacts | undefined)[]): Promise<readonly unknown[]> {
  await people.examiner.post('/v1/adjudications', { claims: facts.map((one) => ({ claimId: one?.claimId })) });
  return Promise.all(facts.map(async (one) => (await people.denials.get<ClaimFile>(`/v1/claims/${one?.claimId ?? ''}`)).eob?.body.decision ?? 'PENDED'));
}

async function say(who: GatewayClient, type: string): Promise<string | undefined> {
  const { outcomes: [result] } = await who.post<Batch>('/v1/provider-identities', { items: [{ type, fact: replaced, ...(type === 'PROPOSE' && { evidenceHash: 'e'.repeat(64) }) }] });
  return result?.code ?? result?.outcome;
}

async function proposed(npi: string): Promise<ReviewListDocument['body']['changes']> {
  const request = { type: 'LICENCE', npi, from: dates.start, thru: dates.today, reason: 'the number was replaced' };
  const { reviewLists } = await people.examiner.post<{ readonly reviewLists: readonly { readonly reviewListId: string }[] }>('/v1/review-lists', request);
  const [list] = await Promise.all(reviewLists.map(({ reviewListId }) => people.supervisor.get<ReviewListDocument>(`/v1/review-lists/${reviewListId}`)));
  return list?.body.changes ?? [];
}

let early: readonly ClaimFacts[];
let late: readonly ClaimFacts[];

// Golden scenario k of the credentials guide.
test('before anybody tells of the replacement, the old number is paid and the new one is held', async () => {
  early = await sent(visit('S01', oldNumber, before), visit('S02', oldNumber, after), visit('D12', newNumber, before), visit('D13', newNumber, after));
  expect(early.map(({ decision, reasons }) => decision ?? reasons)).toEqual(['PAID', 'PAID', HELD, HELD]);
}, storyTimeoutMs);

test('the hospital alone changes nothing; once the board agrees, the person’s licence counts under both numbers', async () => {
  expect([await say(hospital, 'PROPOSE'), await say(hospital, 'CONFIRM')]).toEqual(['PROPOSED', 'IDENTITY_NEEDS_ANOTHER']);
  expect(await decideAgain([early[2]])).toEqual(['PENDED']);
  expect(await say(people.registrar, 'CONFIRM')).toBe('CONFIRMED');
  expect(await decideAgain([early[2], early[3]])).toEqual(['PAID', 'PAID']);
}, storyTimeoutMs);

test('a claim under the old number waits for a person from the day of the replacement on, and not before', async () => {
  late = await sent(visit('D04', oldNumber, before), visit('D05', oldNumber, after));
  expect(late.map(({ decision, reasons }) => decision ?? reasons)).toEqual(['PAID', HELD]);
}, storyTimeoutMs);

test('what was paid under the old number after that day is on the insurer’s list, whichever number it asks for', async () => {
  for (const number of [oldNumber, newNumber]) {
    expect(await proposed(number)).toMatchObject([{ claimId: early[1]?.claimId, was: { decision: 'PAID', standings: [{ periods: [{ authority: 'FULL' }] }] }, wouldBe: { holds: HELD, standings: [{ periods: [{ authority: 'UNKNOWN' }] }] } }]);
  }
  expect(await recompute(people)).toEqual({ decisions: 5, sameBytes: 5 });
}, storyTimeoutMs);

test('a doubt of one changes nothing; taken back by two, the services under the new number are on the list, and all decisions still compute as they were known', async () => {
  expect(await say(hospital, 'DISPUTE')).toBe('DISPUTED');
  expect((await proposed(oldNumber)).map(({ claimId }) => claimId)).toEqual([early[1]?.claimId]);
  expect(await say(people.registrar, 'VOID')).toBe('VOIDED');
  expect((await proposed(oldNumber)).map(({ claimId }) => claimId).sort()).toEqual([early[2]?.claimId, early[3]?.claimId].sort());
  expect(await decideAgain([late[1]])).toEqual(['PAID']);
  expect(await recompute(people)).toEqual({ decisions: 6, sameBytes: 6 });
}, storyTimeoutMs);
