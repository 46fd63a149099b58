import { randomUUID } from 'node:crypto';
import { addMonths } from '@medaccord/domain';
import type { ClaimFile, ExclusionSnapshot } from '@medaccord/domain';
import { until } from '@medaccord/network/fabric';
import { decide, importFile } from '../demo/decide-file.js';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { GatewayClient } from '../demo/gateway-client.js';
import { recordPlan } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoClaims, providerOf } from '../fixtures/demo-claims.js';
import { demoAccumulators, demoCoverages } from '../fixtures/demo-consortium-data.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { dayOf, knownPerson, leieFile, leieYear, type LeieRow } from '../fixtures/demo-exclusions.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoPeople } from '../fixtures/demo-people.js';
import { demoFeeSchedule, demoPlan } from '../fixtures/demo-plan.js';
import { DEMO_GROUP, DEMO_STATE, demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const year = leieYear(dates);
const { blake } = demoClinicians(dates);
/** A number that nobody of the list has: most rows are found by name and birth date. */
const someNpi = DEMO_GROUP.npi;
const list = '/v1/exclusion-lists/LEIE';

let stack: StoryStack;
let people: People;
let stewards: readonly GatewayClient[];
let compliance: GatewayClient;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  stewards = ['insurer', 'consortium'].map((organisation) => new GatewayClient(stack.endpoints, organisation, 'exclusion-steward'));
  compliance = new GatewayClient(stack.endpoints, 'insurer', 'credentialing');
  await foundConsortium(people);
  await registerClinicians(people, dates);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** Both stewards take the same file and tell the consortium its hash. */
async function publish(month: string, kind: 'exclusions' | 'reinstatements', rows: readonly LeieRow[]): Promise<void> {
  const path = `${list}/files/${month}/${kind}`;
  for (const steward of stewards) {
    await steward.upload(path, 'text/csv', leieFile(rows), randomUUID());
    await steward.post(`${path}/attestations`, undefined);
  }
}

/** Whether the row's person is excluded on a day, as the list is known now or was in a month; undefined where it did not know of it. */
async function excludedOn(row: LeieRow, on: string, { knownIn, state = DEMO_STATE }: { readonly knownIn?: string; readonly state?: string } = {}): Promise<boolean | undefined> {
  const question = { person: knownPerson(row, someNpi), on, state, ...(knownIn === undefined ? {} : { knownIn }) };
  try {
    const { candidates } = await compliance.post<{ candidates: readonly { row: { lastName: string; firstName: string }; excluded: boolean }[] }>(`${list}/questions`, question);
    return candidates.find((one) => one.row.lastName === row.LASTNAME && one.row.firstName === row.FIRSTNAME)?.excluded;
  } catch (error) {
    if (String(error).includes('EXCLUSION_LIST_EMPTY')) return undefined;
    throw error;
  }
}

// Golden scenario (a)
describe('twelve months of the list, file by file', () => {
  test.each(year)('$month', async ({ month, exclusions, reinstatements }) => {
    for (const row of exclusions) expect(await excludedOn(row, dayOf(row.EXCLDATE))).toBeUndefined();
    await publish(month, 'exclusions', exclusions);
    for (const row of exclusions) {
      const day = dayOf(row.EXCLDATE);
      expect([await excludedOn(row, day), await excludedOn(row, addMonths(day, -1))]).toEqual([true, false]);
    }
    if (reinstatements.length === 0) return;
    for (const row of reinstatements) expect(await excludedOn(row, dayOf(row.REINDATE))).toBe(true);
    await publish(month, 'reinstatements', reinstatements);
    for (const row of reinstatements) {
      const day = dayOf(row.REINDATE);
      expect([await excludedOn(row, day), await excludedOn(row, addMonths(day, -1))]).toEqual([false, true]);
    }
  }, storyTimeoutMs);

  test('the back-dated rows exclude on days that lie before their files, a waiver lifts one in its state alone', async () => {
    for (const { month, exclusions } of year) {
      const [row] = exclusions.filter(({ EXCLDATE }) => dayOf(EXCLDATE) < `${month}-01`);
      expect(row && (await excludedOn(row, addMonths(`${month}-01`, -1)))).toBe(true);
      expect(row && month !== year[0]?.month && (await excludedOn(row, `${month}-01`, { knownIn: addMonths(`${month}-01`, -1).slice(0, 7) }))).toBeFalsy();
    }
    const waived = year.flatMap(({ exclusions }) => exclusions).find(({ WVRSTATE }) => WVRSTATE === 'AK');
    const day = dayOf(waived?.EXCLDATE ?? '');
    expect([waived && (await excludedOn(waived, day, { state: 'AK' })), waived && (await excludedOn(waived, day))]).toEqual([false, true]);
  }, storyTimeoutMs);

  test('each file is on the ledger by two organisations’ word', async () => {
    const byTwo = async (): Promise<number | undefined> => {
      const snapshots = await compliance.get<readonly ExclusionSnapshot[]>(`${list}/snapshots`);
      return snapshots.every(({ attestations }) => new Set(attestations.map(({ mspId }) => mspId)).size === 2) ? snapshots.length : undefined;
    };
    expect(await until(byTwo, { withinMs: 60_000, what: 'the last word at the insurer' })).toBe(year.length + year.filter(({ reinstatements }) => reinstatements.length > 0).length);
  });
});

test('the same list stops the claims of a federal programme, and no others', async () => {
  const { planAdmin } = people;
  const [commercial, federal] = [await recordPlan(planAdmin, demoPlan(dates)), await recordPlan(planAdmin, { ...demoPlan(dates), name: 'Sample Federal', edits: { tables: ['exclusions'], reductions: [] } })];
  const { memberId } = demoPeople(dates).ben;
  await planAdmin.post('/v1/fee-schedules', { hospitalMsp: 'HospitalMSP', items: [{ feeSchedule: demoFeeSchedule(dates) }] });
  await planAdmin.post('/v1/coverages', { items: demoCoverages(dates, commercial).map((coverage) => (coverage.memberId === memberId ? { ...coverage, periods: coverage.periods.map((period) => ({ ...period, planId: federal })) } : coverage)) });
  await planAdmin.post('/v1/accumulators', { items: demoAccumulators(dates) });
  const made = await new GatewayClient(stack.endpoints, 'insurer', 'reference-data').post(`${list}/editions`, { edition: 'leie', from: dates.start });
  expect(made).toMatchObject({ table: 'exclusions', outcome: 'RECORDED', entries: 2 }); // Avery and Blake: the others have no NPI

  const one = (number: string): ReturnType<typeof demoClaims> => demoClaims(dates).filter(({ patientControlNumber }) => patientControlNumber === number);
  const claims = [...one('D03'), ...one('D04'), ...one('D04').map((claim) => ({ ...claim, patientControlNumber: 'D04B', rendering: providerOf(blake) }))];
  const facts = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  expect(facts).toMatchObject([
    { patientControlNumber: 'D03', decision: 'ZERO_PAY' }, // Ada is insured by her employer: the deductible takes it, whoever treated her
    { patientControlNumber: 'D04', decision: 'DENIED', lines: [{ adjustments: { 'CO-B7': 200_00 }, remarks: ['N570'] }] }, // Ben's plan is a federal programme
    { patientControlNumber: 'D04B', decision: 'PAID' }, // Blake was reinstated before the visit
  ]);
  const { adjudication } = await people.denials.get<ClaimFile>(`/v1/claims/${facts[1]?.claimId ?? ''}`);
  expect(adjudication?.body.rulesFired).toContainEqual({ rule: 'exclusion/v1', line: 1, effect: 'deny', reason: 'CO-B7' });
}, storyTimeoutMs);
