import { addDays, addMonths, npiCheckDigit } from '@medaccord/domain';
import type { CredentialFileBody, PrivilegesBody, VerificationBody } from '@medaccord/domain';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { GatewayClient } from '../demo/gateway-client.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { DEMO_STATE, demoClinicians } from '../fixtures/demo-registry.js';
import { CredentialingOffice, suspensionOrder, TODAY } from './credentialing-office.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(TODAY);
const { avery, blake } = demoClinicians(dates);
/** Somebody on the hospital's staff for three years. */
const ellis = { npi: `100000205${npiCheckDigit('100000205')}`, licence: { ...avery.licence, number: 'SAMPLE-205' } };
/** Days since what happened 36 months ago, and 12 months ago. */
const daysSince = (day: string): number => Math.round((Date.parse(TODAY) - Date.parse(day)) / 86_400_000);

let stack: StoryStack;
let people: People;
let office: CredentialingOffice;
let ofBlake: CredentialingOffice;
let ofEllis: CredentialingOffice;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  office = new CredentialingOffice(stack.endpoints, avery.npi, DEMO_STATE);
  ofBlake = new CredentialingOffice(stack.endpoints, blake.npi, DEMO_STATE);
  ofEllis = new CredentialingOffice(stack.endpoints, ellis.npi, DEMO_STATE);
  await people.registrar.post('/v1/providers', { items: [{ npi: ellis.npi, type: 'individual', name: { family: 'EXAMPLE', given: 'ELLIS' }, taxonomies: [] }] });
  await people.registrar.post('/v1/licences', { items: [{ licence: ellis.licence, effectiveFrom: dates.start, status: 'ACTIVE' }] });
  await people.registrar.post('/v1/provider-licence-links', { items: [{ type: 'ASSERT', npi: ellis.npi, licence: ellis.licence }] });
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

test('golden (l): a receipt is 118 days old, the committee meets in 5 days, and the file goes back', async () => {
  const consentId = await office.consent();
  const verificationIds = await office.allVerified(consentId, { sanction: 118 });
  const file = await office.openFile('sample payer');
  const committee = addDays(TODAY, 5);
  const assess = (decisionOn: string, ids: readonly string[]): Promise<string | undefined> => office.step('medical-staff-office', file, { verb: 'assessCredentialFile', decisionOn, verificationIds: ids });
  // 118 + 2 = 120 days: the last day; 118 + 5 = 123 is too late
  await assess(addDays(TODAY, 2), verificationIds);
  expect((await office.body<CredentialFileBody>(file)).state).toBe('READY');
  await assess(committee, verificationIds);
  expect(await office.body<CredentialFileBody>(file)).toMatchObject({ state: 'VERIFYING', plannedDecisionOn: committee, gaps: [{ element: 'sanction', why: 'AGED_OUT' }] });
  expect(await office.due(file, committee)).toMatchObject({ VERIFY_AGAIN: committee });
  expect(await office.step('credentials-committee', file, { verb: 'decideCredentialFile', outcome: 'APPROVED', route: 'COMMITTEE', reasons: [], conditions: [] })).toBe('FILE_NOT_AT_STEP');
  const anew = await office.verified('sanction', consentId);
  await assess(committee, [...verificationIds, anew]);
  expect((await office.body<CredentialFileBody>(file)).state).toBe('READY');
}, storyTimeoutMs);

test('golden (n): reappointed at month 36, the data bank asked at months 0 and 24: nothing is due before month 48', async () => {
  const month0 = addMonths(TODAY, -36);
  const consentId = await ofEllis.consent();
  const verificationIds = await ofEllis.allVerified(consentId, { npdb: daysSince(addMonths(month0, 24)) });
  await ofEllis.verified('npdb', consentId, daysSince(month0));
  const file = await ofEllis.openFile('own staff');
  await ofEllis.step('medical-staff-office', file, { verb: 'assessCredentialFile', decisionOn: TODAY, verificationIds });
  const privileges = await ofEllis.granted(file, ['CORE'], month0);
  expect(await ofEllis.body<PrivilegesBody>(privileges)).toMatchObject({ appliedOn: month0, from: TODAY, thru: addDays(addMonths(TODAY, 36), -1) });
  expect(await ofEllis.due(privileges, addMonths(TODAY, 11))).not.toHaveProperty('QUERY_NPDB');
  expect(await ofEllis.due(privileges, addMonths(TODAY, 36))).toMatchObject({ QUERY_NPDB: addMonths(addMonths(month0, 24), 24), REAPPOINT: addDays(addMonths(TODAY, 36), -1) });
}, storyTimeoutMs);

