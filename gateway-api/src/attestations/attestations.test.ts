import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { addDays } from '@medaccord/domain';
import { CompactSign, decodeJwt, decodeProtectedHeader } from 'jose';
import type { TestAnswer } from '../testing/test-gateway.js';
import { SigningKey } from './signing-key.js';
import type { StatusListCredential } from './status-list.js';
import { AttestingBoard, claimsOf, CLINICIANS, initialStep, ISSUER, licenceOfTest, suspension, today } from './testing/attesting-board.js';
import type { Evidence } from './verify/evidence.js';
import { verifyAttestationCommand } from './verify/verify-attestation-command.js';

let board: AttestingBoard;

beforeAll(async () => { board = await AttestingBoard.start(); }, 120_000);
afterAll(async () => { await board.stop(); });

const codeOf = ({ status, json }: TestAnswer): readonly unknown[] => [status, json['code']];

describe('before a key is introduced', () => {
  test('nothing is attested and nothing published', async () => {
    expect(codeOf(await board.asked('A1'))).toEqual([404, 'ISSUER_KEY_NOT_FOUND']);
    expect([(await board.open('/.well-known/did.json')).status, (await board.open('/v1/status-lists/1/suspension')).status]).toEqual([404, 404]);
  });

  test('nor by a gateway without a public address, whatever its organisation', async () => {
    const hospital = await board.consortium.gateway('HospitalMSP');
    expect((await hospital.request('/.well-known/did.json', { token: '' })).status).toBe(404);
    expect(codeOf(await hospital.write('/v1/attestation-keys', 'registrar', {}))).toEqual([404, 'ATTESTATIONS_NOT_SET_UP']);
  });
});

describe('an attestation', () => {
  beforeAll(async () => { await board.introduced(); });

  test('is a signed credential that verifies outside; a resend gives the same', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const [first, again] = [await board.asked('A1', CLINICIANS.A1, headers), await board.asked('A1', CLINICIANS.A1, headers)];
    const jwt = String(first.json['attestation']);

    expect([first.status, again.json]).toEqual([201, first.json]);
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: expect.stringMatching(/^did:web:board\.example#[0-9a-f]{64}$/) as string });
    expect(claimsOf(jwt)).toMatchObject({
      issuer: ISSUER, validUntil: `${addDays(today, 30)}T00:00:00.000Z`,
      credentialSubject: { npi: CLINICIANS.A1, holder: 'FIXTURE, AVERY', licence: licenceOfTest('A1'), standing: { authority: 'FULL', knownAt: 1 }, ledger: { channel: 'medaccord', board: 'LicensingBoardMSP' } },
    });
    expect(await board.verdict(jwt)).toBe('');
  });

  test('is refused of a licence that gives no authority, is not the clinician’s, or does not exist', async () => {
    await board.order('A2', [suspension]);
    expect(codeOf(await board.asked('A2'))).toEqual([422, 'NOTHING_TO_ATTEST']);
    expect(codeOf(await board.asked('A1', CLINICIANS.A3))).toEqual([404, 'LINK_NOT_FOUND']);
    expect(codeOf(await board.gateway.write('/v1/attestations', 'registrar', { npi: CLINICIANS.A1, licence: licenceOfTest('ZZ') }))).toEqual([404, 'LICENCE_NOT_FOUND']);
    expect(codeOf(await board.gateway.write('/v1/attestations', 'registrar', { npi: CLINICIANS.A1, licence: { ...licenceOfTest('A1'), board: 'nv-medical' } }))).toEqual([404, 'BOARD_NOT_OF_ORGANISATION']);
    expect(codeOf(await board.gateway.write('/v1/attestations', 'registrar', { npi: '1234567890', licence: licenceOfTest('A1') }))).toEqual([400, 'INVALID_INPUT']);
  });

  test('is not believed with anything changed, under another name, too early, too late, or without a status', async () => {
    const jwt = await board.attested('A1');
    const given = await board.evidence(jwt);
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
      [jwt, { ...given, lists: new Map([...given.lists.keys()].map((url) => [url, given.lists.get(`https://board.example/v1/status-lists/1/refresh`) ?? ''])) }, 'STATUS_LIST_NOT_BELIEVED STATUS_LIST_NOT_BELIEVED'],
    ];
    for (const [text, with_, expected] of cases) expect([expected, await board.verdict(text, with_)]).toEqual([expected, expected]);
  });
});

