import { createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { canonicalJson } from '@medaccord/domain';
import { quorumOf, readChain } from '../../ledger/blocks/read-chain.js';
import { readRootCertificates } from '../../ledger/blocks/root-certificates.js';
import type { RootCertificates } from '../../ledger/blocks/root-certificates.js';
import { blocksAt, writeRoots } from '../../testing/chain-of.js';
import { CredentialingWorld, HASH, LICENCE, NPI, today } from '../testing/staff-office.js';
import type { CredentialPacket } from './packet.js';
import type { TestGateway } from '../../testing/test-gateway.js';
import type { Office } from '../testing/staff-office.js';
import { ChainRecords } from '../../ledger/blocks/chain-records.js';
import { linesOf } from './print-packet.js';
import { verifyPractitioner } from './verify-practitioner.js';
import { verifyPacketCommand } from './verify-packet-command.js';
import { verifyInChain, verifyPacket } from './verify-packet.js';

const startMs = 300_000;
let world: CredentialingWorld;
let hospital: Office;
let folder: string;
let fileId: string;
let roots: RootCertificates;
/** Before the board's suspension, and after it. */
let early: string;
let late: string;
let blocks: readonly Uint8Array[];

beforeAll(async () => {
  world = await CredentialingWorld.start();
  ({ hospital } = world);
  folder = mkdtempSync(join(tmpdir(), 'medaccord-packet-'));
  writeRoots(world.consortium, join(folder, 'roots'));
  roots = readRootCertificates(join(folder, 'roots'));
  ({ fileId } = await hospital.readyFile());
  early = await packet();
  await world.suspend();
  late = await packet();
  blocks = await readBlocks();
}, startMs);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.stop();
});

async function packet(): Promise<string> {
  return (await hospital.gateway.read(`/v1/credential-files/${fileId}/packet`, 'credentialing')).text;
}

const readBlocks = async (): Promise<readonly Uint8Array[]> => blocksAt(world.consortium, world.board, 'registrar');

const organizations = (): string => world.consortium.network.organizationsPath;

const codes = (text: string, chain = blocks): readonly string[] => [...new Set(verifyPacket(text, chain, roots).faults.map(({ code }) => code))].sort();
const changed = (text: string, change: (packet: CredentialPacket) => CredentialPacket): string => canonicalJson(change(JSON.parse(text) as CredentialPacket));

/** The chain with other bytes of the same length in one of its blocks, linked anew, and its end signed with the orderer's own key. */
function forged(chain: readonly Uint8Array[], from: string, to: string): readonly Uint8Array[] {
  let previous: Uint8Array | undefined;

  return chain.map((bytes) => {
    const block = common.Block.deserializeBinary(bytes);
    const header = block.getHeader() ?? new common.BlockHeader();
    const data = (block.getData()?.getDataList_asU8() ?? []).map((envelope) => Buffer.from(Buffer.from(envelope).toString('latin1').replaceAll(from, to), 'latin1'));
    block.getData()?.setDataList(data);
    if (previous !== undefined) header.setPreviousHash(previous);
    header.setDataHash(createHash('sha256').update(Buffer.concat(data)).digest());
    previous = createHash('sha256').update(headerBytes(header)).digest();
    resign(block, header);

    return block.serializeBinary();
  });
}

function headerBytes(header: common.BlockHeader): Buffer {
  const number = header.getNumber();
  const der = (tag: number, content: Uint8Array): Buffer => Buffer.concat([Uint8Array.of(tag, content.length), content]);

  return der(0x30, Buffer.concat([der(2, Uint8Array.of(number)), der(4, header.getPreviousHash_asU8()), der(4, header.getDataHash_asU8())]));
}