test('from request to grant; the board suspends the licence, and the privileges are relinquished', async () => {
  const consentId = await ofBlake.consent();
  const file = await ofBlake.openFile('own staff');
  await ofBlake.step('medical-staff-office', file, { verb: 'assessCredentialFile', decisionOn: TODAY, verificationIds: await ofBlake.allVerified(consentId) });
  expect(await ofBlake.step('medical-director', file, { verb: 'decideCredentialFile', outcome: 'APPROVED', route: 'CLEAN_FILE', reasons: [], conditions: [] })).toBeUndefined();
  const privileges = await ofBlake.granted(file, ['CORE', 'SCOPE']);
  expect(await ofBlake.mayDo()).toEqual(['CORE', 'SCOPE']);
  expect(await ofBlake.due(privileges)).not.toHaveProperty('CONFIRM_AUTHORITY');
  expect(await ofBlake.step('medical-director', privileges, { verb: 'confirmAuthority', cause: 'LICENCE' })).toBe('PRIVILEGES_NOT_AT_STEP');

  await people.disciplinaryOfficer.post(`${licencePath(blake.licence)}/orders`, suspensionOrder());
  expect(await ofBlake.mayDo()).toEqual([]); // at once, whoever has confirmed it
  expect(await ofBlake.due(privileges)).toMatchObject({ CONFIRM_AUTHORITY: TODAY });
  expect(await ofBlake.step('medical-director', privileges, { verb: 'confirmAuthority', cause: 'LICENCE' })).toBeUndefined();
  expect((await ofBlake.body<PrivilegesBody>(privileges)).items.map(({ code, state }) => [code, state])).toEqual([['CORE', 'RELINQUISHED'], ['SCOPE', 'RELINQUISHED']]);
  expect(await ofBlake.due(privileges, addMonths(TODAY, 36))).toEqual({});

  const asked = await ofBlake.licenceVerified();
  const { finding, ledgerProof } = await ofBlake.body<VerificationBody>(`/v1/verifications/${asked}`);
  expect(finding).toMatchObject({ type: 'standing', authority: 'NONE', licences: [{ licence: blake.licence, knownAt: 2 }] });
  expect(ledgerProof).toMatchObject({ channel: 'medaccord' });
}, storyTimeoutMs);

test('a release is withdrawn: nothing more is asked under it, and what was answered stays proved', async () => {
  const consentId = await office.consent();
  const before = await office.verified('malpractice-history', consentId);
  await office.step('medical-staff-office', `/v1/consents/${consentId}`, { verb: 'withdrawConsent', reason: 'withdrawn in writing' });
  await expect(office.record('medical-staff-office', '/v1/verifications', office.answered('malpractice-history', consentId))).rejects.toMatchObject({ problem: { status: 422, code: 'CONSENT_MISSING' } });
  expect(await office.body<VerificationBody>(`/v1/verifications/${before}`)).toMatchObject({ consentId, review: { decision: 'accepted' } });
  await office.licenceVerified(); // public record needs no release
}, storyTimeoutMs);

test('an insurer that knows the id of a hospital’s file reads nothing and changes nothing', async () => {
  const file = await office.openFile('own staff');
  const stranger = new GatewayClient(stack.endpoints, 'insurer', 'credentialing');
  const refused = { problem: { code: 'DOCUMENT_NOT_FOUND' } };
  await expect(stranger.get(file)).rejects.toMatchObject(refused);
  await expect(stranger.post(`${file}/steps`, { verb: 'terminateCredentialFile', reason: 'x' })).rejects.toMatchObject(refused);
});