describe('the published lists', () => {
  test('are whole, for caches and for anyone; bits are given at random', async () => {
    const [first, second] = [claimsOf(await board.attested('A1')), claimsOf(await board.attested('A1'))];
    const { headers, text } = await board.open(first.credentialStatus[0]?.statusListCredential ?? '');
    const { credentialSubject } = decodeJwt<StatusListCredential>(text);

    expect([headers.get('content-type'), headers.get('cache-control'), headers.get('access-control-allow-origin')]).toEqual(['application/vc+jwt', 'public, max-age=1', '*']);
    expect(credentialSubject).toMatchObject({ type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 1000 });
    expect(gunzipSync(Buffer.from(credentialSubject.encodedList.slice(1), 'base64url'))).toHaveLength(131_072 / 8);
    expect(first.credentialStatus.map(({ statusListIndex }) => statusListIndex)).not.toEqual(second.credentialStatus.map(({ statusListIndex }) => statusListIndex));
    expect((await board.open('/v1/status-lists/2/revocation')).status).toBe(404);
    expect((await board.open('/v1/status-lists/1/other')).status).toBe(404);
    expect((await board.open('/v1/status-lists/01/revocation')).status).toBe(404);
  });

  test('follow the ledger without anybody’s act: suspended, reinstated; on probation; revoked, which stays', async () => {
    const [suspended, watched, ended] = [await board.attested('A3'), await board.attested('A4'), await board.attested('A5')];
    await board.order('A3', [suspension]);
    await board.order('A4', [initialStep({ type: 'ENCUMBER', encumbrance: 'PROBATION' })]);
    await board.orderByTwo('A5', [{ kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: today, basisCodes: ['CARE'] } }]);
    expect(await Promise.all([board.verdict(suspended), board.verdict(watched), board.verdict(ended)])).toEqual(['SUSPENDED CHANGED', 'CHANGED', 'REVOKED SUSPENDED CHANGED']);
    await board.orderByTwo('A3', [{ kind: 'INITIAL', action: { type: 'REINSTATE', effectiveFrom: today, ends: [2] } }], 2);
    await board.orderByTwo('A5', [{ kind: 'VOID', target: 2 }], 2);
    expect(await Promise.all([board.verdict(suspended), board.verdict(ended), board.verdict(await board.attested('A5'))])).toEqual(['CHANGED', 'REVOKED CHANGED', '']);
  });

  test('tell where the link to the clinician is in doubt', async () => {
    const jwt = await board.attested('A6');
    await board.written('/v1/provider-licence-links', { items: [{ type: 'DISPUTE', npi: CLINICIANS.A6, licence: licenceOfTest('A6') }] });
    expect(await board.verdict(jwt)).toBe('SUSPENDED CHANGED');
  });
});