/** What only a dishonest orderer could do. */
function resign(block: common.Block, header: common.BlockHeader): void {
  const slots = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const metadata = common.Metadata.deserializeBinary(slots[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
  for (const one of metadata.getSignaturesList()) one.setSignature(sign('sha256', Buffer.concat([metadata.getValue_asU8(), one.getSignatureHeader_asU8(), headerBytes(header)]), ordererKey()));
  slots[common.BlockMetadataIndex.SIGNATURES] = metadata.serializeBinary();
  block.getMetadata()?.setMetadataList(slots);
}

function ordererKey(): ReturnType<typeof createPrivateKey> {
  const root = join(organizations(), 'ordererOrganizations');
  const nodes = join(root, readdirSync(root)[0] ?? '', 'orderers');
  const keystore = join(nodes, readdirSync(nodes)[0] ?? '', 'msp', 'keystore');

  return createPrivateKey(readFileSync(join(keystore, readdirSync(keystore)[0] ?? '')));
}

/** The chain with the transactions that hold a text marked as invalid, as a peer might say. */
function markedInvalid(chain: readonly Uint8Array[], text: string): readonly Uint8Array[] {
  return chain.map((bytes) => {
    const block = common.Block.deserializeBinary(bytes);
    const slots = block.getMetadata()?.getMetadataList_asU8() ?? [];
    const marks = (block.getData()?.getDataList_asU8() ?? []).map((envelope, place) => (Buffer.from(envelope).includes(text) ? 11 : (slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER]?.[place] ?? 0)));
    slots[common.BlockMetadataIndex.TRANSACTIONS_FILTER] = Uint8Array.from(marks);
    block.getMetadata()?.setMetadataList(slots);

    return block.serializeBinary();
  });
}

describe('the packet of a file', () => {
  test('is believed with the blocks of another member and the root certificates alone', () => {
    expect(verifyPacket(late, blocks, roots)).toEqual({
      packetHash: createHash('sha256').update(late).digest('hex'), documents: expect.any(Number) as number, events: 2, through: blocks.length - 1, lookedThrough: blocks.length - 1, faults: [], later: [],
    });
    // two versions of a file, two of eight receipts, one release
    expect((JSON.parse(late) as CredentialPacket).documents).toHaveLength(2 + 8 * 2 + 1);
  });

  test('holds of the data bank number, type and day, and nothing else', () => {
    const npdb = (JSON.parse(late) as CredentialPacket).documents.map(({ document }) => document.body).filter((body) => 'finding' in body && body.finding.type === 'npdb');

    expect(npdb.map((body) => ('finding' in body ? body.finding : undefined))).toEqual([1, 2].map(() => ({ type: 'npdb', controlNumber: '1234567890', query: 'one-time' })));
  });

  test('is not believed with any byte changed', () => {
    const chain = readChain(blocks, roots);
    for (let at = 0; at < late.length; at += Math.ceil(late.length / 300)) {
      const other = late[at] === '7' ? '8' : '7';
      expect([at, verifyInChain(`${late.slice(0, at)}${other}${late.slice(at + 1)}`, chain, roots).faults.length > 0]).toEqual([at, true]);
    }
    expect(codes(`${late} `)).toEqual(['NOT_A_PACKET']);
  }, 120_000);

  test('tells that something happened after it was made, where it could not know', () => {
    const report = verifyPacket(early, blocks, roots);

    expect(report).toMatchObject({ faults: [], later: [{ code: 'LATER_EVENT', subject: 'CA~ca-medical~MD~A1' }] });
  });
});

describe('a packet is not believed', () => {
  test('that leaves out an adverse event which it should know', () => {
    const { through } = JSON.parse(late) as CredentialPacket;
    expect(codes(changed(early, (one) => ({ ...one, through })))).toEqual(['EVENT_LEFT_OUT']);
  });

  test('that leaves out a receipt, a release, an earlier version, or a link', () => {
    const without = (test: (key: string) => boolean): string => changed(late, (one) => ({ ...one, documents: one.documents.filter(({ document }) => !test(`${document.kind} ${document.version}`)) }));
    expect(codes(without((key) => key.startsWith('consent')))).toEqual(['PART_MISSING']);
    expect(codes(without((key) => key === 'verification 1'))).toEqual(['PART_MISSING']);
    expect(codes(without((key) => key === 'credential-file 2'))).toEqual(['VERSION_LEFT_OUT']);
    expect(codes(changed(late, (one) => ({ ...one, links: [], licences: [] })))).toEqual(['LINK_LEFT_OUT']);
  });

  test('whose document was never recorded so', () => {
    const forgedReview = changed(late, (one) => ({
      ...one, documents: one.documents.map((placed) => (placed.document.kind === 'verification' && placed.document.body.element === 'sanction'
        ? { ...placed, document: { ...placed.document, body: { ...placed.document.body, namesSearched: ['Byron, Eve'] } } } : placed)),
    }));
    expect(codes(forgedReview)).toEqual(['DOCUMENT_NOT_IN_CHAIN']);
  });

  test('with blocks that are changed, cut short or not signed by the orderers', () => {
    const [first, ...rest] = blocks;
    expect(codes(late, blocks.slice(0, -1))).toContain('BLOCK_DIFFERS');
    expect(codes(late, rest)).toContain('BLOCK_MISSING');
    expect(codes(late, [])).toContain('NO_BLOCKS');
    expect(codes(late, [first ?? new Uint8Array(), Uint8Array.of(1, 2, 3), ...rest.slice(1)])).toContain('BLOCK_UNREADABLE');
    const strangers = { ...roots, orderers: new Map([['OrdererMSP', roots.members.get('HospitalMSP') ?? []]]) };
    expect(verifyPacket(late, blocks, strangers).faults).toEqual([{ code: 'NOT_SIGNED_BY_ORDERERS', subject: `block ${blocks.length - 1}` }]);
  });

  test('that is rebuilt without the board’s key, even with the orderer’s help', () => {
    const [from, to] = ['NEGLIGENCE', 'GOODCHEER!'];
    const packetOfForger = late.replaceAll(from, to);
    const chain = forged(blocks, from, to);
    const last = common.Block.deserializeBinary(chain.at(-1) ?? new Uint8Array()).getHeader() ?? new common.BlockHeader();
    const blockHash = createHash('sha256').update(headerBytes(last)).digest('hex');
    const { through } = JSON.parse(late) as CredentialPacket;
    expect(codes(changed(packetOfForger, (one) => ({ ...one, through: { ...through, blockHash } })), chain)).toContain('TRANSACTION_UNPROVED');
    expect(codes(late, forged(blocks, 'no such words', 'no such words'))).toEqual([]); // the forger's tools are sound
  });

  test('that hides an event behind a mark which nobody signed', () => {
    const hidden = markedInvalid(blocks, 'NEGLIGENCE');
    const { through } = JSON.parse(late) as CredentialPacket;
    expect(codes(changed(early, (one) => ({ ...one, through })), hidden)).toEqual(['MARKED_INVALID_WITHOUT_REASON']);
  });
});

describe('the command', () => {
  const run = (text: string, chain: readonly Uint8Array[]): ReturnType<typeof verifyPacketCommand> => {
    const directory = mkdtempSync(join(folder, 'run-'));
    writeFileSync(join(directory, 'packet.json'), text);
    chain.forEach((bytes, number) => { writeFileSync(join(directory, `${number}.block`), bytes); });

    return verifyPacketCommand([join(directory, 'packet.json'), '--blocks', directory, '--roots', join(folder, 'roots')]);
  };

  test('ends with 0, 1 or 3, and says why', () => {
    expect(run(late, blocks)).toMatchObject({ status: 0, output: expect.stringContaining('true, and nothing happened since') as string });
    expect(run(early, blocks)).toMatchObject({ status: 3, output: expect.stringContaining('LATER    LATER_EVENT  CA~ca-medical~MD~A1') as string });
    expect(run(late.replace('Byron', 'Lovel'), blocks)).toMatchObject({ status: 1, output: expect.stringContaining('DOCUMENT_NOT_IN_CHAIN') as string });
    expect(verifyPacketCommand(['--roots'])).toMatchObject({ status: 2 });
  });
});

describe('in print', () => {
  test('the packet names its own hash on every page, and the board’s events', async () => {
    const token = await world.consortium.issuer.token({ organisation: 'HospitalMSP', roles: ['credentialing'] });
    const response = await fetch(`${hospital.gateway.running.url}/v1/credential-files/${fileId}/packet.pdf`, { headers: { authorization: `Bearer ${token}` } });
    const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1');

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.split(createHash('sha256').update(await packet()).digest('hex')).length - 1).toBe(pdf.split('/Type /Page ').length - 1);
    expect(pdf).toContain('INITIAL SUSPEND effective');
  });
});

