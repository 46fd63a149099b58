import { canonicalJson } from '@medaccord/domain';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { DEMO_STATE, demoClinicians } from '../fixtures/demo-registry.js';
import { CredentialingOffice, suspensionOrder, TODAY } from './credentialing-office.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';
import { packetOf, Surveyor } from './surveyor.js';

const dates = demoDates(TODAY);
const { blake } = demoClinicians(dates);

let stack: StoryStack;
let people: People;
let office: CredentialingOffice;
let surveyor: Surveyor;
let file: string;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  office = new CredentialingOffice(stack.endpoints, blake.npi, DEMO_STATE);
  surveyor = await Surveyor.with(stack.endpoints, `${stack.directory}/surveyor`);
  file = await office.openFile('sample payer');
  const verificationIds = await office.allVerified(await office.consent());
  await office.step('medical-staff-office', file, { verb: 'assessCredentialFile', decisionOn: TODAY, verificationIds });
  await office.step('medical-director', file, { verb: 'decideCredentialFile', outcome: 'APPROVED', route: 'CLEAN_FILE', reasons: [], conditions: [] });
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

test('a surveyor believes a packet by another member’s blocks; after the board’s order it is out of date, and hiding the order is found', async () => {
  const before = await packetOf(office.people['medical-staff-office'], file);
  await surveyor.takeBlocks();
  expect(await surveyor.verify(before.packet)).toMatchObject({ status: 0 });
  expect(before.print.subarray(0, 5).toString()).toBe('%PDF-');

  await people.disciplinaryOfficer.post(`${licencePath(blake.licence)}/orders`, suspensionOrder());
  const after = await packetOf(office.people['medical-staff-office'], file);
  await surveyor.takeBlocks();
  expect(await surveyor.verify(after.packet)).toMatchObject({ status: 0 });
  expect(await surveyor.verify(before.packet)).toMatchObject({ status: 3, output: expect.stringContaining('LATER_EVENT') as string });
  const { through } = JSON.parse(after.packet) as { readonly through: object };
  expect(await surveyor.verify(canonicalJson({ ...(JSON.parse(before.packet) as object), through }))).toMatchObject({ status: 1, output: expect.stringContaining('EVENT_LEFT_OUT') as string });
  expect(await surveyor.verify(after.packet, await surveyor.strangersRoots())).toMatchObject({ status: 1, output: expect.stringContaining('NOT_SIGNED_BY_ORDERERS') as string });
  expect(await surveyor.verify(after.packet.replace('accepted', 'Accepted'))).toMatchObject({ status: 1 });
}, storyTimeoutMs);
