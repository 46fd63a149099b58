import type { ReviewItem, Standing } from '@medaccord/domain';
import { addDays } from '@medaccord/domain';
import { orderByTwo, registerBoardOfficers } from '../demo/board-orders.js';
import { decide, importFile } from '../demo/decide-file.js';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { GatewayProblem } from '../demo/gateway-client.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { npi, licence } = demoClinicians(dates).blake;
const path = licencePath(licence);

let stack: StoryStack;
let people: People;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
  await registerBoardOfficers(people);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

async function on(asOf: string, knownAt?: number): Promise<string> {
  const { lifecycle, authority } = await people.examiner.get<Standing>(`${path}/standing?asOf=${asOf}${knownAt === undefined ? '' : `&knownAt=${knownAt}`}`);
  return `${lifecycle} ${authority}`;
}

const order = async (body: object): Promise<void> => orderByTwo(people, licence, body);

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(() => 'was not refused', (error: unknown) => (error instanceof GatewayProblem ? error.problem.code : String(error)));
}

const reviews = (): Promise<readonly ReviewItem[]> => people.examiner.get<readonly ReviewItem[]>(`/v1/reviews?npi=${npi}&from=${dates.start}&thru=${dates.today}`);
const summary = { type: 'SUSPEND', summary: true, effectiveFrom: dates.suspensionEffective, automaticReinstatement: false, basisCodes: ['DANGER'] };

test('a summary suspension of the past that two persons made puts paid services on the insurer’s list; its void by a court takes them off', async () => {
  const decided = await decide(people, await importFile(people, { content: demoFile(demoClaims(dates), { day: dates.today, controlNumber: 1 }), lenient: false }));
  expect(decided.length).toBeGreaterThan(0);
  expect(await reviews()).toEqual([]);

  expect(await codeOf(people.disciplinaryOfficer.post(`${path}/orders`, { expectedSequence: 1, steps: [{ kind: 'INITIAL', action: summary }] }))).toBe('TWO_PERSONS_NEEDED');
  await order({ expectedSequence: 1, steps: [{ kind: 'INITIAL', action: summary }] });
  expect([await on(dates.suspensionEffective), await on(dates.suspensionEffective, 1)]).toEqual(['ACTIVE NONE', 'ACTIVE FULL']);
  expect((await reviews()).length).toBeGreaterThan(0);

  await order({ expectedSequence: 2, order: { number: 'COURT-1', decidedOn: dates.today }, steps: [{ kind: 'VOID', target: 2 }] });
  expect([await on(dates.suspensionEffective), await on(dates.suspensionEffective, 2)]).toEqual(['ACTIVE FULL', 'ACTIVE NONE']);
  expect(await reviews()).toEqual([]);
}, storyTimeoutMs);

test('“revoked, stayed, probation with 60 days’ actual suspension” reads the same at every gateway', async () => {
  const from = dates.today;
  const term = { effectiveFrom: from, automaticReinstatement: true, basisCodes: ['CARE'] };
  await order({
    expectedSequence: 3,
    steps: [
      { kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: from, basisCodes: ['CARE'] } },
      { kind: 'STAY', target: 4, action: { type: 'STAY', by: 'BOARD', effectiveFrom: from } },
      { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveThru: addDays(from, 1825), ...term } },
      { kind: 'INITIAL', action: { type: 'SUSPEND', summary: false, effectiveThru: addDays(from, 59), ...term } },
    ],
  });
  expect([await on(from), await on(addDays(from, 59)), await on(addDays(from, 60))]).toEqual(['ACTIVE NONE', 'ACTIVE NONE', 'ACTIVE LIMITED']);

  await people.disciplinaryOfficer.post(`${path}/orders`, { expectedSequence: 7, steps: [{ kind: 'STAY_LIFTED', target: 5, action: { type: 'LIFT_STAY', effectiveFrom: addDays(from, 90) } }] });
  expect([await on(addDays(from, 89)), await on(addDays(from, 90))]).toEqual(['ACTIVE LIMITED', 'REVOKED NONE']);
}, storyTimeoutMs);

test('a hospital’s and the office’s people can order nothing, whatever they send', async () => {
  const body = { expectedSequence: 8, steps: [{ kind: 'INITIAL', action: summary }] };
  expect(await codeOf(people.biller.post(`${path}/orders`, body))).toBe('FORBIDDEN_ROLE');
  expect(await codeOf(people.memberAdmin.post(`${path}/order-drafts`, body))).toBe('FORBIDDEN_ROLE');
  expect(await codeOf(people.registrar.post(`${path}/orders`, { ...body, steps: [{ kind: 'INITIAL', action: { ...summary, summary: false } }] }))).toBe('FORBIDDEN_ROLE');
}, storyTimeoutMs);