test('of an event that a court has sealed the packet tells only that there is one, and is believed', async () => {
  const { board } = world;
  for (const role of ['board-member', 'disciplinary-officer']) await board.write('/v1/board-officers', role, undefined);
  const { json } = await board.write('/v1/licences/CA/ca-medical/MD/A1/order-drafts', 'disciplinary-officer', { expectedSequence: 2, steps: [{ kind: 'SEAL', target: 2 }] });
  expect((await board.write(`/v1/order-drafts/${String(json['id'])}/approval`, 'board-member', undefined)).json).toMatchObject({ outcome: 'RECORDED', sequence: 3 });
  const sealed = await packet();
  const chain = await readBlocks();

  expect((JSON.parse(sealed) as CredentialPacket).licences[0]?.events).toMatchObject([{ sequence: 1 }, { sequence: 2, sealed: true }, { sequence: 3, kind: 'SEAL' }]);
  expect(sealed).not.toContain('NEGLIGENCE');
  expect(verifyPacket(sealed, chain, roots)).toMatchObject({ faults: [], later: [] });
  expect(verifyPacket(late, chain, roots)).toMatchObject({ faults: [], later: [{ code: 'LATER_EVENT' }] });
}, 60_000);

test('answers given while a board was silent, and later stale, are believed as what they were', async () => {
  const report = async (days: number): Promise<string> => {
    const through = new Date(Date.now() - days * 86_400_000).toISOString();
    expect((await world.board.write('/v1/board-reports', 'registrar', { board: 'ca-medical', through })).status).toBe(201);

    return through;
  };
  const silentThrough = await report(8);
  const silent = await hospital.licenceVerified();
  const staleThrough = await report(3);
  const stale = await hospital.licenceVerified();
  await hospital.record('credentialing', `/v1/credential-files/${fileId}/steps`, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds: [silent, stale] });
  const findings = (JSON.parse(await packet()) as CredentialPacket).documents.flatMap(({ document }) => (document.kind === 'verification' && [silent, stale].includes(document.id) && document.version === 1 ? document.body.finding : []));

  expect(findings).toEqual(expect.arrayContaining([
    expect.objectContaining({ authority: 'UNKNOWN', licences: [expect.objectContaining({ sourceThrough: silentThrough })] }), expect.objectContaining({ authority: 'FULL', licences: [expect.objectContaining({ sourceThrough: staleThrough })] }),
  ]));
  expect(verifyPacket(await packet(), await readBlocks(), roots)).toMatchObject({ faults: [] });
}, 60_000);

