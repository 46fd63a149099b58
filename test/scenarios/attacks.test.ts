import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LicenceEvent, LicenceKey, Standing } from '@medaccord/domain';
import { consortiumFile } from '@medaccord/network/cli';
import { registerBoardOfficers } from '../demo/board-orders.js';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoClinicians, DEMO_MEMBERS } from '../fixtures/demo-registry.js';
import { commit, Insider, outcomeOf } from './insider.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { avery, blake, casey, devon } = demoClinicians(dates);
const board = 'LicensingBoardMSP';
const foreign = 'InsurerMSP';
const honest = ['HospitalMSP', 'ConsortiumMSP'];

// Fabric's validation codes.
const ENDORSEMENT_POLICY_FAILURE = 10;
const MVCC_READ_CONFLICT = 11;

const suspended = { kind: 'INITIAL', action: { type: 'SUSPEND', summary: false, effectiveFrom: dates.suspensionEffective, automaticReinstatement: false, basisCodes: ['CARE'] } };
const appealed = { kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: dates.today } };
let actions = 0;
const order = (licence: LicenceKey, expectedSequence: number, step: object = suspended): object => ({ order: { actionId: (actions += 1).toString(16).padStart(32, 'e'), licence, expectedSequence, steps: [step] }, signatures: [] });

/**
 * The demo's consortium, in which the insurer's organisation is another state's agency, and its people and the hospital's
 * administrator hold certificates with the roles of a board's people; the registry of both agencies' peers is patched.
 */
async function hostileConsortium(directory: string): Promise<string> {
  const file = join(directory, 'consortium.yaml');
  const people = ['registrar', 'disciplinary-officer'].map((role) => `      - { name: ${role}, attributes: { medaccord.role: ${role} } }\n`).join('');
  const text = (await readFile(consortiumFile, 'utf8')).replace('      - { name: examiner,', `${people}      - { name: examiner,`);
  await writeFile(file, text.replace('      - { name: biller,', '      - { name: administrator, attributes: { medaccord.role: disciplinary-officer } }\n      - { name: biller,'));
  return file;
}

const OTHER_AGENCY = { name: 'Other agency', kind: 'licensing-board', units: [{ id: 'other-medical', name: 'Other board', status: 'OPEN', kind: 'board', jurisdiction: 'NH', licenceTypes: ['MD'], timeZone: 'America/New_York' }] } as const;

let directory: string;
let stack: StoryStack;
let people: People;
let officer: Insider;
let foreigner: Insider;
let foreignRegistrar: Insider;
let administrator: Insider;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medaccord-attacks-'));
  stack = await startStoryStack({ consortium: await hostileConsortium(directory), chaincode: fileURLToPath(new URL('./patched/agencies.js', import.meta.url)) });
  people = peopleOf(stack.endpoints);
  await foundConsortium(people, { ...DEMO_MEMBERS, [foreign]: OTHER_AGENCY });
  await registerClinicians(people, dates);
  await registerBoardOfficers(people);
  officer = await Insider.of(stack.endpoints, 'licensing-board', 'disciplinary-officer');
  foreigner = await Insider.of(stack.endpoints, 'insurer', 'disciplinary-officer');
  foreignRegistrar = await Insider.of(stack.endpoints, 'insurer', 'registrar');
  administrator = await Insider.of(stack.endpoints, 'hospital', 'administrator');
}, storyTimeoutMs);

afterAll(async () => {
  for (const one of [officer, foreigner, foreignRegistrar, administrator]) one.close();
  await stack.stop();
  await rm(directory, { recursive: true, force: true });
}, storyTimeoutMs);

const eventsOf = async (licence: LicenceKey): Promise<readonly LicenceEvent[]> => (await people.biller.get<{ readonly events: readonly LicenceEvent[] }>(licencePath(licence))).events;
const authorityOf = async (licence: LicenceKey): Promise<string> => (await people.biller.get<Standing>(`${licencePath(licence)}/standing?asOf=${dates.today}`)).authority;

