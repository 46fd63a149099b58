import { strict as assert } from 'node:assert';
import type { Transaction } from '@hyperledger/fabric-gateway';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, implicit } from '../world/consortium.js';
import { decodeTransactions } from '../world/decoded-block.js';
import type { Call, Outcome, World } from '../world/world.js';

type Step = readonly [name: string, args: readonly string[], call?: Call];

/** Has two transactions endorsed on the same state, commits them one after another and answers both codes. */
async function race(world: World, first: Step, second: Step): Promise<readonly [number, number]> {
  const one = await world.endorse('basic', first[0], first[1], first[2]);
  const two = await world.endorse('basic', second[0], second[1], second[2]);
  return [(await world.commit(one)).code, (await world.commit(two)).code];
}

/** Submits two at once, so that they come into one block where the orderer lets them. */
async function commitTogether(world: World, first: Transaction, second: Transaction): Promise<readonly [Outcome, Outcome]> {
  return Promise.all([world.commit(first), world.commit(second)]);
}

/** True where the first stands before the second in their block. */
async function isOrdered(world: World, first: Outcome, second: Outcome): Promise<boolean> {
  const order = decodeTransactions(await world.block(first.block)).map(({ txId }) => txId);
  return order.indexOf(first.txId) < order.indexOf(second.txId);
}

/** Three keys `<prefix>000` to `<prefix>002`. */
async function threeKeys(world: World): Promise<string> {
  const prefix = world.key();
  await world.valid('basic', 'state:putMany', [prefix, '3']);
  return prefix;
}

