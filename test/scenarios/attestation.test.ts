import { setTimeout as delay } from 'node:timers/promises';
import type { LicenceKey, Npi } from '@medaccord/domain';
import { registerBoardOfficers } from '../demo/board-orders.js';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { GatewayProblem } from '../demo/gateway-client.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { suspensionOrder, TODAY } from './credentialing-office.js';
import { PublicAddress } from './public-address.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';
import { Surveyor, type Verdict } from './surveyor.js';

interface Issued {
  readonly issuer: string;
  readonly attestation: string;
}

interface IntroducedKey {
  readonly key: { readonly keyId: string };
}

const dates = demoDates(TODAY);
const { avery, blake } = demoClinicians(dates);
const mostLooks = 60;

let stack: StoryStack;
let people: People;
let outside: Surveyor;
let address: PublicAddress;
let issuer: string;
let keyId: string;

beforeAll(async () => {
  address = await PublicAddress.open();
  // The lists are published every second, so that the story does not wait for minutes.
  Object.assign(process.env, { MEDACCORD_PUBLIC_URL: address.url, MEDACCORD_STATUS_LIST_SECONDS: '1', MEDACCORD_PUBLIC_REQUESTS_PER_MINUTE: '10000' });
  stack = await startStoryStack();
  address.leadTo(stack.endpoints.gateways['licensing-board']?.url ?? '');
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await registerBoardOfficers(people);
  outside = await Surveyor.with(stack.endpoints, `${stack.directory}/outside`);
  ({ key: { keyId } } = await people.registrar.post<IntroducedKey>('/v1/attestation-keys', {}));
}, storyTimeoutMs);

afterAll(async () => {
  address.close();
  await stack.stop();
}, storyTimeoutMs);

async function attested({ npi, licence }: { readonly npi: Npi; readonly licence: LicenceKey }): Promise<string> {
  const issued = await people.registrar.post<Issued>('/v1/attestations', { npi, licence });
  ({ issuer } = issued);
  return issued.attestation;
}

const verified = (attestation: string, withChain = false): Promise<Verdict> => outside.verifyAttestation(attestation, issuer, withChain);

/** Looks again until the published lists say something else. */
async function verifiedAfter(attestation: string, status: number): Promise<Verdict> {
  let verdict = await verified(attestation);
  for (let look = 0; look < mostLooks && verdict.status === status; look += 1) {
    await delay(500);
    verdict = await verified(attestation);
  }
  return verdict;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(() => 'was not refused', (error: unknown) => (error instanceof GatewayProblem ? error.problem.code : String(error)));
}

// Golden scenario j.
test('a board’s word is believed outside by its published keys and lists, and by the blocks; after a suspension nobody believes it any more', async () => {
  const attestation = await attested(blake);
  await outside.takeBlocks();
  expect(await verified(attestation)).toMatchObject({ status: 0, output: expect.stringContaining('result   true') as string });
  expect(await verified(attestation, true)).toMatchObject({ status: 0, output: expect.stringContaining('blocks   looked at') as string });

  await people.disciplinaryOfficer.post(`${licencePath(blake.licence)}/orders`, suspensionOrder());
  expect(await verifiedAfter(attestation, 0)).toMatchObject({ status: 3, output: expect.stringContaining('SUSPENDED') as string });
  await outside.takeBlocks();
  expect(await verified(attestation, true)).toMatchObject({ status: 3, output: expect.stringContaining('in the blocks') as string });
  expect(await codeOf(attested(blake))).toBe('NOTHING_TO_ATTEST');
}, storyTimeoutMs);

test('nobody believes it with a byte changed, or as another board’s', async () => {
  const attestation = await attested(avery);
  const [head, body = '', signature] = attestation.split('.');
  const otherNpi = Buffer.from(Buffer.from(body, 'base64url').toString('utf8').replace(avery.npi, blake.npi)).toString('base64url');
  expect(await verified([head, otherNpi, signature].join('.'))).toMatchObject({ status: 1, output: expect.stringContaining('SIGNATURE_INVALID') as string });
  expect(await outside.verifyAttestation(attestation, `${issuer}:other`)).toMatchObject({ status: 1 });
}, storyTimeoutMs);

test('of a key that is revoked from an instant on, what was signed before stays good and what was signed later is suspect', async () => {
  const before = await attested(avery);
  const from = new Date().toISOString();
  const later = await attested(avery);
  expect(await codeOf(people.biller.post(`/v1/attestation-keys/${keyId}/revocation`, { from }))).toBe('FORBIDDEN_ROLE');
  await people.boardMember.post(`/v1/attestation-keys/${keyId}/revocation`, { from });
  expect(await codeOf(attested(avery))).toBe('ISSUER_KEY_REVOKED');

  await people.registrar.post('/v1/attestation-keys', {});
  await outside.takeBlocks();
  expect([await verified(before), await verified(before, true)]).toMatchObject([{ status: 0 }, { status: 0 }]);
  expect(await verified(later)).toMatchObject({ status: 1, output: expect.stringContaining('KEY_REVOKED') as string });
  expect(await verified(await attested(avery), true)).toMatchObject({ status: 0 });
}, storyTimeoutMs);

test('only the board’s registrar attests; other members have the ledger itself', async () => {
  const request = { npi: avery.npi, licence: avery.licence };
  expect(await Promise.all([people.biller, people.examiner, people.memberAdmin, people.disciplinaryOfficer].map((person) => codeOf(person.post('/v1/attestations', request))))).toEqual(['FORBIDDEN_ROLE', 'FORBIDDEN_ROLE', 'FORBIDDEN_ROLE', 'FORBIDDEN_ROLE']);
}, storyTimeoutMs);
