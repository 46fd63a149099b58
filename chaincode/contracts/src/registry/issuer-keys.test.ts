import { createHash, generateKeyPairSync } from 'node:crypto';
import type { IssuerKey } from '@medaccord/domain';
import type { ContractNetwork, Party } from '../testing/contract-network.js';
import { refusalOf } from '../testing/contract-network.js';
import { inRole, startFoundedNetwork } from '../testing/founded-registry.js';

interface Outcome {
  readonly outcome: string;
  readonly key: IssuerKey;
}

const did = 'did:web:board.example';
const earlier = createHash('sha256').update('nothing').digest('hex');

describe('the keys with which a board signs attestations', () => {
  let network: ContractNetwork;
  let registrar: Party;
  let hospital: Party;

  const newKey = (): object => {
    const { kty, crv, x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    return { kty, crv, x, y };
  };
  const code = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;
  const introduce = async (publicKey: object, by = registrar): Promise<Outcome> => JSON.parse((await by.submit('registry', 'introduceIssuerKey', { publicKey, did })).result) as Outcome;
  const revoke = async (keyId: string, from: string, by: Party): Promise<Outcome> => JSON.parse((await by.submit('registry', 'revokeIssuerKey', { keyId, from, earlier })).result) as Outcome;

  beforeAll(async () => {
    network = await startFoundedNetwork(['registry']);
    registrar = await inRole(network, 'board', 'registrar');
    hospital = await inRole(network, 'hospital', 'credentialing');
  }, 120_000);

  afterAll(async () => {
    await network.stop();
  });

  test('are introduced by the registrar, revoked by any of the board’s people, and read by every member', async () => {
    const publicKey = newKey();
    const { outcome, key } = await introduce(publicKey);
    expect([outcome, (await introduce(publicKey)).outcome]).toEqual(['INTRODUCED', 'ALREADY_RECORDED']);
    const member = await inRole(network, 'board', 'board-member');
    expect(await revoke(key.keyId, key.introducedAt, member)).toMatchObject({ outcome: 'REVOKED', key: { revoked: { from: key.introducedAt, earlier } } });
    expect((await revoke(key.keyId, key.introducedAt, member)).outcome).toBe('ALREADY_RECORDED');
    expect(await code(introduce(publicKey))).toBe('ISSUER_KEY_REVOKED');
    expect(await hospital.evaluate('registry', 'readIssuerKeys', { mspId: 'CaliforniaMSP' })).toEqual([expect.objectContaining({ keyId: key.keyId, did, publicKey, revoked: expect.anything() as object })]);
  });

  test('are nobody else’s to introduce or to revoke', async () => {
    const { key } = await introduce(newKey());
    expect(await code(introduce(newKey(), hospital))).toBe('FORBIDDEN_ORGANISATION');
    expect(await code(introduce(newKey(), await inRole(network, 'board', 'disciplinary-officer')))).toBe('FORBIDDEN_ROLE');
    expect(await code(introduce(newKey(), await inRole(network, 'board', 'registrar', 'ca-medical')))).toBe('FORBIDDEN_UNIT');
    expect(await code(revoke(key.keyId, key.introducedAt, hospital))).toBe('FORBIDDEN_ORGANISATION');
    expect(await code(revoke(key.keyId, key.introducedAt, await inRole(network, 'otherBoard', 'registrar')))).toBe('ISSUER_KEY_NOT_FOUND');
    expect(await code(revoke(key.keyId, key.introducedAt, await inRole(network, 'board', 'service')))).toBe('FORBIDDEN_ROLE');
  });

  test('are P-256 keys under a did:web, revoked at a time that can be', async () => {
    const { key } = await introduce(newKey());
    expect(await code(introduce({ ...newKey(), d: 'private' }))).toBe('INVALID_INPUT');
    expect(await code(introduce({ kty: 'RSA', n: 'x', e: 'AQAB' }))).toBe('INVALID_INPUT');
    expect(await code(registrar.submit('registry', 'introduceIssuerKey', { publicKey: newKey(), did: 'https://board.example' }))).toBe('INVALID_INPUT');
    expect(await code(revoke(key.keyId, new Date(Date.now() + 3_600_000).toISOString(), registrar))).toBe('REVOCATION_OUT_OF_BOUNDS');
  });
});
