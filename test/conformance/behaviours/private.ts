import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { ledger } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour, behaviourNeeding } from '../behaviour.js';
import { ALPHA, BETA, GAMMA, implicit } from '../world/consortium.js';
import { mspIdsOf } from '../world/decoded-block.js';
import type { Call, Outcome, World } from '../world/world.js';

const BOTH: Call = { endorsers: [ALPHA, BETA] };
const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

/** Writes a private value with the endorsement of both members. */
async function put(world: World, collection: string, key: string, value: string, call: Call = BOTH): Promise<Outcome> {
  return world.valid('basic', 'private:put', [collection, key], { ...call, transient: { value } });
}

/** The value as a member's peer answers it once it has it; the members' peers may get it a moment after the block. */
async function valueAt(world: World, mspId: string, collection: string, key: string): Promise<string> {
  return world.evaluate('basic', 'private:get', [collection, key], { at: mspId, endorsers: [mspId] });
}

export const privateBehaviours: readonly Behaviour[] = [
  behaviour('private.members-only', 'members’ peers have the value, others’ do not', async (world) => {
    const key = world.key();
    await put(world, 'shared', key, 'a secret');
    assert.equal(await valueAt(world, ALPHA, 'shared', key), 'a secret');
    assert.equal(await valueAt(world, BETA, 'shared', key), 'a secret');
    return { outside: await world.refusedQuery('basic', 'private:get', ['shared', key], { at: GAMMA, endorsers: [GAMMA] }) };
  }),

  behaviour('private.absent', 'a private key that was never written is absent at members; others cannot ask', async (world) => {
    const key = world.key();
    assert.equal(await valueAt(world, ALPHA, 'shared', key), '');
    const outside = await world.evaluate('basic', 'private:get', ['shared', key], { at: GAMMA, endorsers: [GAMMA] }).catch((error: unknown) => (error as { message: string }).message);
    return { outside };
  }),

  behaviour('private.disseminated', 'a value that one member’s peer endorsed reaches the other members', async (world) => {
    const key = world.key();
    const written = await world.submit('open', 'private:put', [implicit(ALPHA), key], { transient: { value: 'x' }, endorsers: [ALPHA] });
    assert.equal(written.code, 0);
    await put(world, 'shared', key, 'from alpha and gamma', { endorsers: [ALPHA, GAMMA] });
    assert.equal(await valueAt(world, ALPHA, 'shared', key), 'from alpha and gamma');
    await eventually(async () => { assert.equal(await valueAt(world, BETA, 'shared', key), 'from alpha and gamma'); });
    return undefined;
  }),

  behaviour('private.hash-on-chain', 'the block has hashes of key and value and neither of them', async (world) => {
    const key = world.key();
    const value = `a secret ${key}`;
    const outcome = await put(world, implicit(ALPHA), key, value, { endorsers: [ALPHA] });
    const block = Buffer.from((await world.block(outcome.block)).serializeBinary());
    assert.equal(block.includes(value), false);
    const transaction = await world.transaction(outcome);
    const collection = transaction.endorsed?.namespaces.find(({ name }) => name === 'basic')?.collections.find(({ name }) => name === implicit(ALPHA));
    const [write] = collection?.hashedWrites ?? [];
    assert.equal(Buffer.from(write?.getKeyHash_asU8() ?? []).toString('hex'), sha256(key));
    assert.equal(Buffer.from(write?.getValueHash_asU8() ?? []).toString('hex'), sha256(value));
    return undefined;
  }),

  behaviour('private.hash-everywhere', 'every peer tells the hash, member or not; none where there is no value', async (world) => {
    const key = world.key();
    await put(world, 'shared', key, 'a secret');
    for (const at of [ALPHA, BETA, GAMMA]) {
      assert.equal(await world.evaluate('basic', 'private:hash', ['shared', key], { at, endorsers: [at] }), sha256('a secret'));
    }
    assert.equal(await world.evaluate('basic', 'private:hash', ['shared', world.key()], { at: GAMMA, endorsers: [GAMMA] }), '');
    return undefined;
  }),

  behaviour('private.own-writes', 'a transaction does not see its own private writes', async (world) => {
    const key = world.key();
    await put(world, 'shared', key, 'before');
    const outcome = await world.valid('basic', 'private:putThenGet', ['shared', key], { ...BOTH, transient: { value: 'after' } });
    assert.equal(outcome.result, 'before');
    assert.equal(await valueAt(world, ALPHA, 'shared', key), 'after');
    return undefined;
  }),

  behaviour('private.implicit.own-endorsement', 'a write to an implicit collection needs its organisation’s endorsement and no other', async (world) => {
    const key = world.key();
    const write = async (collections: readonly string[], ...endorsers: readonly string[]): Promise<number> =>
      (await world.submit('basic', 'private:putAll', [JSON.stringify(collections), key], { transient: { value: 'x' }, endorsers })).code;
    assert.equal(await write([implicit(ALPHA)], ALPHA), 0);
    assert.equal(await write([implicit(BETA)], ALPHA), 10);
    assert.equal(await write([implicit(BETA)], ALPHA, GAMMA), 10);
    assert.equal(await write([implicit(BETA)], BETA), 0);
    assert.equal(await write([implicit(ALPHA), implicit(BETA)], ALPHA), 10);
    assert.equal(await write([implicit(ALPHA), implicit(BETA)], BETA, GAMMA), 10);
    assert.equal(await write([implicit(ALPHA), implicit(BETA)], ALPHA, BETA), 0);
    return undefined;
  }),

  behaviour('private.implicit.with-public', 'beside a public write the chaincode’s policy counts as well', async (world) => {
    const key = world.key();
    const transient = { value: 'x' };
    await put(world, implicit(ALPHA), key, 'x', { endorsers: [ALPHA] });
    const write = async (...endorsers: readonly string[]): Promise<number> =>
      (await world.submit('basic', 'private:getThenPut', [implicit(ALPHA), key, world.key()], { transient, endorsers })).code;
    assert.deepEqual([await write(ALPHA)], [10]);
    return undefined;
  }),

  behaviour('private.implicit.unknown', 'an implicit collection of no organisation does not exist', async (world) => {
    const refusal = await world.refused('basic', 'private:put', [implicit('NobodyMSP'), world.key()], { transient: { value: 'x' }, endorsers: [ALPHA] });
    return { refusal };
  }),

  behaviour('private.collection-policy', 'a collection’s own endorsement policy replaces the chaincode’s', async (world) => {
    const key = world.key();
    const write = async (...endorsers: readonly string[]): Promise<number> =>
      (await world.submit('basic', 'private:put', ['guarded', key], { transient: { value: 'x' }, endorsers })).code;
    assert.deepEqual([await write(ALPHA), await write(ALPHA, GAMMA), await write(ALPHA, BETA)], [10, 10, 0]);
    const planned = await world.valid('basic', 'private:put', ['guarded', key], { transient: { value: 'y' } });
    assert.equal(planned.code, 0);
    return undefined;
  }),

  behaviour('private.collection.undefined', 'a collection that is not defined cannot be used', async (world) => {
    const write = await world.refused('basic', 'private:put', ['nowhere', world.key()], { transient: { value: 'x' }, endorsers: [ALPHA] });
    const read = await world.refusedQuery('basic', 'private:get', ['nowhere', 'x']);
    const hash = await world.refusedQuery('basic', 'private:hash', ['nowhere', 'x']);
    return { write, read, hash };
  }),

  behaviour('private.member-only', 'where a collection says so, only members’ clients read and write', async (world) => {
    const key = world.key();
    const transient = { value: 'x' };
    await put(world, 'members', key, 'secret');
    assert.equal(await valueAt(world, BETA, 'members', key), 'secret');
    const gateway = await world.clients.tester(GAMMA);
    const read = await world.refusedQuery('basic', 'private:get', ['members', key], { gateway, endorsers: [ALPHA] });
    const write = await world.refused('basic', 'private:put', ['members', key], { gateway, transient, endorsers: [ALPHA, BETA] });
    const remove = await world.refused('basic', 'private:remove', ['members', key], { gateway, endorsers: [ALPHA, BETA] });
    const purge = await world.refused('basic', 'private:purge', ['members', key], { gateway, endorsers: [ALPHA, BETA] });
    const hash = await world.evaluate('basic', 'private:hash', ['members', key], { gateway, endorsers: [GAMMA] });
    // A collection without that rule takes any client.
    await world.valid('basic', 'private:put', ['shared', key], { gateway, transient, endorsers: [ALPHA, BETA] });
    assert.equal(await world.evaluate('basic', 'private:get', ['shared', key], { gateway, endorsers: [ALPHA] }), 'x');
    return { read, write, remove, purge, hash };
  }),

  behaviour('private.delete', 'deleting removes the value at members and the hash everywhere', async (world) => {
    const key = world.key();
    await put(world, 'shared', key, 'secret');
    await world.valid('basic', 'private:remove', ['shared', key], BOTH);
    assert.equal(await valueAt(world, BETA, 'shared', key), '');
    assert.equal(await world.evaluate('basic', 'private:hash', ['shared', key], { at: GAMMA, endorsers: [GAMMA] }), '');
    return undefined;
  }),

  behaviour('private.block-to-live', 'after its number of blocks a value is gone, and its hash with it', async (world) => {
    const key = world.key();
    const { block } = await put(world, 'brief', key, 'fleeting');
    const readable: boolean[] = [];
    for (let age = 0; age <= 4; age += 1) {
      readable.push((await world.evaluate('basic', 'private:get', ['brief', key])) === 'fleeting');
      const next = await world.valid('basic', 'state:put', [world.key(), 'one block more']);
      assert.equal(next.block, block + age + 1);
    }
    const hash = await world.evaluate('basic', 'private:hash', ['brief', key], { at: GAMMA, endorsers: [GAMMA] });
    assert.equal(readable[0], true);
    assert.equal(readable.at(-1), false);
    return { readable, hash };
  }),

  behaviour('private.block-to-live.rewritten', 'a new write starts its life anew', async (world) => {
    const key = world.key();
    await put(world, 'brief', key, 'first');
    await put(world, 'brief', key, 'second');
    for (let age = 0; age < 2; age += 1) {
      await world.valid('basic', 'state:put', [world.key(), 'x']);
    }
    assert.equal(await world.evaluate('basic', 'private:get', ['brief', key]), 'second');
    return undefined;
  }),

  behaviour('private.purge', 'purging removes the value, the hash, and the value from the blocks’ private data', async (world) => {
    const key = world.key();
    const written = await put(world, 'shared', key, 'to be forgotten');
    const updated = await put(world, 'shared', key, 'to be forgotten too');
    const before = await privateWrites(world, written.block);
    const purged = await world.valid('basic', 'private:purge', ['shared', key], BOTH);
    assert.equal(await valueAt(world, ALPHA, 'shared', key), '');
    assert.equal(await world.evaluate('basic', 'private:hash', ['shared', key], { at: GAMMA, endorsers: [GAMMA] }), '');
    const write = (await world.transaction(purged)).endorsed?.namespaces.find(({ name }) => name === 'basic')?.collections[0]?.hashedWrites[0];
    assert.deepEqual([write?.getIsPurge(), write?.getIsDelete()], [true, true]);
    const after = [...(await privateWrites(world, written.block)), ...(await privateWrites(world, updated.block))];
    assert.deepEqual(before, ['to be forgotten']);
    assert.deepEqual(after, []);
    return undefined;
  }),

  behaviour('private.range', 'members read private ranges in order; others cannot', async (world) => {
    const prefix = world.key();
    for (const name of ['b', 'a', 'c']) {
      await put(world, 'shared', prefix + name, name);
    }
    const found = await world.query<{ value: string }[]>('basic', 'private:range', ['shared', prefix, `${prefix}c`]);
    assert.deepEqual(found.map(({ value }) => value), ['a', 'b']);
    const outside = await world.query('basic', 'private:range', ['shared', prefix, `${prefix}~`], { at: GAMMA, endorsers: [GAMMA] }).catch((error: unknown) => (error as { message: string }).message);
    return { outside };
  }),

  behaviour('private.range.write', 'a transaction that reads a private range may not write, and the other way round', async (world) => {
    const prefix = world.key();
    await put(world, 'shared', prefix, 'x');
    const readFirst = await world.refused('basic', 'private:rangeThenPut', ['shared', prefix, `${prefix}~`], BOTH);
    const writeFirst = await world.refused('basic', 'private:putThenRange', ['shared', prefix, `${prefix}~`], BOTH);
    return { readFirst, writeFirst };
  }),

  behaviour('private.composite', 'private composite keys are found by their first attributes', async (world) => {
    const type = world.key();
    for (const attributes of [['a', '2'], ['a', '1'], ['b', '1']]) {
      await world.valid('basic', 'private:putComposite', ['shared', type, JSON.stringify(attributes)], { ...BOTH, transient: { value: attributes.join('') } });
    }
    assert.deepEqual(await world.query('basic', 'private:partial', ['shared', type, JSON.stringify(['a'])]), ['a1', 'a2']);
    return undefined;
  }),

  behaviour('private.invalid-writes-nothing', 'private values of an invalid transaction do not become state', async (world) => {
    const key = world.key();
    const outcome = await world.submit('basic', 'private:put', ['guarded', key], { transient: { value: 'never' }, endorsers: [ALPHA] });
    assert.equal(outcome.code, 10);
    assert.equal(await valueAt(world, ALPHA, 'guarded', key), '');
    return { delivered: (await privateWrites(world, outcome.block)).length };
  }),

  behaviour('private.chaincode-alone', 'collections belong to one chaincode: another’s of the same name is another', async (world) => {
    const key = world.key();
    await put(world, implicit(ALPHA), key, 'of basic', { endorsers: [ALPHA] });
    assert.equal(await world.evaluate('open', 'private:get', [implicit(ALPHA), key]), '');
    return undefined;
  }),

  behaviourNeeding(['lose-private-data'], 'private.missing', 'a member whose peer has the hash and lacks the value says so, and catches up', async (world) => {
    const key = world.key();
    await world.network.losePrivateData(BETA, true);
    try {
      await put(world, 'shared', key, 'lost on the way');
      assert.equal(await valueAt(world, ALPHA, 'shared', key), 'lost on the way');
      const missing = await world.refusedQuery('basic', 'private:get', ['shared', key], { at: BETA, endorsers: [BETA] });
      assert.ok(JSON.stringify(missing).includes('private data matching public hash version is not available'), JSON.stringify(missing));
      assert.equal(await world.evaluate('basic', 'private:hash', ['shared', key], { at: BETA, endorsers: [BETA] }), sha256('lost on the way'));
      return { missing };
    } finally {
      await world.network.losePrivateData(BETA, false);
    }
  }),

  behaviour('private.same-names', 'two chaincodes that write the same key and value in collections of the same name have each their own', async (world) => {
    const key = world.key();
    const inner = JSON.stringify(['private:put', implicit(ALPHA), key]);
    const endorsed = { transient: { value: 'twice' }, endorsers: [ALPHA] };
    const { block } = await world.valid('open', 'call:putPrivateAndCall', [implicit(ALPHA), key, 'secured', inner], endorsed);
    const valueOf = (chaincode: string): Promise<string> => world.evaluate(chaincode, 'private:get', [implicit(ALPHA), key]);
    assert.deepEqual([await valueOf('open'), await valueOf('secured'), await privateWrites(world, block)], ['twice', 'twice', ['twice', 'twice']]);
    await world.valid('open', 'private:purge', [implicit(ALPHA), key], { endorsers: [ALPHA] });
    assert.deepEqual([await valueOf('open'), await valueOf('secured'), await privateWrites(world, block)], ['', 'twice', ['twice']]);
    return undefined;
  }),

  behaviour('private.endorsed-again', 'of several values that one proposal led to, that of the ordered transaction counts', async (world) => {
    const key = world.key();
    const contract = (await world.channel()).getContract('basic');
    const proposal = contract.newProposal('fault:differentPrivate', { arguments: [implicit(ALPHA), key], endorsingOrganizations: [ALPHA] });
    await proposal.endorse();
    assert.equal((await world.commit(await proposal.endorse())).code, 0);
    const value = await valueAt(world, ALPHA, implicit(ALPHA), key);
    assert.equal(sha256(value), await world.evaluate('basic', 'private:hash', [implicit(ALPHA), key]));
    return undefined;
  }),

  behaviour('private.plan.without-transient', 'without transient data any organisation may endorse a write to a collection', async (world) => {
    const key = world.key();
    await put(world, 'shared', key, 'x');
    const removed = await world.valid('basic', 'private:remove', ['shared', key], { at: GAMMA });
    const endorsers = mspIdsOf((await world.transaction(removed)).endorsed?.endorsements ?? []);
    assert.ok(endorsers.includes(GAMMA), endorsers.join(', '));
    return undefined;
  }),
];

/** Values of a block's private data as Alpha's peer keeps them, by the deliver service. */
async function privateWrites(world: World, block: number): Promise<readonly string[]> {
  const events = await (await world.channel()).getBlockAndPrivateDataEvents({ startBlock: BigInt(block) });
  try {
    for await (const event of events) {
      const sets = [...event.getPrivateDataMapMap().entries()].map(([, set]) => set);
      return sets.flatMap((set) => set.getNsPvtRwsetList()).flatMap((namespace) => namespace.getCollectionPvtRwsetList()).flatMap((collection) =>
        ledger.rwset.kvrwset.KVRWSet.deserializeBinary(collection.getRwset_asU8()).getWritesList().map((write) => Buffer.from(write.getValue_asU8()).toString()));
    }
    return [];
  } finally {
    events.close();
  }
}

/** Tries again until it holds: peers fetch missing values from each other in their own time. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
  }
}
