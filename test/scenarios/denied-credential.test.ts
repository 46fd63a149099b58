import type { ClaimFile, LicenceFinding } from '@medaccord/domain';
import { consortiumFile } from '@medaccord/network/cli';
import { loadConsortium } from '@medaccord/network/configuration';
import { decide, importFile } from '../demo/decide-file.js';
import type { ClaimFacts } from '../demo/facts.js';
import { foundConsortium, registerClinicians } from '../demo/found-consortium.js';
import { GatewayClient } from '../demo/gateway-client.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { remit } from '../demo/remit.js';
import { suspend } from '../demo/time-story.js';
import { demoClaims, demoLateClaims } from '../fixtures/demo-claims.js';
import { demoSuspension } from '../fixtures/demo-consortium-data.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { blake, casey } = demoClinicians(dates);
const orderNumber = demoSuspension(dates).order?.number ?? '';
const { organisations } = await loadConsortium(consortiumFile);

/** Everybody who may be asked: each role of each organisation. */
const everybody = organisations.flatMap(({ name, users }) => users.map((user) => [user.attributes['medaccord.role'] ?? '', name, user.name] as const)).filter(([role]) => role !== 'service');
const ALLOWED = ['claims-examiner', 'denials'];

let stack: StoryStack;
let people: People;
let facts: readonly ClaimFacts[];
let remittanceId: string;

const claimOf = (number: string): string => facts.find(({ patientControlNumber }) => patientControlNumber === number)?.claimId ?? '';
const findings = async (person: GatewayClient, number: string): Promise<readonly LicenceFinding[]> => (await person.get<{ findings: readonly LicenceFinding[] }>(`/v1/claims/${claimOf(number)}/credential-findings`)).findings;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
  await suspend(people, dates);
  const claims = [...demoClaims(dates).filter(({ patientControlNumber }) => ['D02', 'D23'].includes(patientControlNumber)), ...demoLateClaims(dates)];
  facts = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  ({ remittanceId } = await remit(people, facts, dates.today));
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

test('claims denied with CO-B7 are told so by codes alone, in the explanation of benefits and in the remittance', async () => {
  const denied = ['D23', 'L02'];
  for (const number of denied) expect(facts.find(({ patientControlNumber }) => patientControlNumber === number)).toMatchObject({ decision: 'DENIED', lines: [{ adjustments: { 'CO-B7': 120_00 }, remarks: ['N570'] }] });
  const remittance = await people.biller.get<object>(`/v1/remittances/${remittanceId}`);
  const eobs = await Promise.all(denied.map(async (number) => (await people.biller.get<ClaimFile>(`/v1/claims/${claimOf(number)}`)).eob));
  for (const text of [JSON.stringify(remittance), JSON.stringify(eobs)]) {
    expect(text).toContain('"B7"');
    for (const told of [blake.licence.board, blake.licence.number, casey.licence.number, orderNumber, dates.suspensionEffective, dates.licenceExpiry, 'SUSPEND', 'EXPIRED']) expect(text).not.toContain(JSON.stringify(told));
  }
});

test('whoever works on it sees board, order, effective and recorded dates, as known then', async () => {
  for (const person of [people.examiner, people.denials]) {
    expect(await findings(person, 'L02')).toMatchObject([{
      line: 1, npi: blake.npi, licence: blake.licence, lifecycle: 'ACTIVE', from: dates.betweenEffectiveAndRecorded, thru: dates.betweenEffectiveAndRecorded,
      events: [
        { sequence: 1, action: 'ISSUE', effectiveFrom: dates.start },
        { sequence: 2, action: 'SUSPEND', orderNumber, decidedOn: dates.suspensionEffective, effectiveFrom: dates.suspensionEffective, recordedAt: expect.stringContaining(dates.today) as string },
      ],
    }]);
    expect(await findings(person, 'D23')).toMatchObject([{ licence: casey.licence, events: [{ action: 'ISSUE', effectiveThru: dates.licenceExpiry }] }]);
    expect(await findings(person, 'D02')).toEqual([]);
  }
});

test.each(everybody)('%s (%s) sees it only where that is the work', async (role, organisation, user) => {
  const person = new GatewayClient(stack.endpoints, organisation, user);
  if (ALLOWED.includes(role)) expect(await findings(person, 'L02')).toHaveLength(1);
  else await expect(findings(person, 'L02')).rejects.toMatchObject({ problem: { status: 403, code: 'FORBIDDEN_ROLE' } });
});
