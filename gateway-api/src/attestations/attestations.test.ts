import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addDays, npiCheckDigit } from '@medaccord/domain';
import type { LicenceAttestation } from '@medaccord/domain';
import { CompactSign, decodeJwt, decodeProtectedHeader } from 'jose';
import { TestConsortium } from '../testing/test-consortium.js';
import type { TestAnswer, TestGateway } from '../testing/test-gateway.js';
import type { DidDocument } from './did-document.js';
import { SigningKey } from './signing-key.js';
import type { StatusListCredential } from './status-list.js';
import type { Evidence } from './verify/evidence.js';
import { verifyAttestation } from './verify/verify-attestation.js';
import { verifyAttestationCommand } from './verify/verify-attestation-command.js';

const publicUrl = 'https://board.example';
const issuer = 'did:web:board.example';
const today = new Date().toISOString().slice(0, 10);
const unit = (id: string, jurisdiction: string): object => ({ id, name: id, status: 'OPEN', kind: 'board', jurisdiction, licenceTypes: ['MD'], timeZone: 'UTC' });
const members = [
  { mspId: 'LicensingBoardMSP', name: 'Boards', kind: 'licensing-board', units: [unit('ca-medical', 'CA')] },
  { mspId: 'HospitalMSP', name: 'General Hospital', kind: 'hospital', units: [] },
];
const licence = (number: string): { readonly jurisdiction: string; readonly board: string; readonly type: string; readonly number: string } => ({ jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number });
/** One clinician per test, so that no test sees the orders of another. */
const npiOf = (nineDigits: string): string => `${nineDigits}${npiCheckDigit(nineDigits)}`;
const clinicians = { A1: npiOf('123456789'), A2: npiOf('100335784'), A3: npiOf('149775854'), A4: npiOf('167957672'), A5: npiOf('124531959'), A6: npiOf('121593036') } as const;
type Number = keyof typeof clinicians;

let consortium: TestConsortium;
let board: TestGateway;
let folder: string;

beforeAll(async () => {
  consortium = await TestConsortium.start();
  folder = mkdtempSync(join(tmpdir(), 'medaccord-attestations-'));
  const office = await consortium.gateway('ConsortiumMSP');
  board = await consortium.gateway('LicensingBoardMSP', { MEDACCORD_PUBLIC_URL: publicUrl, MEDACCORD_STATUS_LIST_SECONDS: '1', MEDACCORD_ATTESTATION_KEY_FILE: join(folder, 'key.pem') });
  await office.write('/v1/registry', 'member-admin', { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 });
  for (const member of members) await office.write('/v1/members', 'member-admin', member);
  const entries = Object.entries(clinicians);
  await written('/v1/providers', { items: entries.map(([, npi]) => ({ npi, type: 'individual', name: { family: 'Fixture', given: 'Avery' }, taxonomies: [] })) });
  await written('/v1/licences', { items: entries.map(([number]) => ({ licence: licence(number), effectiveFrom: '2020-01-01', validThru: addDays(today, 300), status: 'ACTIVE', holder: 'FIXTURE, AVERY' })) });
  await written('/v1/provider-licence-links', { items: entries.map(([number, npi]) => ({ type: 'ASSERT', npi, licence: licence(number) })) });
  for (const role of ['disciplinary-officer', 'board-member']) await written('/v1/board-officers', {}, role);
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await consortium.stop();
});

async function written(path: string, body: object, role = 'registrar'): Promise<TestAnswer> {
  const answer = await board.write(path, role, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);

  return answer;
}

const asked = async (number: Number, npi: string = clinicians[number]): Promise<TestAnswer> => board.write('/v1/attestations', 'registrar', { npi, licence: licence(number) });
const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];
const open = async (path: string): Promise<TestAnswer> => board.request(path.replace(publicUrl, ''), { token: '' });
const textOf = async (path: string): Promise<string> => (await open(path)).text;
const order = async (number: Number, steps: readonly object[], expectedSequence = 1): Promise<void> => void (await written(`/v1/licences/CA/ca-medical/MD/${number}/orders`, { expectedSequence, steps }, 'disciplinary-officer'));
const initial = (action: object): object => ({ kind: 'INITIAL', action: { effectiveFrom: today, automaticReinstatement: false, basisCodes: ['CARE'], ...action } });
const suspension = initial({ type: 'SUSPEND', summary: false });
const claimsOf = (jwt: string): LicenceAttestation => decodeJwt(jwt);
const introduced = async (): Promise<string> => String(((await written('/v1/attestation-keys', {})).json['key'] as { keyId: string }).keyId);