// Golden scenario m.
test('a foreign board can neither issue a licence of the board nor act on one: by the rules, and by endorsement where its own peer is patched', async () => {
  const licence = { ...avery.licence, number: 'FORGED-1' };
  expect(await foreignRegistrar.submitOne('issueLicences', { actionId: 'f'.repeat(32), licence, effectiveFrom: dates.start, status: 'ACTIVE' })).toBe('FORBIDDEN_ORGANISATION');
  expect(await foreigner.submit('recordBoardOrder', order(avery.licence, 1))).toBe('FORBIDDEN_ORGANISATION');
  expect(await foreigner.submit('recordBoardOrder', order(licence, 1), { endorsers: [foreign], forgery: 'event' })).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(await foreigner.submit('recordBoardOrder', order(avery.licence, 1), { endorsers: [foreign], forgery: 'timeline' })).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(await foreigner.ask('readLicence', { licence })).toBe('LICENCE_NOT_FOUND');
  expect([await authorityOf(avery.licence), (await eventsOf(avery.licence)).length]).toEqual(['FULL', 1]);
}, storyTimeoutMs);

test('a patched peer of the issuing board writes nothing alone, nor with one other patched peer an event; with honest ones the results differ', async () => {
  const forged = order(avery.licence, 1);
  expect(await officer.submit('recordBoardOrder', forged, { endorsers: [board], forgery: 'event' })).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(await officer.submit('recordBoardOrder', forged, { endorsers: [board], forgery: 'timeline' })).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(await officer.submit('recordBoardOrder', forged, { endorsers: [board, foreign], forgery: 'event' })).toBe(ENDORSEMENT_POLICY_FAILURE);
  expect(typeof (await officer.submit('recordBoardOrder', forged, { endorsers: [board, ...honest], forgery: 'event' }))).toBe('string');
  expect([await authorityOf(avery.licence), (await eventsOf(avery.licence)).length]).toEqual(['FULL', 1]);
}, storyTimeoutMs);

test('a hospital’s administrator can do nothing to a licence, whatever role the certificate names', async () => {
  expect(await administrator.submit('recordBoardOrder', order(avery.licence, 1))).toBe('FORBIDDEN_ORGANISATION');
  expect(await administrator.submitOne('recordBoardOrders', { ...(order(avery.licence, 1) as { readonly order: object }).order })).toBe('FORBIDDEN_ORGANISATION');
  expect(await administrator.submit('introduceOfficer', {})).toBe('FORBIDDEN_ORGANISATION');
  expect(await authorityOf(avery.licence)).toBe('FULL');
}, storyTimeoutMs);

test('an event sent again, before its turn, or after another one that it did not know, is refused', async () => {
  const [first, second, late] = [order(blake.licence, 1), order(blake.licence, 2, appealed), order(blake.licence, 1)];
  expect(await officer.submit('recordBoardOrder', second)).toBe('STALE_VERSION');
  const overtaken = await officer.endorse('recordBoardOrder', late);
  const endorsed = await officer.endorse('recordBoardOrder', first);
  expect(await commit(endorsed)).toBe(0);
  expect(await commit(overtaken)).toBe(MVCC_READ_CONFLICT);
  await outcomeOf(commit(endorsed));
  expect(await officer.submit('recordBoardOrder', second)).toBe(0);
  expect(Buffer.from((await officer.endorse('recordBoardOrder', first)).getResult()).toString()).toContain('ALREADY_RECORDED');
  expect(await officer.submit('recordBoardOrder', late)).toBe('STALE_VERSION');
  expect((await eventsOf(blake.licence)).map(({ kind }) => kind)).toEqual(['INITIAL', 'INITIAL', 'APPEAL']);
}, storyTimeoutMs);

test('a back-dated transaction cannot lie before the licence’s last event, nor further back than peers’ clocks allow', async () => {
  const issuedAt = new Date((await eventsOf(casey.licence))[0]?.recordedAt ?? '').getTime();
  const back = async (milliseconds: number): Promise<unknown> => officer.submit('recordBoardOrder', order(casey.licence, 1), { time: new Date(issuedAt - milliseconds) });
  expect(await back(1000)).toBe('RECORDED_TIME_DECREASES');
  expect(await back(86_400_000)).toMatch(/timestamp/i);
  expect(await eventsOf(casey.licence)).toHaveLength(1);
}, storyTimeoutMs);

test('a timeline that the board and one other have shortened is believed by nobody', async () => {
  expect(await officer.submit('recordBoardOrder', order(devon.licence, 1))).toBe(0);
  expect(await authorityOf(devon.licence)).toBe('NONE');
  expect(await officer.submit('recordBoardOrder', order(devon.licence, 2), { endorsers: [board, foreign], forgery: 'timeline' })).toBe(0);
  expect(await administrator.ask('standing', { licence: devon.licence, asOf: dates.today })).toBe('LICENCE_RECORD_FAULTY');
}, storyTimeoutMs);
