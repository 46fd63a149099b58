import type { LicenceFinding, LicenceKey, ReviewItem, Standing } from '@medaccord/domain';
import { orderByTwo, registerBoardOfficers } from '../demo/board-orders.js';
import { decide, importFile } from '../demo/decide-file.js';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { recompute } from '../demo/time-story.js';
import { demoClaims, demoLateClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { DEMO_MEMBERS, DEMO_STATE, demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const clinicians = demoClinicians(dates);
/** The physician's licences: the one in the state of the claims came through the compact from the principal one. */
const here = clinicians.blake.licence;
const [principal, third] = [elsewhere('NH', 'medical', 'MD'), elsewhere('ME', 'medical', 'MD')];
/** The nurse's only licence: in another state, multistate. */
const home = elsewhere('NH', 'nursing', 'RN');

let stack: StoryStack;
let people: People;

function elsewhere(jurisdiction: string, kind: string, type: string): LicenceKey {
  return { jurisdiction, board: `${jurisdiction.toLowerCase()}-${kind}`, type, number: 'SAMPLE-1' };
}

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people, withBoardsOf([principal, third, home]));
  await registerClinicians(people, dates);
  const items = [principal, third, home].map((licence) => ({ licence, effectiveFrom: dates.start, status: 'ACTIVE' }));
  await people.registrar.post('/v1/licences', { items });
  await people.registrar.post('/v1/provider-licence-links', { items: [{ type: 'ASSERT', npi: clinicians.devon.npi, licence: home, countsIn: DEMO_STATE }] });
  for (const licence of [principal, here, third]) await people.registrar.post(`${licencePath(licence)}/orders`, { expectedSequence: 1, steps: [step({ type: 'DESIGNATE_PRINCIPAL', effectiveFrom: dates.start, rule: 'imlc/1', principal })] });
  await insure(people.planAdmin, dates);
  await registerBoardOfficers(people);
  const claims = demoClaims(dates).filter(({ patientControlNumber }) => ['S01', 'S02', 'D27'].includes(patientControlNumber));
  const decided = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  expect(decided).toHaveLength(3);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** The agency's boards of several states, one unit each. */
function withBoardsOf(licences: readonly LicenceKey[]): typeof DEMO_MEMBERS {
  const agency = DEMO_MEMBERS['LicensingBoardMSP'];
  if (agency === undefined) throw new Error('the demo has an agency');
  const units = licences.map(({ jurisdiction, board, type }) => ({ id: board, kind: 'board' as const, name: board, status: 'OPEN' as const, jurisdiction, licenceTypes: [type], timeZone: 'America/New_York' }));
  return { ...DEMO_MEMBERS, LicensingBoardMSP: { ...agency, units: [...agency.units, ...units] } };
}

function step(action: object): object {
  return { kind: 'INITIAL', action };
}

const on = async (licence: LicenceKey, query: string): Promise<Standing> => people.examiner.get<Standing>(`${licencePath(licence)}/standing?asOf=${query}`);
const authorities = async (asOf: string): Promise<readonly string[]> => Promise.all([principal, here, third].map(async (licence) => (await on(licence, asOf)).authority));
const reviews = async (npi: string): Promise<readonly unknown[]> => {
  const items = await people.examiner.get<readonly ReviewItem[]>(`/v1/reviews?npi=${npi}&from=${dates.start}&thru=${dates.today}`);
  return items.map(({ from, decidedWith, knownNow }) => [from, decidedWith[0]?.authority, knownNow[0]?.authority]);
};
const reinstated = (fields: object): object => step({ type: 'REINSTATE', effectiveFrom: dates.today, ends: [], ...fields });

// Golden scenario e.
test('a suspension of the principal licence counts in three states, its reinstatement in one, and each board ends its own', async () => {
  expect([await authorities(dates.today), await reviews(clinicians.blake.npi)]).toEqual([['FULL', 'FULL', 'FULL'], []]);

  const suspension = step({ type: 'SUSPEND', summary: false, effectiveFrom: dates.suspensionEffective, automaticReinstatement: false, basisCodes: ['CARE'] });
  await people.disciplinaryOfficer.post(`${licencePath(principal)}/orders`, { expectedSequence: 2, steps: [suspension], order: { number: 'NH-1', decidedOn: dates.today } });
  expect([await authorities(dates.beforeSuspension), await authorities(dates.today)]).toEqual([['FULL', 'FULL', 'FULL'], ['NONE', 'NONE', 'NONE']]);
  expect(await on(here, dates.today)).toMatchObject({ encumbrances: [], derived: [{ type: 'SUSPENSION', causedBy: { licence: principal, event: 3, rule: 'imlc/1' } }] });
  // the payer sees it by the licence that the clinician holds here, on which nobody has written
  expect(await reviews(clinicians.blake.npi)).toEqual([[dates.betweenEffectiveAndRecorded, 'FULL', 'NONE']]);

  const late = demoLateClaims(dates).filter(({ patientControlNumber }) => patientControlNumber === 'L02');
  const [denied] = await decide(people, await importFile(people, { content: demoFile(late, { day: dates.today, controlNumber: 2 }), lenient: false }));
  const { findings } = await people.denials.get<{ findings: readonly LicenceFinding[] }>(`/v1/claims/${denied?.claimId ?? ''}/credential-findings`);
  expect(findings).toMatchObject([{ licence: here, lifecycle: 'ACTIVE', causes: [{ rule: 'imlc/1', licence: principal, events: [{ action: 'SUSPEND', orderNumber: 'NH-1', decidedOn: dates.today }] }] }]);

  await orderByTwo(people, principal, { expectedSequence: 3, steps: [reinstated({ ends: [3] })] });
  expect(await authorities(dates.today)).toEqual(['FULL', 'NONE', 'NONE']);

  await orderByTwo(people, here, { expectedSequence: 2, steps: [reinstated({ endsDerived: [{ licence: principal, event: 3 }] })] });
  expect(await authorities(dates.today)).toEqual(['FULL', 'FULL', 'NONE']);
  const asKnown = `${dates.today}&knownAt=2&related=NH~nh-medical~MD~SAMPLE-1~2`;
  expect([(await on(here, asKnown)).authority, (await on(here, `${asKnown.slice(0, -1)}3`)).authority]).toEqual(['FULL', 'NONE']);
  expect(await recompute(people)).toEqual({ decisions: 4, sameBytes: 4 });
}, storyTimeoutMs);

// Golden scenario f.
test('any limit on a nurse’s home licence ends the privilege in every other state, and not the practice at home', async () => {
  expect(await reviews(clinicians.devon.npi)).toEqual([]);
  const probation = step({ type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: dates.service, automaticReinstatement: false, basisCodes: ['CARE'] });
  await people.disciplinaryOfficer.post(`${licencePath(home)}/orders`, { expectedSequence: 1, steps: [probation] });
  expect((await on(home, dates.service)).authority).toBe('LIMITED');
  expect(await reviews(clinicians.devon.npi)).toEqual([[dates.service, 'FULL', 'NONE']]);

  await orderByTwo(people, home, { expectedSequence: 2, order: { number: 'COURT-1', decidedOn: dates.today }, steps: [{ kind: 'VOID', target: 2 }] });
  expect(await reviews(clinicians.devon.npi)).toEqual([]);
}, storyTimeoutMs);
