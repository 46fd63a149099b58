import { status } from '@grpc/grpc-js';
import { CommitError, GatewayError } from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedNetwork } from '../index.js';
import { chaincode, CHANNEL, consortium, mspOf, TestNetwork, text } from '../testing/test-network.js';

const [A, B, C] = ['a', 'b', 'c'].map(mspOf) as [string, string, string];
const generic = chaincode('generic');

let net: TestNetwork;

beforeAll(async () => {
  net = await TestNetwork.start(consortium(['a', 'b', 'c'], [generic]));
});

afterAll(() => net.close());

async function codeOf(work: Promise<unknown>): Promise<number | undefined> {
  const outcome: unknown = await work.catch((cause: unknown) => cause);
  return outcome instanceof CommitError || outcome instanceof GatewayError ? outcome.code : undefined;
}

describe('definitions', () => {
  test('a new one takes effect, and what was endorsed under the old one is a read conflict', async () => {
    const contract = await net.contract(A, 'generic');
    const transaction = await contract.newProposal('put', { arguments: ['in-flight', 'v'] }).endorse();
    await net.network.updateDefinition({ ...generic, endorsementPolicy: `OR('${A}.peer')` });
    const outcome = await (await transaction.submit()).getStatus();
    expect(outcome.code).toBe(peer.TxValidationCode.MVCC_READ_CONFLICT);
    await contract.submit('put', { arguments: ['alone', 'v'], endorsingOrganizations: [A] });
    await net.network.updateDefinition(generic);
    const refused = contract.submit('put', { arguments: ['alone', 'v'], endorsingOrganizations: [A] });
    expect(await codeOf(refused)).toBe(peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
  });

  test('_lifecycle tells them with everybody’s approval', async () => {
    const admin = await net.network.control.issue(A, { name: 'Admin' });
    const lifecycle = (await net.gateway(A, admin)).getNetwork(CHANNEL).getContract('_lifecycle');
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName('generic');
    const bytes = await lifecycle.evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] });
    const result = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(bytes);
    expect(result.getVersion()).toBe('1.0');
    expect(Object.fromEntries(result.getApprovalsMap().entries())).toEqual({ [A]: true, [B]: true, [C]: true });
    const all = await lifecycle.evaluate('QueryChaincodeDefinitions', { arguments: [new Uint8Array()] });
    const names = peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(all).getChaincodeDefinitionsList();
    expect(names.map((definition) => definition.getName())).toEqual(['generic']);
    args.setName('unknown');
    await expect(lifecycle.evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] })).rejects.toMatchObject({
      details: [{ message: 'chaincode response 404, namespace unknown is not defined' }],
    });
  });

  test('a member defines a chaincode through _lifecycle itself', async () => {
    const args = new peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
    args.setName('later');
    args.setVersion('1.0');
    args.setSequence(1);
    for (const mspId of [A, B]) {
      const admin = await net.network.control.issue(mspId, { name: 'Admin' });
      const lifecycle = (await net.gateway(mspId, admin)).getNetwork(CHANNEL).getContract('_lifecycle');
      await lifecycle.submit('ApproveChaincodeDefinitionForMyOrg', { arguments: [args.serializeBinary()], endorsingOrganizations: [mspId] });
    }
    const commit = new peer.lifecycle.CommitChaincodeDefinitionArgs();
    commit.setName('later');
    commit.setVersion('1.0');
    commit.setSequence(1);
    const lifecycle = await net.contract(A, '_lifecycle');
    const readiness = await lifecycle.evaluate('CheckCommitReadiness', { arguments: [commit.serializeBinary()] });
    const approvals = peer.lifecycle.CheckCommitReadinessResult.deserializeBinary(readiness).getApprovalsMap();
    expect(Object.fromEntries(approvals.entries())).toEqual({ [A]: true, [B]: true, [C]: false });
    const unapproved = lifecycle.submit('CommitChaincodeDefinition', { arguments: [commit.serializeBinary()], endorsingOrganizations: [A, C] });
    expect(await codeOf(unapproved)).toBe(status.ABORTED);
    await lifecycle.submit('CommitChaincodeDefinition', { arguments: [commit.serializeBinary()], endorsingOrganizations: [A, B] });
    const client = net.gateway(C).then((gateway) => gateway.getNetwork(CHANNEL).getContract('_lifecycle'));
    const byClient = (await client).submit('ApproveChaincodeDefinitionForMyOrg', { arguments: [args.serializeBinary()], endorsingOrganizations: [C] });
    expect(await codeOf(byClient)).toBe(status.ABORTED);
  });
});

