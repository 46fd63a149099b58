import { common, peer } from '@hyperledger/fabric-protos';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SigningIdentity } from '../../identities/index.js';
import type { ValidationParameters } from '../ledger/api.js';
import { Channel } from '../network/channel.js';
import { enrol } from '../network/enrolment.js';
import type { Enrolment } from '../network/enrolment.js';
import { encodePolicy, parsePolicy } from '../policies/index.js';
import { CHANNEL, consortium } from '../testing/test-network.js';
import { craft, signed, writeSet } from '../testing/crafted-transaction.js';
import type { Crafted } from '../testing/crafted-transaction.js';
import { transactionValidator } from './transaction-validator.js';

const { TxValidationCode: Code } = peer;

let directory: string;
let enrolment: Enrolment;
let channel: Channel;
let client: SigningIdentity;
let peers: SigningIdentity[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'validation-'));
  const config = consortium(['a', 'b', 'c'], []);
  enrolment = await enrol(config, directory, 'localhost');
  channel = await Channel.open(config, enrolment, directory, (cause) => {
    throw cause;
  });
  const [first] = enrolment.organisations;
  if (!first) throw new Error('no organisation');
  client = await first.tree.user('user');
  peers = enrolment.organisations.map((organisation) => organisation.peer);
});

afterAll(async () => {
  await channel.close();
  await rm(directory, { recursive: true, force: true });
});

const noParameters: ValidationParameters = {
  ofKey: () => Promise.resolve(undefined),
  ofPrivateKeyHash: () => Promise.resolve(undefined),
};

/** Validates with one definition `cc`: majority for the chaincode, its own policies for the collections. */
async function validate(envelope: Uint8Array, parameters = noParameters): Promise<number> {
  const definition = { endorsementPolicy: reference('/Channel/Application/Endorsement') };
  const validator = transactionValidator(CHANNEL, {
    membership: channel.membership,
    definitions: { current: (name) => (name === 'cc' ? definition : undefined) },
    collectionPolicies: { of: collectionPolicy },
    admitted: { has: () => false },
  });
  return validator(envelope, { blockNumber: 1, txNumber: 0 }, parameters);
}

function collectionPolicy(_namespace: string, collection: string): Uint8Array {
  if (collection === 'of-b') return application(`OR('BMSP.peer')`);
  throw new Error(`no such collection '${collection}'`);
}

function reference(path: string): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setChannelConfigPolicyReference(path);
  return policy.serializeBinary();
}

function application(text: string): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(encodePolicy(parsePolicy(text)));
  return policy.serializeBinary();
}

const keyPolicy = (text: string): Uint8Array => encodePolicy(parsePolicy(text)).serializeBinary();

function transaction(changes: Partial<Crafted> = {}): Uint8Array {
  const [a, b] = peers;
  return craft({ channel: CHANNEL, creator: client, endorsers: a && b ? [a, b] : [], results: writeSet({ cc: ['key'] }), ...changes });
}

function withoutCreator(envelope: Uint8Array): Uint8Array {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const header = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array());
  header.setCreator('');
  payload.getHeader()?.setSignatureHeader(header.serializeBinary());
  return signed(payload.serializeBinary(), client);
}

const endorsedBy = (...names: readonly string[]): { endorsers: SigningIdentity[] } => ({
  endorsers: peers.filter(({ mspId }) => names.includes(mspId)),
});

test('a transaction of a majority is valid', async () => {
  expect(await validate(transaction())).toBe(Code.VALID);
});

describe('structure', () => {
  test.each<[string, number, () => Uint8Array]>([
    ['bytes that are no envelope', Code.INVALID_OTHER_REASON, () => Uint8Array.of(0xff, 0xff, 0xff)],
    ['a payload that is none', Code.BAD_PAYLOAD, () => signed(Uint8Array.of(0xff, 0xff), client)],
    ['no header', Code.BAD_COMMON_HEADER, () => signed(new common.Payload().serializeBinary(), client)],
    ['no creator', Code.BAD_COMMON_HEADER, () => withoutCreator(transaction())],
    ['no endorsed part', Code.INVALID_ENDORSER_TRANSACTION, () => transaction({ actions: 0 })],
    ['another type', Code.BAD_COMMON_HEADER, () => transaction({ type: common.HeaderType.MESSAGE })],
    ['a configuration update', Code.UNSUPPORTED_TX_PAYLOAD, () => transaction({ type: common.HeaderType.CONFIG_UPDATE })],
    ['another channel', Code.BAD_CREATOR_SIGNATURE, () => transaction({ channel: 'elsewhere' })],
    ['another signer than the creator', Code.BAD_CREATOR_SIGNATURE, () => transaction({ signer: peers[1] })],
    ['an id that is not the hash of nonce and creator', Code.BAD_PROPOSAL_TXID, () => transaction({ txId: 'f'.repeat(64) })],
    ['a result of another proposal', Code.INVALID_ENDORSER_TRANSACTION, () => transaction({ proposalHash: Buffer.alloc(32) })],
    ['two actions', Code.INVALID_ENDORSER_TRANSACTION, () => transaction({ actions: 2 })],
    ['a read-write set that is none', Code.BAD_RWSET, () => transaction({ results: Uint8Array.of(0x0a, 0xff) })],
    ['a namespace twice', Code.ILLEGAL_WRITESET, () => transaction({ results: Buffer.concat([writeSet({ cc: ['a'] }), writeSet({ cc: ['b'] })]) })],
    ['another chaincode than the proposal names', Code.INVALID_CHAINCODE, () => transaction({ executed: 'other' })],
    ['no chaincode version', Code.INVALID_CHAINCODE, () => transaction({ version: '' })],
    ['no chaincode of the proposal', Code.INVALID_OTHER_REASON, () => transaction({ chaincode: null })],
    ['no chaincode of the result', Code.INVALID_OTHER_REASON, () => transaction({ executed: null })],
    ['a chaincode without a name', Code.INVALID_CHAINCODE, () => transaction({ chaincode: '', executed: '' })],
    ['a chaincode that is not defined', Code.INVALID_CHAINCODE, () => transaction({ chaincode: 'unknown', executed: 'unknown' })],
    ['a write to a chaincode that is not defined', Code.INVALID_CHAINCODE, () => transaction({ results: writeSet({ unknown: ['k'] }) })],
    ['an event of another chaincode', Code.INVALID_OTHER_REASON, () => transaction({ eventOf: 'other' })],
  ])('%s: code %d', async (_what, code, make) => {
    expect(await validate(make())).toBe(code);
  });
});