export const mvccBehaviours: readonly Behaviour[] = [
  behaviour('mvcc.read-conflict', 'a transaction that read a key which changed before it commits is invalid (11) and changes nothing', async (world) => {
    const key = world.key();
    const other = world.key();
    await world.valid('basic', 'state:put', [key, 'old']);
    assert.deepEqual(await race(world, ['state:put', [key, 'new']], ['state:copy', [key, other]]), [0, 11]);
    assert.equal(await world.evaluate('basic', 'state:get', [other]), '');
    return undefined;
  }),

  behaviour('mvcc.read-conflict.absent', 'having read that a key is absent is a read as well', async (world) => {
    const key = world.key();
    assert.deepEqual(await race(world, ['state:put', [key, 'new']], ['state:copy', [key, world.key()]]), [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.read-conflict.deleted', 'a key that was deleted has changed', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'old']);
    assert.deepEqual(await race(world, ['state:remove', [key]], ['state:copy', [key, world.key()]]), [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.read-conflict.same-value', 'a key that was written with the same value has changed', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'same']);
    assert.deepEqual(await race(world, ['state:put', [key, 'same']], ['state:copy', [key, world.key()]]), [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.read-conflict.metadata', 'a key whose policy was set has changed', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'x']);
    assert.deepEqual(await race(world, ['policy:set', [key, JSON.stringify([ALPHA])]], ['state:copy', [key, world.key()]]), [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.read-conflict.first-wins', 'of two that read and write the same key the first ordered wins', async (world) => {
    const key = world.key();
    assert.deepEqual(await race(world, ['state:copy', [key, key]], ['state:copy', [key, key]]), [0, 11]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '*');
    return undefined;
  }),

  behaviour('mvcc.write-only', 'writes without reads do not conflict: the last one stands', async (world) => {
    const key = world.key();
    assert.deepEqual(await race(world, ['state:put', [key, 'first']], ['state:put', [key, 'second']]), [0, 0]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'second');
    return undefined;
  }),

  behaviour('mvcc.same-block', 'conflicts are found within one block, in its order', async (world) => {
    const key = world.key();
    const endorsed = await Promise.all([1, 2, 3, 4].map(() => world.endorse('basic', 'state:copy', [key, key])));
    const outcomes = await Promise.all(endorsed.map((transaction) => world.commit(transaction)));
    const codes = outcomes.map(({ code }) => code).sort((a, b) => a - b);
    assert.deepEqual(codes, [0, 11, 11, 11]);
    const winner = outcomes.find(({ code }) => code === 0);
    const order = decodeTransactions(await world.block(winner?.block ?? 0)).map(({ txId }) => txId);
    const inSameBlock = outcomes.filter(({ block }) => block === winner?.block);
    assert.equal(inSameBlock.map(({ txId }) => order.indexOf(txId)).sort((a, b) => a - b)[0], order.indexOf(winner?.txId ?? ''));
    return undefined;
  }),

  behaviour('mvcc.phantom.insert', 'a range that grew before the transaction commits: invalid (12)', async (world) => {
    const prefix = await threeKeys(world);
    assert.deepEqual(await race(world, ['state:put', [`${prefix}001a`, 'new']], ['query:rangeThenPut', [prefix, `${prefix}~`, world.key()]]), [0, 12]);
    return undefined;
  }),

  behaviour('mvcc.phantom.delete', 'a range that shrank: invalid (12)', async (world) => {
    const prefix = await threeKeys(world);
    assert.deepEqual(await race(world, ['state:remove', [`${prefix}001`]], ['query:rangeThenPut', [prefix, `${prefix}~`, world.key()]]), [0, 12]);
    return undefined;
  }),

  behaviour('mvcc.phantom.update', 'a range in which a value changed: invalid (12)', async (world) => {
    const prefix = await threeKeys(world);
    assert.deepEqual(await race(world, ['state:put', [`${prefix}001`, 'new']], ['query:rangeThenPut', [prefix, `${prefix}~`, world.key()]]), [0, 12]);
    return undefined;
  }),

  behaviour('mvcc.phantom.empty', 'a range that was empty and is no longer: invalid (12)', async (world) => {
    const prefix = world.key();
    assert.deepEqual(await race(world, ['state:put', [`${prefix}5`, 'new']], ['query:rangeThenPut', [prefix, `${prefix}~`, world.key()]]), [0, 12]);
    return undefined;
  }),

  behaviour('mvcc.phantom.end', 'the end of a range is outside of it, the start inside', async (world) => {
    const prefix = await threeKeys(world);
    const atEnd = await race(world, ['state:put', [`${prefix}002`, 'new']], ['query:rangeThenPut', [prefix, `${prefix}002`, world.key()]]);
    const atStart = await race(world, ['state:put', [`${prefix}000`, 'new']], ['query:rangeThenPut', [`${prefix}000`, `${prefix}002`, world.key()]]);
    assert.deepEqual([atEnd, atStart], [[0, 0], [0, 12]]);
    return undefined;
  }),

  behaviour('mvcc.phantom.unread', 'what of a range was not read is not validated', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '250']);
    const behind = await race(world, ['state:put', [`${prefix}240`, 'new']], ['query:firstOfRangeThenPut', [prefix, `${prefix}~`, world.key()]]);
    const read = await race(world, ['state:put', [`${prefix}000`, 'new']], ['query:firstOfRangeThenPut', [prefix, `${prefix}~`, world.key()]]);
    assert.deepEqual([behind, read], [[0, 0], [0, 12]]);
    return undefined;
  }),

  behaviour('mvcc.phantom.many', 'a range of many results is validated as a whole', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '250']);
    assert.deepEqual(await race(world, ['state:put', [`${prefix}199a`, 'new']], ['query:rangeThenPut', [prefix, `${prefix}~`, world.key()]]), [0, 12]);
    await world.valid('basic', 'query:rangeThenPut', [prefix, `${prefix}~`, world.key()]);
    return undefined;
  }),

  behaviour('mvcc.private.hash', 'having read the hash of a private value that changed: invalid (11)', async (world) => {
    const key = world.key();
    const both = { endorsers: [ALPHA, BETA] };
    await world.valid('basic', 'private:put', ['shared', key], { ...both, transient: { value: 'old' } });
    const codes = await race(
      world,
      ['private:put', ['shared', key], { ...both, transient: { value: 'new' } }],
      ['private:hashThenPut', ['shared', key, world.key()], both],
    );
    assert.deepEqual(codes, [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.private.value', 'having read a private value that changed: invalid (11)', async (world) => {
    const key = world.key();
    const both = { endorsers: [ALPHA, BETA] };
    await world.valid('basic', 'private:put', ['shared', key], { ...both, transient: { value: 'old' } });
    const codes = await race(
      world,
      ['private:put', ['shared', key], { ...both, transient: { value: 'new' } }],
      ['private:getThenPut', ['shared', key, world.key()], both],
    );
    assert.deepEqual(codes, [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.private.absent', 'having read that a private key of another organisation is absent: a read as well', async (world) => {
    const key = world.key();
    const codes = await race(
      world,
      ['private:put', [implicit(BETA), key], { at: BETA, transient: { value: 'new' }, endorsers: [BETA] }],
      ['private:hashThenPut', [implicit(BETA), key, world.key()], { endorsers: [ALPHA, BETA] }],
    );
    assert.deepEqual(codes, [0, 11]);
    return undefined;
  }),

  behaviour('mvcc.private.same-block', 'conflicts over private keys are found within one block as well', async (world) => {
    const key = world.key();
    const both = { endorsers: [ALPHA, BETA] };
    await world.valid('basic', 'private:put', ['shared', key], { ...both, transient: { value: 'old' } });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const write = await world.endorse('basic', 'private:put', ['shared', key], { ...both, transient: { value: `new ${attempt}` } });
      const read = await world.endorse('basic', 'private:hashThenPut', ['shared', key, world.key()], both);
      const [written, reading] = await commitTogether(world, write, read);
      if (written.block === reading.block && (await isOrdered(world, written, reading))) {
        assert.deepEqual([written.code, reading.code], [0, 11]);
        return undefined;
      }
    }
    return assert.fail('both never came into one block in this order');
  }),

  behaviour('mvcc.phantom.same-block', 'a range that changed within the same block: invalid (12)', async (world) => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const prefix = await threeKeys(world);
      const write = await world.endorse('basic', 'state:put', [`${prefix}001a`, 'new']);
      const read = await world.endorse('basic', 'query:rangeThenPut', [prefix, `${prefix}~`, world.key()]);
      const [written, reading] = await commitTogether(world, write, read);
      if (written.block === reading.block && (await isOrdered(world, written, reading))) {
        assert.deepEqual([written.code, reading.code], [0, 12]);
        return undefined;
      }
    }
    return assert.fail('both never came into one block in this order');
  }),

  behaviour('mvcc.called-chaincode', 'what a called chaincode read counts as well', async (world) => {
    const key = world.key();
    await world.valid('open', 'state:put', [key, 'old']);
    const call = ['call:putAndCall', [world.key(), 'open', JSON.stringify(['state:get', key])]] as const;
    const reader = await world.endorse('basic', ...call);
    await world.valid('open', 'state:put', [key, 'new']);
    assert.equal((await world.commit(reader)).code, 11);
    return undefined;
  }),

  behaviour('mvcc.duplicate', 'a transaction that is ordered twice counts once; the second is invalid (9)', async (world) => {
    const key = world.key();
    const transaction = await world.endorse('basic', 'state:put', [key, 'once']);
    const first = await world.commit(transaction);
    await transaction.submit();
    const marker = await world.valid('basic', 'state:put', [world.key(), 'later']);
    const codes: number[] = [];
    for (let number = first.block; number <= marker.block; number += 1) {
      codes.push(...decodeTransactions(await world.block(number)).filter(({ txId }) => txId === first.txId).map(({ code }) => code));
    }
    assert.deepEqual(codes, [0, 9]);
    assert.equal((await world.statusAt(ALPHA, first.txId)).code, 0);
    return undefined;
  }),

  behaviour('mvcc.duplicate.same-block', 'ordered twice within one block: the same', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'once']);
    const [submitted] = await Promise.all([transaction.submit(), transaction.submit(), transaction.submit()]);
    await submitted.getStatus();
    await world.settled(submitted.getTransactionId());
    const marker = await world.valid('basic', 'state:put', [world.key(), 'later']);
    const codes: number[] = [];
    for (let number = marker.block; number > Math.max(0, marker.block - 6); number -= 1) {
      codes.push(...decodeTransactions(await world.block(number)).filter(({ txId }) => txId === submitted.getTransactionId()).map(({ code }) => code));
    }
    assert.deepEqual(codes.sort((a, b) => a - b), [0, 9, 9]);
    return undefined;
  }),

  behaviour('mvcc.phantom.many.shrunk', 'a range of many results that lost its last one, or so many that few are left: invalid (12)', async (world) => {
    const prefix = world.key();
    // Fabric keeps groups of 51 results as hashes: the last of 103 stands in a group of its own.
    await world.valid('basic', 'state:putMany', [prefix, '103']);
    const range = [prefix, `${prefix}~`, world.key()];
    const last = await race(world, ['state:remove', [`${prefix}102`]], ['query:rangeThenPut', range]);
    const removals = Array.from({ length: 70 }, (_, index) => ({ kind: 'DEL_STATE', key: `${prefix}${String(index).padStart(3, '0')}` }));
    const most = await race(world, ['batch:write', [JSON.stringify(removals)]], ['query:rangeThenPut', range]);
    assert.deepEqual([last, most], [[0, 12], [0, 12]]);
    return undefined;
  }),
];