describe('blocks', () => {
  test('qscc answers them by number, hash and transaction, and they are linked and signed', async () => {
    const contract = await net.contract(A, 'generic');
    const submitted = await contract.submitAsync('put', { arguments: ['block', 'v'] });
    const { blockNumber } = await submitted.getStatus();
    const qscc = await net.contract(A, 'qscc');
    const block = common.Block.deserializeBinary(await qscc.evaluateTransaction('GetBlockByNumber', CHANNEL, blockNumber.toString()));
    const byTransaction = await qscc.evaluateTransaction('GetBlockByTxID', CHANNEL, submitted.getTransactionId());
    expect(common.Block.deserializeBinary(byTransaction).toObject()).toEqual(block.toObject());
    const processed = peer.ProcessedTransaction.deserializeBinary(
      await qscc.evaluateTransaction('GetTransactionByID', CHANNEL, submitted.getTransactionId()),
    );
    expect(processed.getValidationcode()).toBe(peer.TxValidationCode.VALID);
    const info = common.BlockchainInfo.deserializeBinary(await qscc.evaluateTransaction('GetChainInfo', CHANNEL));
    const newest = common.Block.deserializeBinary(
      await qscc.evaluate('GetBlockByHash', { arguments: [CHANNEL, info.getCurrentblockhash_asU8()] }),
    );
    expect(newest.getHeader()?.getNumber()).toBe(info.getHeight() - 1);
    expect(createHash('sha256').update(Buffer.concat(block.getData()?.getDataList_asU8() ?? [])).digest()).toEqual(
      Buffer.from(block.getHeader()?.getDataHash_asU8() ?? []),
    );
    expect(signatures(block)).toHaveLength(1);
  });

  test('what is not there is refused in Fabric’s words', async () => {
    const qscc = await net.contract(A, 'qscc');
    await expect(qscc.evaluateTransaction('GetBlockByNumber', CHANNEL, '999999')).rejects.toMatchObject({
      details: [{ message: 'chaincode response 500, Failed to get block number 999999, error no such block number [999999] in index' }],
    });
    await expect(qscc.evaluateTransaction('GetChainInfo', 'elsewhere')).rejects.toMatchObject({
      details: [{ message: 'chaincode response 500, Invalid chain ID, elsewhere' }],
    });
  });

  test('cscc tells the channel’s configuration', async () => {
    const cscc = await net.contract(A, 'cscc');
    const config = common.Config.deserializeBinary(await cscc.evaluateTransaction('GetChannelConfig', CHANNEL));
    const members = config.getChannelGroup()?.getGroupsMap().get('Application')?.getGroupsMap();
    expect([...(members?.keys() ?? [])].sort()).toEqual([A, B, C]);
    const channels = peer.ChannelQueryResponse.deserializeBinary(await cscc.evaluateTransaction('GetChannels'));
    expect(channels.getChannelsList().map((channel) => channel.getChannelId())).toEqual([CHANNEL]);
  });
});

describe('control', () => {
  test('a stopped organisation endorses nothing and comes back at its address', async () => {
    const contract = await net.contract(A, 'generic');
    const before = net.network.peers[C]?.endpoint;
    net.network.control.stop(C);
    expect(await codeOf(contract.submit('put', { arguments: ['k', 'v'], endorsingOrganizations: [A, C] }))).toBe(status.UNAVAILABLE);
    await contract.submitTransaction('put', 'while-c-is-down', 'v');
    await expect((await net.contract(C, 'generic')).evaluateTransaction('get', 'x')).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await net.network.control.start(C);
    expect(net.network.peers[C]?.endpoint).toBe(before);
    expect(text(await (await net.contract(C, 'generic')).evaluateTransaction('get', 'while-c-is-down'))).toBe('v');
  });

  test('a paused organisation answers from its past, and catches up', async () => {
    net.network.control.pause(C);
    await (await net.contract(A, 'generic')).submitTransaction('put', 'while-c-lags', 'v');
    const lagging = await net.contract(C, 'generic');
    expect(text(await lagging.evaluateTransaction('get', 'while-c-lags'))).toBe('');
    await net.network.control.resume(C);
    expect(text(await lagging.evaluateTransaction('get', 'while-c-lags'))).toBe('v');
  });

  test('a revoked identity is refused at once, others of its organisation are not', async () => {
    const leaver = await net.network.control.issue(B, { name: 'leaver' });
    const contract = (await net.gateway(B, leaver)).getNetwork(CHANNEL).getContract('generic');
    await contract.submitTransaction('put', 'before', 'v');
    const inFlight = await contract.newProposal('put', { arguments: ['late', 'v'] }).endorse();
    await net.network.control.revoke(B, 'leaver');
    await expect(contract.evaluateTransaction('get', 'before')).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: [{ message: `error validating proposal: access denied: channel [${CHANNEL}] creator org [${B}]` }],
    });
    await expect(inFlight.submit()).rejects.toMatchObject({ code: status.ABORTED });
    await expect((await net.contract(B, 'generic')).submitTransaction('put', 'after', 'v')).resolves.toBeDefined();
  });

  test('an expired identity and a stranger are refused', async () => {
    const past = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() - 3_600_000) };
    const expired = await net.network.control.issue(A, { name: 'expired', validity: past });
    const contract = (await net.gateway(A, expired)).getNetwork(CHANNEL).getContract('generic');
    await expect(contract.evaluateTransaction('get', 'k')).rejects.toMatchObject({ code: status.UNAVAILABLE });
    await expect(contract.submitTransaction('put', 'k', 'v')).rejects.toMatchObject({
      code: status.ABORTED,
      details: [{ message: 'proposal client identity expired' }],
    });
    const user = await net.network.control.issue(B, { name: 'user' });
    const impostor = Object.assign(Object.create(Object.getPrototypeOf(user) as object) as typeof user, user, { mspId: A });
    const strange = (await net.gateway(A, impostor)).getNetwork(CHANNEL).getContract('generic');
    await expect(strange.evaluateTransaction('get', 'k')).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      details: [{ message: expect.stringContaining('creator org unknown, creator is malformed') as string }],
    });
  });
});