async function byTwo(number: Number, steps: readonly object[], expectedSequence = 1): Promise<void> {
  const { json } = await written(`/v1/licences/CA/ca-medical/MD/${number}/order-drafts`, { expectedSequence, steps }, 'disciplinary-officer');
  await written(`/v1/order-drafts/${String(json['id'])}/approval`, {}, 'board-member');
}

async function attested(number: Number): Promise<string> {
  const answer = await asked(number);
  if (answer.status !== 201) throw new Error(answer.text);

  return String(answer.json['attestation']);
}

/** What anybody outside can have; the lists are published anew meanwhile. */
async function evidence(jwt: string): Promise<Evidence> {
  await new Promise((resolve) => { setTimeout(resolve, 1_050); }); // the lists' own second
  const did = JSON.parse(await textOf('/.well-known/did.json')) as DidDocument;
  const lists = await Promise.all(claimsOf(jwt).credentialStatus.map(async ({ statusListCredential }) => [statusListCredential, await textOf(statusListCredential)] as const));
  const earlier = await Promise.all(did.verificationMethod.flatMap((method) => method.earlier ?? []).map(async ({ url, sha256 }) => [sha256, await textOf(url)] as const));

  return { issuer, did, lists: new Map(lists), earlier: new Map(earlier), now: new Date().toISOString() };
}

/** Faults and changes in one line. */
async function verdict(jwt: string, given?: Evidence): Promise<string> {
  const { faults, changes } = await verifyAttestation(jwt, given ?? (await evidence(jwt)));

  return [...faults, ...changes].map(({ code }) => code).join(' ');
}

describe('before a key is introduced', () => {
  test('nothing is attested and nothing published', async () => {
    expect(codeOf(await asked('A1'))).toEqual([404, 'ISSUER_KEY_NOT_FOUND']);
    expect([(await open('/.well-known/did.json')).status, (await open('/v1/status-lists/1/suspension')).status]).toEqual([404, 404]);
  });

  test('nor by a gateway without a public address, whatever its organisation', async () => {
    const hospital = await consortium.gateway('HospitalMSP');
    expect((await hospital.request('/.well-known/did.json', { token: '' })).status).toBe(404);
    expect(codeOf(await hospital.write('/v1/attestation-keys', 'registrar', {}))).toEqual([404, 'ATTESTATIONS_NOT_SET_UP']);
  });
});