test('an answer that follows by a compact from another state’s licence is believed with that licence’s events, and not without', async () => {
  const nevada = { jurisdiction: 'NV', board: 'nv-medical', type: 'MD', number: 'B1' };
  const order = async (path: string, expectedSequence: number, action: object): Promise<void> => {
    const { status, text } = await world.board.write(`/v1/licences/${path}/orders`, 'disciplinary-officer', { expectedSequence, steps: [{ kind: 'INITIAL', action }] });
    if (status !== 201) throw new Error(text);
  };
  await world.board.write('/v1/licences', 'registrar', { items: [{ licence: nevada, effectiveFrom: '2010-01-01', status: 'ACTIVE' }] });
  await order('CA/ca-medical/MD/A1', 3, { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2020-01-01', rule: 'imlc/1', principal: nevada });
  const before = await hospital.licenceVerified();
  await order('NV/nv-medical/MD/B1', 1, { type: 'SUSPEND', effectiveFrom: '2026-01-01', summary: false, automaticReinstatement: false, basisCodes: [] });
  const after = await hospital.licenceVerified();
  await hospital.record('credentialing', `/v1/credential-files/${fileId}/steps`, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds: [before, after] });
  const [text, chain] = [await packet(), await readBlocks()];
  const told = (id: string): unknown => (JSON.parse(text) as CredentialPacket).documents.flatMap(({ document }) => (document.kind === 'verification' && document.id === id && document.version === 1 ? document.body.finding : []));

  expect([told(before), told(after)]).toMatchObject([1, 2].map((knownAt) => [{ authority: knownAt === 1 ? 'FULL' : 'NONE', licences: [{ related: [{ licence: nevada, knownAt }] }] }]));
  expect(verifyPacket(text, chain, roots)).toMatchObject({ faults: [] });
  expect(codes(changed(text, (one) => ({ ...one, licences: one.licences.filter(({ licence }) => licence.jurisdiction === 'CA') })), chain)).toEqual(['EVENT_LEFT_OUT']);
}, 60_000);

test('an answer about a clinician with two numbers is believed with all that was said about them, and with nothing less', async () => {
  const [other, number] = ['1679576722', 'A2'];
  const licence = { ...LICENCE, number };
  const { board } = world;
  await board.write('/v1/providers', 'registrar', { items: [{ npi: other, type: 'individual', name: { family: 'Byron-King', given: 'Ada' }, taxonomies: [] }] });
  await board.write('/v1/licences', 'registrar', { items: [{ licence, effectiveFrom: '2010-01-01', status: 'ACTIVE' }] });
  await board.write('/v1/provider-licence-links', 'registrar', { items: [{ type: 'ASSERT', npi: other, licence }] });
  const fact = { type: 'SAME_PERSON', npi: NPI, other };
  await hospital.write('credentialing', '/v1/provider-identities', { items: [{ type: 'PROPOSE', fact, evidenceHash: HASH }] });
  const before = await packet();
  expect((await board.write('/v1/provider-identities', 'registrar', { items: [{ type: 'CONFIRM', fact }] })).json).toMatchObject({ outcomes: [{ outcome: 'CONFIRMED' }] });
  const joined = await hospital.licenceVerified();
  await hospital.record('credentialing', `/v1/credential-files/${fileId}/steps`, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds: [joined] });
  const [told, chain] = [await packet(), await readBlocks()];

  expect((JSON.parse(told) as CredentialPacket).documents.flatMap(({ document }) => (document.id === joined && document.kind === 'verification' ? document.body.finding : []))[0]).toMatchObject({
    identity: [{ npi: NPI, knownAt: 2 }, { npi: other, knownAt: 2 }], licences: expect.arrayContaining([expect.objectContaining({ licence, npi: other })]) as unknown,
  });
  expect(verifyPacket(told, chain, roots)).toMatchObject({ faults: [], later: [] });
  expect(verifyPacket(before, chain, roots)).toMatchObject({ faults: [], later: expect.arrayContaining([{ code: 'LATER_IDENTITY', subject: `provider-identity~${NPI}` }]) as unknown });
  expect(codes(changed(told, (one) => ({ ...one, identities: (one.identities ?? []).filter(({ npi }) => npi === NPI) })), chain)).toEqual(['IDENTITY_LEFT_OUT']);
  expect(codes(changed(told, (one) => ({ ...one, links: one.links.filter(({ npi }) => npi === NPI), licences: one.licences.filter((of) => of.licence.number !== number) })), chain)).toEqual(['LINK_LEFT_OUT']);
}, 60_000);