test('a network that is started again goes on where it stopped', async () => {
  await (await net.contract(A, 'generic')).submitTransaction('put', 'kept', 'v');
  const { height } = net.network.ledger.chainInfo(A);
  await net.restart();
  expect(net.network.ledger.chainInfo(A).height).toBe(height);
  const contract = await net.contract(B, 'generic');
  expect(text(await contract.evaluateTransaction('get', 'kept'))).toBe('v');
  await contract.submitTransaction('put', 'after-restart', 'v');
  const leaver = await net.network.control.issue(B, { name: 'leaver' });
  const revoked = (await net.gateway(B, leaver)).getNetwork(CHANNEL).getContract('generic');
  expect(await codeOf(revoked.evaluateTransaction('get', 'kept'))).toBe(status.FAILED_PRECONDITION);
});

test('a definition whose sequence the configuration raises is put in force at the next start', async () => {
  const [first] = net.config.chaincodes;
  const sequence = await committedSequence();
  const raised = { ...generic, ...first, sequence: sequence + 1 };
  await net.restart({ ...net.config, chaincodes: [raised] });
  expect(await committedSequence()).toBe(sequence + 1);
  await net.restart({ ...net.config, chaincodes: [raised] });
  expect(await committedSequence()).toBe(sequence + 1);
});

test('an approval that was given before is no obstacle to committing the definition', async () => {
  const version = '1.0';
  const approval = new peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
  approval.setName('half-defined');
  approval.setVersion(version);
  approval.setSequence(1);
  const local = new peer.lifecycle.ChaincodeSource.Local();
  local.setPackageId(`half-defined:${version}`);
  const source = new peer.lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  approval.setSource(source);
  const admin = await net.network.control.issue(B, { name: 'Admin' });
  const lifecycle = (await net.gateway(B, admin)).getNetwork(CHANNEL).getContract('_lifecycle');
  await lifecycle.submit('ApproveChaincodeDefinitionForMyOrg', { arguments: [approval.serializeBinary()], endorsingOrganizations: [B] });
  await expect(net.network.updateDefinition(chaincode('half-defined'))).resolves.toBeUndefined();
});

test('a folder of another consortium is refused before anything is written', async () => {
  const other = consortium(['a', 'stranger'], []);
  await expect(startEmbeddedNetwork({ config: other, directory: net.directory })).rejects.toThrow(
    'holds the network of another configuration: it knows nothing of STRANGERMSP',
  );
  expect(await readdir(join(net.network.organizationsPath, 'peerOrganizations'))).not.toContain('stranger.example');
  const elsewhere = { ...consortium(['a'], []), channel: 'elsewhere' };
  await expect(startEmbeddedNetwork({ config: elsewhere, directory: net.directory })).rejects.toThrow(`its channel is ${CHANNEL}`);
});

async function committedSequence(): Promise<number> {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName('generic');
  const lifecycle = await net.contract(A, '_lifecycle');
  const bytes = await lifecycle.evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] });
  return peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(bytes).getSequence();
}

test('20 organisations agree', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `o${index}`);
  const many = await TestNetwork.start(consortium(names, [generic]));
  try {
    const contract = await many.contract(mspOf('o7'), 'generic');
    await contract.submitTransaction('put', 'k', 'v');
    const last = await many.contract(mspOf('o19'), 'generic');
    expect(text(await last.evaluateTransaction('get', 'k'))).toBe('v');
  } finally {
    await many.close();
  }
}, 60_000);

function signatures(block: common.Block): common.MetadataSignature[] {
  const slot = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
  return common.Metadata.deserializeBinary(slot ?? new Uint8Array()).getSignaturesList();
}
