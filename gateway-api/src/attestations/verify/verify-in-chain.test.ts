import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuerKey, LicenceAttestation } from '@medaccord/domain';
import { readRootCertificates } from '../../ledger/blocks/root-certificates.js';
import { blocksAt, writeRoots } from '../../testing/chain-of.js';
import { AttestingBoard, claimsOf, ISSUER, suspension } from '../testing/attesting-board.js';
import type { Evidence } from './evidence.js';
import { verifyAttestation } from './verify-attestation.js';
import { verifyAttestationCommand } from './verify-attestation-command.js';
import { verifyInChain } from './verify-in-chain.js';
import type { Chain } from './verify-in-chain.js';

let board: AttestingBoard;
let roots: string;

beforeAll(async () => {
  board = await AttestingBoard.start();
  roots = join(board.folder, 'roots');
  writeRoots(board.consortium, roots);
  await board.introduced();
}, 120_000);
afterAll(async () => { await board.stop(); });

const chainNow = async (): Promise<Chain> => ({ blocks: await blocksAt(board.consortium, board.gateway, 'registrar'), roots: readRootCertificates(roots), registry: 'registry' });

/** What the blocks alone say, in one line. */
async function verdict(jwt: string, evidence: Evidence, chain: Chain): Promise<string> {
  const { attestation, method } = await verifyAttestation(jwt, evidence);
  if (attestation === undefined || method === undefined) return 'is not signed';
  const { faults, changes } = verifyInChain(jwt, { attestation, method }, evidence, chain);

  return [...faults, ...changes].map(({ code }) => code).join(' ');
}

/** Says otherwise about the standing, signed with the board's own key. */
async function signed(jwt: string, standing: Partial<LicenceAttestation['credentialSubject']['standing']>, board_ = 'LicensingBoardMSP'): Promise<string> {
  const claims = claimsOf(jwt);
  const { credentialSubject } = claims;

  return board.key.sign({ ...claims, credentialSubject: { ...credentialSubject, standing: { ...credentialSubject.standing, ...standing }, ledger: { channel: 'medaccord', board: board_ } } });
}

describe('an attestation in the consortium’s blocks', () => {
  test('is what the board’s events come to, signed with a key that the board introduced', async () => {
    const jwt = await board.attested('A1');
    const [evidence, chain] = [await board.evidence(jwt), await chainNow()];
    expect(await verdict(jwt, evidence, chain)).toBe('');
    expect(await verdict(await signed(jwt, { authority: 'LIMITED' }), evidence, chain)).toBe('STANDING_NOT_IN_CHAIN CHANGED');
    expect(await verdict(await signed(jwt, { provenance: [] }), evidence, chain)).toBe('STANDING_NOT_IN_CHAIN');
    expect(await verdict(await signed(jwt, {}, 'HospitalMSP'), evidence, chain)).toBe('KEY_NOT_IN_CHAIN TRANSACTION_UNPROVED');
    const method = evidence.did.verificationMethod.map((one) => ({ ...one, introduced: '2020-01-01T00:00:00.000Z' }));
    expect(await verdict(await board.key.sign({ ...claimsOf(jwt), validFrom: '2021-01-01T00:00:00.000Z' }), { ...evidence, did: { ...evidence.did, verificationMethod: method } }, chain)).toBe('KEY_NOT_YET_INTRODUCED');
  });

  test('is not believed with blocks that are changed, missing, or signed by strangers', async () => {
    const jwt = await board.attested('A1');
    const [evidence, chain] = [await board.evidence(jwt), await chainNow()];
    expect(await verdict(jwt, evidence, { ...chain, blocks: chain.blocks.slice(1) })).toContain('CHAIN_NOT_BELIEVED');
    expect(await verdict(jwt, evidence, { ...chain, roots: { ...chain.roots, orderers: chain.roots.members } })).toBe('CHAIN_NOT_BELIEVED');
    const strangers = new Map([...chain.roots.members].map(([mspId]) => [mspId, chain.roots.orderers.get('OrdererMSP') ?? []] as const));
    expect(await verdict(jwt, evidence, { ...chain, roots: { ...chain.roots, members: strangers } })).toContain('TRANSACTION_UNPROVED');
  });

  test('has changed by an order which the published lists do not tell yet', async () => {
    const jwt = await board.attested('A3');
    const evidence = await board.evidence(jwt);
    await board.order('A3', [suspension]);
    expect(await board.verdict(jwt, evidence)).toBe('');
    expect(await verdict(jwt, evidence, await chainNow())).toBe('SUSPENDED CHANGED');
  });

  test('is suspect by the ledger’s word on its key, whatever the published keys say', async () => {
    const jwt = await board.attested('A4');
    const evidence = await board.evidence(jwt);
    const key = (await board.written(`/v1/attestation-keys/${board.key.keyId}/revocation`, { from: claimsOf(jwt).validFrom })).json['key'] as IssuerKey;
    expect(key.revoked?.from).toBe(claimsOf(jwt).validFrom);
    expect(await verdict(jwt, evidence, await chainNow())).toBe('KEY_REVOKED');
    await board.introduced();
  });

  test('ends the command with the status that the blocks give', async () => {
    const jwt = await board.attested('A5');
    const { did, lists } = await board.evidence(jwt);
    const directory = mkdtempSync(join(board.folder, 'run-'));
    const put = (name: string, content: string | Uint8Array): string => { writeFileSync(join(directory, name), content); return join(directory, name); };
    const status = [...lists.values()].flatMap((text, index) => ['--status', put(`list-${index}`, text)]);
    const earlier = await Promise.all(did.verificationMethod.flatMap((method) => method.earlier ?? []).map(async ({ url, sha256 }) => ['--earlier', put(sha256, (await board.open(url)).text)]));
    const run = async (): ReturnType<typeof verifyAttestationCommand> => {
      (await chainNow()).blocks.forEach((bytes, number) => { put(`${number}.block`, bytes); });

      return verifyAttestationCommand([put('attestation.jwt', jwt), '--issuer', ISSUER, '--did', put('did.json', JSON.stringify(did)), ...status, ...earlier.flat(), '--blocks', directory, '--roots', roots]);
    };
    expect(await run()).toMatchObject({ status: 0, output: expect.stringContaining('blocks   looked at 0 to') as string });
    await board.order('A5', [suspension]);
    expect(await run()).toMatchObject({ status: 3, output: expect.stringContaining('in the blocks') as string });
  });
});
