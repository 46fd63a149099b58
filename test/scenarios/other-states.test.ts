import { randomUUID } from 'node:crypto';
import { npiCheckDigit } from '@medaccord/domain';
import { until } from '@medaccord/network/fabric';
import type { ClaimContent, LicenceKey, Npi, ProviderStanding, Unit } from '@medaccord/domain';
import { decide, decidedFile, importFile } from '../demo/decide-file.js';
import type { ClaimFacts } from '../demo/facts.js';
import { foundConsortium, licencePath } from '../demo/found-consortium.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { DEMO_MEMBERS } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));

const board = (id: string, jurisdiction: string, licenceType: string): Unit => ({ id, kind: 'board', name: id, status: 'OPEN', jurisdiction, licenceTypes: [licenceType], timeZone: 'America/Los_Angeles' });
const agency = DEMO_MEMBERS['LicensingBoardMSP'];
const members = {
  ...DEMO_MEMBERS,
  ...(agency === undefined ? {} : { LicensingBoardMSP: { ...agency, units: [board('ca-chiropractic', 'CA', 'DC'), board('ca-physician-assistant', 'CA', 'PA'), board('wa-nursing', 'WA', 'RN'), board('id-nursing', 'ID', 'RN')] } }),
};

let stack: StoryStack;
let people: People;
let files = 0;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people, members);
  await insure(people.planAdmin, dates);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

function npiOf(serial: number): Npi {
  const digits = String(100_000_000 + serial);
  return `${digits}${npiCheckDigit(digits)}`;
}

/** What the board's registrar records; throws where an item is refused. */
async function record(path: string, items: readonly object[]): Promise<void> {
  const { outcomes } = await people.registrar.post<{ outcomes: readonly { outcome: string }[] }>(path, { items });
  expect(outcomes.filter(({ outcome }) => outcome === 'REFUSED')).toEqual([]);
}

const register = async (...npis: readonly Npi[]): Promise<void> => record('/v1/providers', npis.map((npi) => ({ npi, type: 'individual', name: { family: 'FIXTURE' }, taxonomies: [] })));
const issue = async (licence: LicenceKey): Promise<void> => record('/v1/licences', [{ actionId: randomUUID().replaceAll('-', ''), licence, effectiveFrom: dates.start, status: 'ACTIVE' }]);
const link = async (npi: Npi, licence: LicenceKey, countsIn?: string): Promise<void> => record('/v1/provider-licence-links', [{ npi, licence, type: 'ASSERT', ...(countsIn === undefined ? {} : { countsIn }) }]);

/** Waits until both parties are told so of somebody's authority: their peers may be some blocks behind the board's. */
async function told(npi: Npi, jurisdiction: string, authority: string): Promise<void> {
  for (const person of [people.examiner, people.denials]) {
    const look = async (): Promise<true | undefined> => {
      const { periods } = await person.get<ProviderStanding>(`/v1/providers/${npi}/standing?jurisdiction=${jurisdiction}&from=${dates.service}&thru=${dates.service}`);
      return periods.every((period) => period.authority === authority) ? true : undefined;
    };
    await until(look, { withinMs: 60_000, what: `${person.organisation} to be told ${authority}` });
  }
}

/** The demo's claim of that number, for a service by somebody in another state, decided. */
async function decided(number: string, npi: Npi, state: string): Promise<ClaimFacts> {
  const elsewhere = (claim: ClaimContent): ClaimContent => ({ ...claim, billing: { ...claim.billing, state }, rendering: { entity: 'person', npi, name: 'FIXTURE', taxonomy: '207Q00000X' } });
  const claims = demoClaims(dates).filter(({ patientControlNumber }) => patientControlNumber === number).map(elsewhere);
  files += 1;
  const [facts] = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: files }), lenient: false }));
  if (facts === undefined) throw new Error(`there is no claim ${number}`);
  return facts;
}

// Golden scenario (g): California gave the number 19152 to a chiropractor and to a physician assistant.
test('one number at two boards is two licences: an order against one leaves the other and its claims alone', async () => {
  const [chiropractor, assistant] = [npiOf(301), npiOf(302)];
  const [chiropractic, assistance] = [{ jurisdiction: 'CA', board: 'ca-chiropractic', type: 'DC', number: '19152' }, { jurisdiction: 'CA', board: 'ca-physician-assistant', type: 'PA', number: '19152' }];
  await register(chiropractor, assistant);
  await issue(chiropractic);
  await issue(assistance);
  await link(chiropractor, chiropractic);
  await told(chiropractor, 'CA', 'FULL');
  await told(assistant, 'CA', 'UNKNOWN');
  await link(assistant, assistance);

  const suspension = { type: 'SUSPEND', summary: false, effectiveFrom: dates.beforeService, automaticReinstatement: false, basisCodes: ['SAMPLE-BASIS'] };
  await people.disciplinaryOfficer.post(`${licencePath(chiropractic)}/orders`, { expectedSequence: 1, steps: [{ kind: 'INITIAL', action: suspension }] });
  await told(chiropractor, 'CA', 'NONE');
  await told(assistant, 'CA', 'FULL');
  expect(await decided('D04', chiropractor, 'CA')).toMatchObject({ decision: 'DENIED', lines: [{ adjustments: { 'CO-B7': 200_00 } }] });
  expect(await decided('D02', assistant, 'CA')).toMatchObject({ decision: 'PAID' });
}, storyTimeoutMs);

// Golden scenario (h): the nurse moved from Washington to Idaho, whose multistate licence counts in Washington too.
test('"EXPIRED WA - ACTIVE MSL" says nothing by itself; the new home state’s licence authorises, and lets the held claim go', async () => {
  const nurse = npiOf(303);
  const [old, home] = [{ jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', number: 'RN60123' }, { jurisdiction: 'ID', board: 'id-nursing', type: 'RN', number: 'M1' }];
  const roster = `number,status,effectiveFrom,validThru,holder\n${old.number},EXPIRED WA - ACTIVE MSL,${dates.start},${dates.licenceExpiry},\n`;
  const batch = `/v1/licences/import?jurisdiction=WA&board=wa-nursing&type=RN&importBatch=wa-1&recordedOn=${dates.today}`;
  await register(nurse);
  expect(await people.registrar.upload<object>(batch, 'text/csv', roster)).toMatchObject({ counts: { rows: 1, issued: 1, unknown: 1 }, unmapped: [{ word: 'EXPIRED WA - ACTIVE MSL', rows: 1 }] });
  await link(nurse, old);
  await told(nurse, 'WA', 'UNKNOWN');
  const held = await decided('D07', nurse, 'WA');
  expect(held).toMatchObject({ outcome: 'PENDED', reasons: ['credential/v1 credential-unknown'] });

  await issue(home);
  await link(nurse, home, 'WA');
  await told(nurse, 'WA', 'FULL');
  expect(await decided('D13', nurse, 'WA')).toMatchObject({ outcome: 'ADJUDICATED', decision: expect.stringMatching(/PAID|ZERO_PAY/) as string });
  const { adjudication, eob } = await decidedFile(people, held.claimId ?? '');
  expect([adjudication?.body.bySystem?.reason, eob?.body.decision]).toEqual(['REGISTRY_ANSWERS', 'PAID']);
}, storyTimeoutMs);
