import { strict as assert } from 'node:assert';
import { common, peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, CONSORTIUM, definition, GAMMA } from '../world/consortium.js';
import { decodeEnvelope, decodeHeader } from '../world/decoded-block.js';
import { refusalOf } from '../world/refusal.js';

const { channel } = CONSORTIUM;

export const systemBehaviours: readonly Behaviour[] = [
  behaviour('qscc.chain-info', 'GetChainInfo tells height and the newest hashes', async (world) => {
    const { block } = await world.valid('open', 'state:put', [world.key(), 'x']);
    const info = common.BlockchainInfo.deserializeBinary(await world.system('qscc', 'GetChainInfo', [channel]));
    assert.ok(info.getHeight() > block);
    const newest = decodeHeader(await world.block(info.getHeight() - 1));
    assert.deepEqual(Buffer.from(info.getPreviousblockhash_asU8()), Buffer.from(newest.previousHash));
    return undefined;
  }),

  behaviour('qscc.block-by-number', 'GetBlockByNumber tells every block, and refuses one that is not there', async (world) => {
    assert.equal(decodeHeader(await world.block(0)).number, 0);
    const beyond = await refusalOf(world.block(1_000_000));
    const nonsense = await refusalOf(world.system('qscc', 'GetBlockByNumber', [channel, 'x']));
    return { beyond, nonsense };
  }),

  behaviour('qscc.block-by-hash', 'GetBlockByHash finds a block by the hash of its header', async (world) => {
    const { block } = await world.valid('open', 'state:put', [world.key(), 'x']);
    await world.valid('open', 'state:put', [world.key(), 'x']);
    const { previousHash } = decodeHeader(await world.block(block + 1));
    const found = common.Block.deserializeBinary(await world.system('qscc', 'GetBlockByHash', [channel, previousHash]));
    assert.equal(decodeHeader(found).number, block);
    return { unknown: await refusalOf(world.system('qscc', 'GetBlockByHash', [channel, 'a hash of thirty-two bytes, ASCII'])) };
  }),

  behaviour('qscc.transaction', 'GetTransactionByID tells envelope and code, also of an invalid transaction', async (world) => {
    const good = await world.valid('basic', 'state:put', [world.key(), 'x']);
    const bad = await world.submit('basic', 'state:put', [world.key(), 'x'], { endorsers: [ALPHA] });
    const codes: number[] = [];
    for (const { txId } of [good, bad]) {
      const processed = peer.ProcessedTransaction.deserializeBinary(await world.system('qscc', 'GetTransactionByID', [channel, txId]));
      const envelope = processed.getTransactionenvelope()?.serializeBinary() ?? new Uint8Array();
      assert.equal(decodeEnvelope(envelope, 0).txId, txId);
      codes.push(processed.getValidationcode());
    }
    assert.deepEqual(codes, [0, 10]);
    return { unknown: await refusalOf(world.system('qscc', 'GetTransactionByID', [channel, '0'.repeat(64)])) };
  }),

  behaviour('qscc.block-by-transaction', 'GetBlockByTxID finds the block of a transaction', async (world) => {
    const { txId, block } = await world.valid('open', 'state:put', [world.key(), 'x']);
    const found = common.Block.deserializeBinary(await world.system('qscc', 'GetBlockByTxID', [channel, txId], GAMMA));
    assert.equal(decodeHeader(found).number, block);
    return { unknown: await refusalOf(world.system('qscc', 'GetBlockByTxID', [channel, '0'.repeat(64)])) };
  }),

  behaviour('qscc.refusals', 'unknown functions, channels and missing arguments are refused', async (world) => {
    return {
      unknownFunction: await refusalOf(world.system('qscc', 'GetNothing', [channel])),
      unknownChannel: await refusalOf(world.system('qscc', 'GetChainInfo', ['elsewhere'])),
      unknownQuery: await refusalOf(world.system('qscc', 'GetNothing', [channel, 'x'])),
      missing: await refusalOf(world.system('qscc', 'GetBlockByNumber', [channel])),
      nothing: await refusalOf(world.system('qscc', 'GetChainInfo', [])),
    };
  }),

  behaviour('cscc.channels', 'cscc tells channels and configuration', async (world) => {
    const config = common.Config.deserializeBinary(await world.system('cscc', 'GetChannelConfig', [channel]));
    assert.ok(config.getChannelGroup()?.getGroupsMap().get('Application'));
    const block = common.Block.deserializeBinary(await world.system('cscc', 'GetConfigBlock', [channel]));
    assert.equal(block.getData()?.getDataList().length, 1);
    return undefined;
  }),

  behaviour('lifecycle.query', 'the definition of a chaincode can be asked for', async (world) => {
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName('basic');
    const found = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(await world.system('_lifecycle', 'QueryChaincodeDefinition', [args.serializeBinary()]));
    const { version, sequence } = definition('basic');
    assert.deepEqual([found.getVersion(), found.getSequence()], [version, sequence]);
    const collections = found.getCollections()?.getConfigList().map((one) => one.getStaticCollectionConfig()?.getName());
    assert.deepEqual(collections, definition('basic').collections.map(({ name }) => name));
    const approvals = [...found.getApprovalsMap().entries()].sort();
    args.setName('nowhere');
    const unknown = await refusalOf(world.system('_lifecycle', 'QueryChaincodeDefinition', [args.serializeBinary()]));
    return { approvals, unknown, plugins: [found.getEndorsementPlugin(), found.getValidationPlugin()], init: found.getInitRequired() };
  }),

  behaviour('lifecycle.query-all', 'all definitions can be asked for', async (world) => {
    const args = new peer.lifecycle.QueryChaincodeDefinitionsArgs();
    const found = peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(await world.system('_lifecycle', 'QueryChaincodeDefinitions', [args.serializeBinary()]));
    const names = found.getChaincodeDefinitionsList().map((one) => one.getName());
    return { names: [...names].sort() };
  }),

  behaviour('lifecycle.read', 'every transaction reads the sequence of its chaincode’s definition', async (world) => {
    const outcome = await world.valid('basic', 'state:put', [world.key(), 'x']);
    const reads = (await world.transaction(outcome)).endorsed?.namespaces.find(({ name }) => name === '_lifecycle')?.reads;
    assert.deepEqual(reads, ['namespaces/fields/basic/Sequence']);
    return undefined;
  }),

  behaviour('lifecycle.change', 'a definition that changes invalidates what is in flight (11), and holds for what comes', async (world) => {
    const key = world.key();
    const inFlight = await world.endorse('changing', 'state:put', [key, 'x'], { endorsers: [ALPHA, GAMMA] });
    await world.network.updateDefinition({ ...definition('changing'), sequence: 2, endorsementPolicy: `AND('${ALPHA}.peer', '${GAMMA}.peer')` });
    assert.equal((await world.commit(inFlight)).code, 11);
    const codes: number[] = [];
    for (const endorsers of [[ALPHA], [ALPHA, GAMMA]]) {
      codes.push((await world.submit('changing', 'state:put', [key, 'x'], { endorsers })).code);
    }
    assert.deepEqual(codes, [10, 0]);
    const planned = await world.valid('changing', 'state:put', [key, 'y']);
    assert.equal((await world.transaction(planned)).endorsed?.endorsements.length, 2);
    return undefined;
  }),

  behaviour('lifecycle.collections', 'a collection that a new definition brings can be used from then on, where as many members hold a copy as it asks for', async (world) => {
    const key = world.key();
    const before = await world.refused('changing', 'private:put', ['later', key], { transient: { value: 'x' }, endorsers: [ALPHA, GAMMA] });
    const later = { name: 'later', policy: `OR('${ALPHA}.member')`, requiredPeerCount: 0, maxPeerCount: 1, blockToLive: 0, memberOnlyRead: false, memberOnlyWrite: false };
    await world.network.updateDefinition({ ...definition('changing'), sequence: 3, collections: [later, { ...later, name: 'copied', requiredPeerCount: 1 }] });
    await world.valid('changing', 'private:put', ['later', key], { transient: { value: 'x' }, endorsers: [ALPHA] });
    assert.equal(await world.evaluate('changing', 'private:get', ['later', key]), 'x');
    const uncopied = await world.refused('changing', 'private:put', ['copied', key], { transient: { value: 'x' }, endorsers: [ALPHA] });
    return { before, uncopied };
  }),
];