describe('an attestation', () => {
  beforeAll(async () => { await introduced(); });

  test('is a signed credential that verifies outside; a resend gives the same', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const [first, again] = [await board.write('/v1/attestations', 'registrar', { npi: clinicians.A1, licence: licence('A1') }, headers), await board.write('/v1/attestations', 'registrar', { npi: clinicians.A1, licence: licence('A1') }, headers)];
    const jwt = String(first.json['attestation']);

    expect([first.status, again.json]).toEqual([201, first.json]);
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: expect.stringMatching(/^did:web:board\.example#[0-9a-f]{64}$/) as string });
    expect(claimsOf(jwt)).toMatchObject({
      issuer, validUntil: `${addDays(today, 30)}T00:00:00.000Z`,
      credentialSubject: { npi: clinicians.A1, holder: 'FIXTURE, AVERY', licence: licence('A1'), standing: { authority: 'FULL', knownAt: 1 }, ledger: { channel: 'medaccord', board: 'LicensingBoardMSP' } },
    });
    expect(await verdict(jwt)).toBe('');
  });

  test('is refused of a licence that gives no authority, is not the clinician’s, or does not exist', async () => {
    await order('A2', [suspension]);
    expect(codeOf(await asked('A2'))).toEqual([422, 'NOTHING_TO_ATTEST']);
    expect(codeOf(await asked('A1', clinicians.A3))).toEqual([404, 'LINK_NOT_FOUND']);
    expect(codeOf(await board.write('/v1/attestations', 'registrar', { npi: clinicians.A1, licence: licence('ZZ') }))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect(codeOf(await board.write('/v1/attestations', 'registrar', { npi: '1234567890', licence: licence('A1') }))).toEqual([400, 'INVALID_INPUT']);
  });

  test('is not believed with anything changed, under another name, too early, too late, or without a status', async () => {
    const jwt = await attested('A1');
    const given = await evidence(jwt);
    const [head = '', body = '', signature = ''] = jwt.split('.');
    const changed = Buffer.from(JSON.stringify({ ...claimsOf(jwt), validUntil: '2099-01-01T00:00:00.000Z' })).toString('base64url');
    const stranger = new SigningKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    const none = `${Buffer.from(JSON.stringify({ alg: 'none', typ: 'vc+jwt', kid: given.did.verificationMethod[0]?.id })).toString('base64url')}.${body}.`;
    const cases: readonly (readonly [string, Evidence, string])[] = [
      [`${head}.${changed}.${signature}`, given, 'SIGNATURE_INVALID'],
      [await stranger.sign(claimsOf(jwt)), given, 'KEY_UNKNOWN'],
      [none, given, 'NOT_AN_ATTESTATION'],
      ['nonsense', given, 'NOT_AN_ATTESTATION'],
      [jwt, { ...given, issuer: 'did:web:other.example' }, 'OTHER_ISSUER'],
      [jwt, { ...given, now: `${addDays(today, -1)}T00:00:00.000Z` }, 'NOT_YET_VALID'],
      [jwt, { ...given, now: `${addDays(today, 31)}T00:00:00.000Z` }, 'EXPIRED STATUS_LIST_EXPIRED STATUS_LIST_EXPIRED STATUS_LIST_EXPIRED'],
      [jwt, { ...given, lists: new Map() }, 'STATUS_LIST_MISSING STATUS_LIST_MISSING STATUS_LIST_MISSING'],
      [jwt, { ...given, lists: new Map([...given.lists.keys()].map((url) => [url, given.lists.get(`${publicUrl}/v1/status-lists/1/refresh`) ?? ''])) }, 'STATUS_LIST_NOT_BELIEVED STATUS_LIST_NOT_BELIEVED'],
    ];
    for (const [text, with_, expected] of cases) expect([expected, await verdict(text, with_)]).toEqual([expected, expected]);
  });
});

describe('the published lists', () => {
  test('are whole, for caches and for anyone; bits are given at random', async () => {
    const [first, second] = [claimsOf(await attested('A1')), claimsOf(await attested('A1'))];
    const { headers, text } = await open(first.credentialStatus[0]?.statusListCredential ?? '');
    const { credentialSubject } = decodeJwt<StatusListCredential>(text);

    expect([headers.get('content-type'), headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual(['application/vc+jwt', 'public, max-age=1', '*']);
    expect(credentialSubject).toMatchObject({ type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 1000 });
    expect(gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'))).toHaveLength(131_072 / 8);
    expect(first.credentialStatus.map(({ statusListIndex }) => statusListIndex)).not.toEqual(second.credentialStatus.map(({ statusListIndex }) => statusListIndex));
    expect((await open('/v1/status-lists/2/revocation')).status).toBe(404);
    expect((await open('/v1/status-lists/1/other')).status).toBe(404);
    expect((await open('/v1/status-lists/01/revocation')).status).toBe(404);
  });

  test('follow the ledger without anybody’s act: suspended, reinstated; on probation; revoked, which stays', async () => {
    const [suspended, watched, ended] = [await attested('A3'), await attested('A4'), await attested('A5')];
    await order('A3', [suspension]);
    await order('A4', [initial({ type: 'ENCUMBER', encumbrance: 'PROBATION' })]);
    await byTwo('A5', [{ kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: today, basisCodes: ['CARE'] } }]);
    expect(await Promise.all([verdict(suspended), verdict(watched), verdict(ended)])).toEqual(['SUSPENDED CHANGED', 'CHANGED', 'REVOKED SUSPENDED CHANGED']);
    await byTwo('A3', [{ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom: today, ends: [2] } }], 2);
    await byTwo('A5', [{ kind: 'VOID', target: 2 }], 2);
    expect(await Promise.all([verdict(suspended), verdict(ended), verdict(await attested('A5'))])).toEqual(['', 'REVOKED', '']);
  });

  test('tell where the link to the clinician is in doubt', async () => {
    const jwt = await attested('A6');
    await written('/v1/provider-licence-links', { items: [{ type: 'DISPUTE', npi: clinicians.A6, licence: licence('A6') }] });
    expect(await verdict(jwt)).toBe('SUSPENDED CHANGED');
  });
});

describe('a key', () => {
  test('lies in a file for its owner alone, and its private half nowhere else', async () => {
    const file = join(folder, 'key.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect(await textOf('/.well-known/did.json')).not.toContain('"d"');
  });

  test('that is revoked from an instant on leaves what it signed before, and what the thief dates back is found', async () => {
    const before = await attested('A1');
    const stolen = new SigningKey(readFileSync(join(folder, 'key.pem'), 'utf8'));
    const from = new Date().toISOString();
    const later = await attested('A1');
    const forged = await stolen.sign({ ...claimsOf(before), id: `urn:uuid:${randomUUID()}` });
    expect((await written(`/v1/attestation-keys/${stolen.keyId}/revocation`, { from }, 'board-member')).json).toMatchObject({ outcome: 'REVOKED', key: { revoked: { from } } });
    expect(codeOf(await asked('A1'))).toEqual([422, 'ISSUER_KEY_REVOKED']);

    const next = await introduced();
    expect(next).not.toBe(stolen.keyId);
    expect(await Promise.all([before, later, forged].map((jwt) => verdict(jwt)))).toEqual(['', 'KEY_REVOKED', 'NOT_AMONG_EARLIER']);
    const given = await evidence(before);
    expect(given.did).toMatchObject({ verificationMethod: [{ revoked: from }, { id: `${issuer}#${next}` }], assertionMethod: [`${issuer}#${next}`] });
    expect(await verdict(before, { ...given, earlier: new Map() })).toBe('NOT_AMONG_EARLIER');
    const [sha256 = '', list = ''] = [...given.earlier][0] ?? [];
    expect(await verdict(before, { ...given, earlier: new Map([[sha256, `${list} `]]) })).toBe('NOT_AMONG_EARLIER');
    expect(createHash('sha256').update(list).digest('hex')).toBe(sha256);
    expect(list).not.toContain(clinicians.A1);
  });

  test('is not revoked by its thief’s choice of a later instant, nor by a stranger’s key', async () => {
    const keyId = await introduced();
    expect(codeOf(await board.write(`/v1/attestation-keys/${keyId}/revocation`, 'registrar', { from: '2020-01-01T00:00:00.000Z' }))).toEqual([422, 'REVOCATION_OUT_OF_BOUNDS']);
    expect(codeOf(await board.write(`/v1/attestation-keys/${'0'.repeat(64)}/revocation`, 'registrar', { from: new Date().toISOString() }))).toEqual([404, 'ISSUER_KEY_NOT_FOUND']);
    expect(codeOf(await board.write('/v1/attestation-keys/xyz/revocation', 'registrar', { from: 'now' }))).toEqual([400, 'INVALID_INPUT']);
  });

  test('that did not exist yet has signed nothing', async () => {
    const jwt = await attested('A1');
    const key = new SigningKey(readFileSync(join(folder, 'key.pem'), 'utf8'));
    const early = await key.sign({ ...claimsOf(jwt), validFrom: '2020-01-01T00:00:00.000Z' });
    expect(await verdict(early, await evidence(jwt))).toBe('KEY_NOT_YET_INTRODUCED');
  });
});

describe('the command', () => {
  const files = async (jwt: string): Promise<readonly string[]> => {
    const { did, lists } = await evidence(jwt);
    const directory = mkdtempSync(join(folder, 'run-'));
    const put = (name: string, text: string): string => { writeFileSync(join(directory, name), text); return join(directory, name); };
    const status = [...lists.values()].flatMap((text, index) => ['--status', put(`list-${index}`, text)]);

    return [put('attestation.jwt', `${jwt}\n`), '--issuer', issuer, '--did', put('did.json', JSON.stringify({ ...did, verificationMethod: did.verificationMethod.map(({ earlier: _, ...method }) => method) })), ...status];
  };

  test('ends with 0, 1 or 3, and says why', async () => {
    expect(await verifyAttestationCommand(await files(await attested('A4')))).toMatchObject({ status: 0, output: expect.stringContaining('says     ACTIVE, authority LIMITED, PROBATION') as string });
    const jwt = await attested('A3');
    await order('A3', [suspension], 3);
    expect(await verifyAttestationCommand(await files(jwt))).toMatchObject({ status: 3, output: expect.stringContaining('CHANGED  SUSPENDED') as string });
    expect(await verifyAttestationCommand([...(await files(jwt)), '--at', `${addDays(today, 60)}T00:00:00.000Z`])).toMatchObject({ status: 1, output: expect.stringContaining('FAULT    EXPIRED') as string });
    expect(await verifyAttestationCommand((await files(jwt)).slice(0, 1))).toMatchObject({ status: 2 });
    expect(await verifyAttestationCommand([...(await files(jwt)), '--did', join(folder, 'nothing')])).toMatchObject({ status: 1, output: expect.stringContaining('EVIDENCE_MISSING') as string });
  });
});

test('a credential of any other shape is none, though the board signed it', async () => {
  const key = new SigningKey(readFileSync(join(folder, 'key.pem'), 'utf8'));
  const jwt = await attested('A1');
  const given = await evidence(jwt);
  expect(await verdict(await key.sign({ ...claimsOf(jwt), credentialStatus: [] } as LicenceAttestation), given)).toBe('NOT_AN_ATTESTATION');
  const plain = await new CompactSign(Buffer.from('no JSON')).setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', kid: `${issuer}#${key.keyId}` }).sign(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  expect(await verdict(plain, given)).toBe('SIGNATURE_INVALID');
});