describe('endorsements', () => {
  test('one organisation is no majority of three', async () => {
    expect(await validate(transaction(endorsedBy('AMSP')))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('the same organisation twice is no majority either', async () => {
    const [a] = peers;
    expect(await validate(transaction({ endorsers: a ? [a, a] : [] }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('a client is no peer', async () => {
    const [a] = peers;
    expect(await validate(transaction({ endorsers: a ? [a, client] : [] }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('an endorsement of another result does not count', async () => {
    expect(await validate(transaction({ tamper: true }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('a transaction that writes nothing still needs its chaincode endorsed', async () => {
    expect(await validate(transaction({ results: writeSet({}), ...endorsedBy('AMSP') }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
    expect(await validate(transaction({ results: writeSet({}) }))).toBe(Code.VALID);
  });
});

describe('policies of keys and collections', () => {
  const guarded = (policy: string): ValidationParameters => ({ ...noParameters, ofKey: () => Promise.resolve(keyPolicy(policy)) });

  test("a key's own policy replaces the chaincode's", async () => {
    expect(await validate(transaction(endorsedBy('CMSP')), guarded(`OR('CMSP.peer')`))).toBe(Code.VALID);
    expect(await validate(transaction(), guarded(`OR('CMSP.peer')`))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test("a key beside it without one still needs the chaincode's", async () => {
    const onlyFirst: ValidationParameters = {
      ...noParameters,
      ofKey: (_namespace, key) => Promise.resolve(key === 'first' ? keyPolicy(`OR('CMSP.peer')`) : undefined),
    };
    const results = writeSet({ cc: ['first', 'second'] });
    expect(await validate(transaction({ results, ...endorsedBy('CMSP') }), onlyFirst)).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
    expect(await validate(transaction({ results, ...endorsedBy('CMSP', 'AMSP') }), onlyFirst)).toBe(Code.VALID);
  });

  test('a parameter that is no policy can be met by nobody', async () => {
    const wrapped: ValidationParameters = { ...noParameters, ofKey: () => Promise.resolve(application(`OR('CMSP.peer')`)) };
    expect(await validate(transaction(endorsedBy('AMSP', 'BMSP', 'CMSP')), wrapped)).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test("a collection's policy alone decides on a private-only write", async () => {
    const results = writeSet({ cc: { 'of-b': ['secret'] } });
    expect(await validate(transaction({ results, ...endorsedBy('BMSP') }))).toBe(Code.VALID);
    expect(await validate(transaction({ results, ...endorsedBy('AMSP', 'CMSP') }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('a hashed key has its own policy too', async () => {
    const results = writeSet({ cc: { 'of-b': ['secret'] } });
    const hashed: ValidationParameters = { ...noParameters, ofPrivateKeyHash: () => Promise.resolve(keyPolicy(`AND('AMSP.peer','CMSP.peer')`)) };
    expect(await validate(transaction({ results, ...endorsedBy('BMSP') }), hashed)).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
    expect(await validate(transaction({ results, ...endorsedBy('AMSP', 'CMSP') }), hashed)).toBe(Code.VALID);
  });

  test('a collection that does not exist can be written by nobody', async () => {
    const results = writeSet({ cc: { nowhere: ['secret'] } });
    expect(await validate(transaction({ results }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
  });

  test('definitions change under the policy of the life cycle', async () => {
    const results = writeSet({ _lifecycle: ['namespaces/fields/cc/Sequence'] });
    const names = { chaincode: '_lifecycle', executed: '_lifecycle' };
    expect(await validate(transaction({ results, ...names, ...endorsedBy('AMSP') }))).toBe(Code.ENDORSEMENT_POLICY_FAILURE);
    expect(await validate(transaction({ results, ...names }))).toBe(Code.VALID);
  });
});
