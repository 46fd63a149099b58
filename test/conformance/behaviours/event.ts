import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChaincodeEvent, checkpointers, type CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { common, type peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, GAMMA, implicit } from '../world/consortium.js';
import type { World } from '../world/world.js';

/** The first `count` of a stream, which is closed then. */
async function take<T>(stream: CloseableAsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  try {
    for await (const item of stream) {
      taken.push(item);
      if (taken.length === count) {
        break;
      }
    }
    return taken;
  } finally {
    stream.close();
  }
}

/** Sets an event named by the caller in a transaction of its own. */
async function emit(world: World, name: string, payload: string): Promise<{ readonly txId: string; readonly block: number }> {
  return world.valid('open', 'call:event', [name, payload, world.key()]);
}

/** What a filtered transaction says about chaincode events. */
function eventsOf(transaction: peer.FilteredTransaction | undefined): readonly peer.FilteredChaincodeAction[] {
  return transaction?.getTransactionActions()?.getChaincodeActionsList() ?? [];
}

const facts = ({ eventName, payload, transactionId, blockNumber, chaincodeName }: ChaincodeEvent): readonly unknown[] =>
  [chaincodeName, eventName, Buffer.from(payload).toString(), transactionId, Number(blockNumber)];

export const eventBehaviours: readonly Behaviour[] = [
  behaviour('event.chaincode.live', 'a chaincode’s events arrive as they are committed, in order', async (world) => {
    const stream = await (await world.channel()).getChaincodeEvents('open');
    const arriving = take(stream, 2);
    const first = await emit(world, 'admitted', 'one');
    const second = await emit(world, 'discharged', 'two');
    assert.deepEqual((await arriving).map(facts), [
      ['open', 'admitted', 'one', first.txId, first.block], ['open', 'discharged', 'two', second.txId, second.block],
    ]);
    return undefined;
  }),

  behaviour('event.chaincode.start-block', 'events can be read from a block on', async (world) => {
    const first = await emit(world, 'a', '1');
    const second = await emit(world, 'b', '2');
    const network = await world.channel(BETA);
    const both = await take(await network.getChaincodeEvents('open', { startBlock: BigInt(first.block) }), 2);
    const one = await take(await network.getChaincodeEvents('open', { startBlock: BigInt(second.block) }), 1);
    assert.deepEqual([both.map(({ eventName }) => eventName), one.map(({ eventName }) => eventName)], [['a', 'b'], ['b']]);
    return undefined;
  }),

  behaviour('event.chaincode.checkpoint', 'reading goes on behind a checkpoint, also within a block', async (world) => {
    const transactions = await Promise.all(['1', '2', '3'].map((value) => world.endorse('open', 'call:event', ['batch', value, world.key()])));
    const outcomes = await Promise.all(transactions.map((transaction) => world.commit(transaction)));
    const startBlock = BigInt(Math.min(...outcomes.map(({ block }) => block)));
    const network = await world.channel();
    const folder = await mkdtemp(join(tmpdir(), 'medaccord-checkpoint-'));
    try {
      const seen: string[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const checkpointer = await checkpointers.file(join(folder, 'checkpoint.json'));
        const [event] = await take(await network.getChaincodeEvents('open', { startBlock, checkpoint: checkpointer }), 1);
        if (event !== undefined) {
          seen.push(event.transactionId);
          await checkpointer.checkpointChaincodeEvent(event);
        }
      }
      assert.deepEqual([...seen].sort(), outcomes.map(({ txId }) => txId).sort());
      return undefined;
    } finally {
      await rm(folder, { recursive: true });
    }
  }),

  behaviour('event.chaincode.others', 'events of other chaincodes do not arrive', async (world) => {
    const { block } = await emit(world, 'mine', 'x');
    await world.valid('basic', 'call:event', ['theirs', 'x', world.key()]);
    const last = await emit(world, 'mine too', 'x');
    const events = await take(await (await world.channel()).getChaincodeEvents('open', { startBlock: BigInt(block) }), 2);
    assert.deepEqual(events.map(({ transactionId }) => transactionId)[1], last.txId);
    return undefined;
  }),

  behaviour('event.chaincode.valid-only', 'events of invalid transactions do not arrive', async (world) => {
    const { block } = await world.valid('basic', 'call:event', ['before', 'x', world.key()]);
    const invalid = await world.submit('basic', 'call:event', ['invalid', 'x', world.key()], { endorsers: [ALPHA] });
    await world.valid('basic', 'call:event', ['after', 'x', world.key()]);
    assert.equal(invalid.code, 10);
    const events = await take(await (await world.channel()).getChaincodeEvents('basic', { startBlock: BigInt(block) }), 2);
    assert.deepEqual(events.map(({ eventName }) => eventName), ['before', 'after']);
    return undefined;
  }),

  behaviour('event.chaincode.last-wins', 'a transaction has one event: the last one set, the outermost chaincode’s', async (world) => {
    const { block } = await world.valid('open', 'call:twoEvents', [world.key()]);
    const nested = await world.valid('open', 'call:eventAndCall', [world.key(), 'basic'], { endorsers: [ALPHA, BETA] });
    const events = await take(await (await world.channel()).getChaincodeEvents('open', { startBlock: BigInt(block) }), 2);
    assert.deepEqual(events.map(({ eventName }) => eventName), ['second', 'outer']);
    assert.equal((await world.transaction(nested)).endorsed?.event?.name, 'outer');
    return undefined;
  }),

  behaviour('event.chaincode.evaluate', 'evaluating sends no event', async (world) => {
    const { block } = await emit(world, 'before', 'x');
    await world.evaluate('open', 'call:event', ['only evaluated', 'x', world.key()]);
    await emit(world, 'after', 'x');
    const events = await take(await (await world.channel()).getChaincodeEvents('open', { startBlock: BigInt(block) }), 2);
    assert.deepEqual(events.map(({ eventName }) => eventName), ['before', 'after']);
    return undefined;
  }),

  behaviour('event.block', 'blocks arrive from a block on, each once and in order, the same at every peer', async (world) => {
    await world.valid('open', 'state:put', [world.key(), 'x']);
    const height = await world.height();
    const at = async (mspId: string): Promise<common.Block[]> => take(await (await world.channel(mspId)).getBlockEvents({ startBlock: 0n }), height);
    const [alpha, beta] = [await at(ALPHA), await at(GAMMA)];
    assert.deepEqual(alpha.map((block) => block.getHeader()?.getNumber()), Array.from({ length: height }, (_, number) => number));
    const bytes = (block: common.Block): string => `${Buffer.from(block.getHeader()?.serializeBinary() ?? []).toString('hex')} ${Buffer.from(block.getData()?.serializeBinary() ?? []).toString('hex')}`;
    assert.deepEqual(alpha.map(bytes), beta.map(bytes));
    return undefined;
  }),

  behaviour('event.block.live', 'new blocks arrive without being asked for again', async (world) => {
    const stream = await (await world.channel()).getBlockEvents();
    const arriving = take(stream, 1);
    const { block } = await world.valid('open', 'state:put', [world.key(), 'x']);
    const [first] = await arriving;
    assert.ok((first?.getHeader()?.getNumber() ?? 0) <= block);
    return undefined;
  }),

  behaviour('event.block.checkpoint', 'reading blocks goes on behind a checkpoint', async (world) => {
    const { block } = await world.valid('open', 'state:put', [world.key(), 'x']);
    await world.valid('open', 'state:put', [world.key(), 'x']);
    const checkpoint = checkpointers.inMemory();
    await checkpoint.checkpointBlock(BigInt(block));
    const [next] = await take(await (await world.channel()).getBlockEvents({ startBlock: 0n, checkpoint }), 1);
    assert.equal(next?.getHeader()?.getNumber(), block + 1);
    return undefined;
  }),

  behaviour('event.filtered', 'filtered blocks tell ids, codes and event names, and no values', async (world) => {
    const key = world.key();
    const good = await emit(world, 'filtered', `payload ${key}`);
    const bad = await world.submit('basic', 'state:put', [key, 'x'], { endorsers: [ALPHA] });
    const blocks = await take(await (await world.channel()).getFilteredBlockEvents({ startBlock: BigInt(good.block) }), bad.block - good.block + 1);
    const transactions = blocks.flatMap((block) => block.getFilteredTransactionsList());
    const find = (txId: string): peer.FilteredTransaction | undefined => transactions.find((one) => one.getTxid() === txId);
    assert.deepEqual([find(good.txId)?.getTxValidationCode(), find(bad.txId)?.getTxValidationCode()], [0, 10]);
    assert.equal(find(good.txId)?.getType(), common.HeaderType.ENDORSER_TRANSACTION);
    const event = eventsOf(find(good.txId))[0]?.getChaincodeEvent();
    assert.equal(event?.getEventName(), 'filtered');
    assert.equal(event.getPayload_asU8().length, 0);
    assert.equal(blocks.some((block) => Buffer.from(block.serializeBinary()).includes(`payload ${key}`)), false);
    const [genesis] = await take(await (await world.channel()).getFilteredBlockEvents({ startBlock: 0n }), 1);
    const first = genesis?.getFilteredTransactionsList().map((one) => [one.getType(), one.getTxValidationCode()]);
    return { genesis: first, channel: blocks[0]?.getChannelId(), invalidEvents: eventsOf(find(bad.txId)).length };
  }),

  behaviour('event.private', 'blocks with private data have the values for members and none for others', async (world) => {
    const key = world.key();
    const both = await world.valid('basic', 'private:putAll', [JSON.stringify(['shared', implicit(ALPHA)]), key], { transient: { value: `secret ${key}` }, endorsers: [ALPHA, BETA] });
    const collectionsAt = async (mspId: string): Promise<readonly string[]> => {
      const [block] = await take(await (await world.channel(mspId)).getBlockAndPrivateDataEvents({ startBlock: BigInt(both.block) }), 1);
      const sets = [...(block?.getPrivateDataMapMap().entries() ?? [])].map(([, set]) => set);
      return sets.flatMap((set) => set.getNsPvtRwsetList()).flatMap((namespace) => namespace.getCollectionPvtRwsetList()).map((collection) => collection.getCollectionName()).sort();
    };
    assert.deepEqual([await collectionsAt(ALPHA), await collectionsAt(BETA), await collectionsAt(GAMMA)], [[implicit(ALPHA), 'shared'], ['shared'], []]);
    return undefined;
  }),
];