describe('a key', () => {
  test('lies in a file for its owner alone, and its private half nowhere else', async () => {
    const file = board.keyFile;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
    expect((await board.open('/.well-known/did.json')).text).not.toContain('"d"');
  });

  test('that is revoked from an instant on leaves what it signed before, and what the thief dates back is found', async () => {
    const before = await board.attested('A1');
    const stolen = board.key;
    const from = new Date().toISOString();
    const later = await board.attested('A1');
    const forged = await stolen.sign({ ...claimsOf(before), id: `urn:uuid:${randomUUID()}` });
    expect((await board.written(`/v1/attestation-keys/${stolen.keyId}/revocation`, { from }, 'board-member')).json).toMatchObject({ outcome: 'REVOKED', key: { revoked: { from } } });
    expect(codeOf(await board.asked('A1'))).toEqual([422, 'ISSUER_KEY_REVOKED']);

    const next = await board.introduced();
    expect(next).not.toBe(stolen.keyId);
    expect(await Promise.all([before, later, forged].map((jwt) => board.verdict(jwt)))).toEqual(['', 'KEY_REVOKED', 'NOT_AMONG_EARLIER']);
    const given = await board.evidence(before);
    expect(given.did).toMatchObject({ verificationMethod: [{ revoked: from }, { id: `${ISSUER}#${next}` }], assertionMethod: [`${ISSUER}#${next}`] });
    expect(await board.verdict(before, { ...given, earlier: new Map() })).toBe('NOT_AMONG_EARLIER');
    const [sha256 = '', list = ''] = [...given.earlier][0] ?? [];
    expect(await board.verdict(before, { ...given, earlier: new Map([[sha256, `${list} `]]) })).toBe('NOT_AMONG_EARLIER');
    expect(createHash('sha256').update(list).digest('hex')).toBe(sha256);
    expect(list).not.toContain(CLINICIANS.A1);
  });

  test('is not revoked by its thief’s choice of a later instant, nor by a stranger’s key', async () => {
    const keyId = await board.introduced();
    expect(codeOf(await board.gateway.write(`/v1/attestation-keys/${keyId}/revocation`, 'registrar', { from: '2020-01-01T00:00:00.000Z' }))).toEqual([422, 'REVOCATION_OUT_OF_BOUNDS']);
    expect(codeOf(await board.gateway.write(`/v1/attestation-keys/${'0'.repeat(64)}/revocation`, 'registrar', { from: new Date().toISOString() }))).toEqual([404, 'ISSUER_KEY_NOT_FOUND']);
    expect(codeOf(await board.gateway.write('/v1/attestation-keys/xyz/revocation', 'registrar', { from: 'now' }))).toEqual([400, 'INVALID_INPUT']);
  });

  test('that did not exist yet has signed nothing', async () => {
    const jwt = await board.attested('A1');
    const key = board.key;
    const early = await key.sign({ ...claimsOf(jwt), validFrom: '2020-01-01T00:00:00.000Z' });
    expect(await board.verdict(early, await board.evidence(jwt))).toBe('KEY_NOT_YET_INTRODUCED');
  });
});

describe('the command', () => {
  const files = async (jwt: string): Promise<readonly string[]> => {
    const { did, lists } = await board.evidence(jwt);
    const directory = mkdtempSync(join(board.folder, 'run-'));
    const put = (name: string, text: string): string => { writeFileSync(join(directory, name), text); return join(directory, name); };
    const status = [...lists.values()].flatMap((text, index) => ['--status', put(`list-${index}`, text)]);

    return [put('attestation.jwt', `${jwt}\n`), '--issuer', ISSUER, '--did', put('did.json', JSON.stringify({ ...did, verificationMethod: did.verificationMethod.map(({ earlier: _, ...method }) => method) })), ...status];
  };

  test('ends with 0, 1 or 3, and says why', async () => {
    expect(await verifyAttestationCommand(await files(await board.attested('A4')))).toMatchObject({ status: 0, output: expect.stringContaining('says     ACTIVE, authority LIMITED, PROBATION') as string });
    const jwt = await board.attested('A3');
    await board.order('A3', [suspension], 3);
    expect(await verifyAttestationCommand(await files(jwt))).toMatchObject({ status: 3, output: expect.stringContaining('CHANGED  SUSPENDED') as string });
    expect(await verifyAttestationCommand([...(await files(jwt)), '--at', `${addDays(today, 60)}T00:00:00.000Z`])).toMatchObject({ status: 1, output: expect.stringContaining('FAULT    EXPIRED') as string });
    expect(await verifyAttestationCommand((await files(jwt)).slice(0, 1))).toMatchObject({ status: 2 });
    expect(await verifyAttestationCommand([...(await files(jwt)), '--at', 'today'])).toMatchObject({ status: 2 });
    expect(await verifyAttestationCommand([...(await files(jwt)), '--did', join(board.folder, 'nothing')])).toMatchObject({ status: 1, output: expect.stringContaining('EVIDENCE_MISSING') as string });
  });
});

test('a credential of any other shape is none, though the board signed it', async () => {
  const key = board.key;
  const jwt = await board.attested('A1');
  const given = await board.evidence(jwt);
  expect(await board.verdict(await key.sign({ ...claimsOf(jwt), credentialStatus: [] }), given)).toBe('NOT_AN_ATTESTATION');
  const plain = await new CompactSign(Buffer.from('no JSON')).setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', kid: `${ISSUER}#${key.keyId}` }).sign(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  expect(await board.verdict(plain, given)).toBe('SIGNATURE_INVALID');
});