test('a release that the practitioner signed is shown as the practitioner’s own act, and believed by the signature alone', async () => {
  const ada = await world.consortium.network.control.issue('LicensingBoardMSP', { name: 'ada', attributes: { 'medaccord.role': 'practitioner', 'medaccord.npi': NPI } });
  const bytesOf = async (gateway: TestGateway, role: string, act: object): Promise<Buffer> => {
    const { status, json } = await gateway.request('/v1/practitioner-acts/bytes', { method: 'POST', body: act, claims: { roles: [role] } });
    expect(status).toBe(200);

    return Buffer.from(String(json['bytes']), 'base64');
  };
  const signatureUnder = (bytes: Buffer): string => sign('sha256', bytes, ada.privateKey).toString('base64');
  const signer = createHash('sha256').update(new X509Certificate(ada.certificate).raw).digest('hex');
  const possession = signatureUnder(await bytesOf(world.board, 'registrar', { act: 'possession', npi: NPI }));
  const introduction = { npi: NPI, certificate: ada.certificate, authority: readFileSync(join(folder, 'roots', 'LicensingBoardMSP.pem'), 'utf8'), possession };
  expect((await world.board.write('/v1/practitioner-certificates', 'registrar', introduction)).json).toMatchObject({ outcome: 'INTRODUCED', practitioner: { fingerprint: signer, mspId: 'LicensingBoardMSP' } });
  const signed = async (act: object): Promise<object> => ({ signer, signature: signatureUnder(await bytesOf(hospital.gateway, 'practitioner', act)) });

  const consentId = 'c0'.repeat(16);
  const release = { consentId, npi: NPI, elements: ['education'], from: '2026-01-01', thru: '2099-12-31', documentHash: HASH };
  const forged = await hospital.write('practitioner', '/v1/consents', { ...release, thru: '2099-12-30', practitioner: await signed({ act: 'consent', ...release }) });
  expect([forged.status, forged.json['code']]).toEqual([403, 'SIGNATURE_INVALID']);
  expect((await hospital.write('practitioner', '/v1/consents', { ...release, practitioner: await signed({ act: 'consent', ...release }) })).status).toBe(201);
  expect(await hospital.body(`/v1/consents/${consentId}`)).toMatchObject({ recordedAs: 'practitioner-signed', practitioner: { signer } });
  const statement = { element: 'education', documentHash: HASH, signedOn: today() };
  const { fileId: signedFile } = await hospital.readyFile('signed');
  const file = `/v1/credential-files/${signedFile}`;
  await hospital.record('credentialing', `${file}/steps`, { verb: 'recordAttestation', ...statement, practitioner: await signed({ act: 'attestation', fileId: signedFile, npi: NPI, ...statement }) });
  const education = await hospital.verified('education', consentId);
  await hospital.record('credentialing', `${file}/steps`, { verb: 'assessCredentialFile', decisionOn: today(), verificationIds: [education] });
  const withdrawal = { act: 'withdrawal', consentId, npi: NPI, reason: 'moved away' };
  expect((await hospital.write('practitioner', `/v1/consents/${consentId}/steps`, { verb: 'withdrawConsent', reason: 'moved away' })).json['code']).toBe('FORBIDDEN_ROLE');
  expect((await hospital.write('practitioner', `/v1/consents/${consentId}/steps`, { verb: 'withdrawConsent', reason: 'moved away', practitioner: await signed(withdrawal) })).status).toBe(201);
  // Whatever happens to the certificate afterwards: what it signed stays signed.
  expect((await world.board.write(`/v1/practitioner-certificates/${NPI}/${signer}/withdrawal`, 'registrar', undefined)).json).toMatchObject({ outcome: 'WITHDRAWN' });
  expect((await hospital.gateway.read(`/v1/practitioner-certificates/${NPI}`, 'credentialing')).json).toMatchObject([{ fingerprint: signer, withdrawnAt: expect.any(String) as string }]);

  const [told, chain] = [(await hospital.gateway.read(`${file}/packet`, 'credentialing')).text, await readBlocks()];
  const parsed = JSON.parse(told) as CredentialPacket;
  expect(verifyPacket(told, chain, roots)).toMatchObject({ faults: [], later: [] });
  expect(linesOf(parsed).join('\n')).toMatch(/given, signed by the practitioner[^]*withdrawn, signed by the practitioner/);
  expect(linesOf(parsed).join('\n')).toContain(`Statement: education of ${today()}, signed by the practitioner`);
  const check = { packet: parsed, records: new ChainRecords(readChain(chain, roots)), roots };
  const swapped = { ...parsed, documents: parsed.documents.map((placed) => (placed.document.kind === 'consent' && placed.document.id === consentId ? { ...placed, document: { ...placed.document, body: { ...placed.document.body, elements: ['npdb' as const] } } } : placed)) };
  expect(verifyPractitioner(check).faults).toEqual([]);
  expect(verifyPractitioner({ ...check, packet: swapped }).faults).toEqual([{ code: 'NOT_SIGNED_BY_PRACTITIONER', subject: `consent~${consentId}~1` }]);
  expect(linesOf(JSON.parse(late) as CredentialPacket).join('\n')).toContain('given, a document that was recorded');
}, 120_000);

test('quorums of orderers: with so many organisations, so many sign', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 10].map(quorumOf)).toEqual([1, 2, 2, 3, 4, 4, 5, 7]);
});
