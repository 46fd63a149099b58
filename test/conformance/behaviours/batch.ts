import { strict as assert } from 'node:assert';
import { type Behaviour, behaviour } from '../behaviour.js';
import type { BatchWrite } from '../chaincode/batch-contract.js';
import { ALPHA, BETA, GAMMA, implicit } from '../world/consortium.js';
import type { Call, Outcome, World } from '../world/world.js';

/** Sends writes in one message. */
async function writeBatch(world: World, writes: readonly BatchWrite[], call: Call = {}): Promise<Outcome> {
  return world.submit('basic', 'batch:write', [JSON.stringify(writes)], call);
}

export const batchBehaviours: readonly Behaviour[] = [
  behaviour('batch.offer', 'the peer says which batch messages it takes', async (world) => {
    await world.evaluate('basic', 'state:get', ['x']);
    return { offer: await world.query('basic', 'batch:offer') };
  }),

  behaviour('batch.write', 'one message writes and deletes many keys', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [`${key}-old`, 'x']);
    const outcome = await writeBatch(world, [
      { kind: 'PUT_STATE', key: `${key}-a`, value: 'a' }, { kind: 'PUT_STATE', key: `${key}-b`, value: 'b' }, { kind: 'DEL_STATE', key: `${key}-old` },
    ]);
    assert.equal(outcome.code, 0);
    const found = await world.query<{ key: string; value: string }[]>('basic', 'query:range', [key, `${key}~`]);
    assert.deepEqual(found.map(({ value }) => value), ['a', 'b']);
    return undefined;
  }),

  behaviour('batch.write.order', 'of two writes of a key in one message the last counts', async (world) => {
    const key = world.key();
    const outcome = await writeBatch(world, [{ kind: 'PUT_STATE', key, value: 'first' }, { kind: 'PUT_STATE', key, value: 'second' }]);
    assert.equal(outcome.code, 0);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'second');
    return undefined;
  }),

  behaviour('batch.write.private', 'one message writes, deletes and purges private keys of several collections', async (world) => {
    const key = world.key();
    const both = { endorsers: [ALPHA, BETA] };
    const written = await writeBatch(world, [
      { kind: 'PUT_STATE', collection: implicit(ALPHA), key, value: 'alpha' }, { kind: 'PUT_STATE', collection: implicit(BETA), key, value: 'beta' },
      { kind: 'PUT_STATE', collection: 'shared', key: `${key}-gone`, value: 'x' }, { kind: 'PUT_STATE', collection: 'shared', key: `${key}-purged`, value: 'x' },
    ], both);
    assert.equal(written.code, 0);
    assert.equal(await world.evaluate('basic', 'private:get', [implicit(BETA), key], { at: BETA }), 'beta');
    const removed = await writeBatch(world, [
      { kind: 'DEL_STATE', collection: 'shared', key: `${key}-gone` }, { kind: 'PURGE_PRIVATE_DATA', collection: 'shared', key: `${key}-purged` },
    ], both);
    assert.equal(removed.code, 0);
    assert.equal(await world.evaluate('basic', 'private:get', ['shared', `${key}-gone`]), '');
    assert.equal(await world.evaluate('basic', 'private:hash', ['shared', `${key}-purged`]), '');
    return undefined;
  }),

  behaviour('batch.write.policy', 'one message sets key-level policies beside values', async (world) => {
    const key = world.key();
    const outcome = await writeBatch(world, [{ kind: 'PUT_STATE', key, value: 'x' }, { kind: 'PUT_STATE_METADATA', key, mspIds: [GAMMA] }], { endorsers: [ALPHA, BETA] });
    assert.equal(outcome.code, 0);
    assert.deepEqual(await world.query('basic', 'policy:get', [key]), [GAMMA]);
    assert.equal((await world.submit('basic', 'state:put', [key, 'y'], { endorsers: [ALPHA, BETA] })).code, 10);
    return undefined;
  }),

  behaviour('batch.write.refused', 'a write that is refused fails the whole message', async (world) => {
    const key = world.key();
    const refusal = await world.refused('basic', 'batch:write', [JSON.stringify([{ kind: 'PUT_STATE', key, value: 'x' }, { kind: 'PUT_STATE', collection: 'nowhere', key, value: 'x' }])]);
    return { refusal };
  }),

  behaviour('batch.read', 'one message reads many keys, in order, with nothing for absent ones', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:putMany', [key, '3']);
    const values = await world.query('basic', 'batch:read', ['', JSON.stringify([`${key}002`, `${key}none`, `${key}000`])]);
    assert.deepEqual(values, ['value 2', null, 'value 0']);
    return undefined;
  }),

  behaviour('batch.read.private', 'the same for private keys, at members', async (world) => {
    const key = world.key();
    await world.valid('basic', 'private:put', ['shared', key], { transient: { value: 'secret' }, endorsers: [ALPHA, BETA] });
    assert.deepEqual(await world.query('basic', 'batch:read', ['shared', JSON.stringify([key, `${key}none`])]), ['secret', null]);
    const outside = await world.query('basic', 'batch:read', ['shared', JSON.stringify([key])], { at: GAMMA, endorsers: [GAMMA] });
    return { outside };
  }),

  behaviour('batch.read.conflict', 'keys that were read in one message are validated as others are', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:putMany', [key, '3']);
    const reader = await world.endorse('basic', 'batch:readThenPut', [JSON.stringify([`${key}000`, `${key}001`]), world.key()]);
    await world.valid('basic', 'state:put', [`${key}001`, 'changed']);
    assert.equal((await world.commit(reader)).code, 11);
    const absent = await world.endorse('basic', 'batch:readThenPut', [JSON.stringify([`${key}none`]), world.key()]);
    await world.valid('basic', 'state:put', [`${key}none`, 'now there']);
    assert.equal((await world.commit(absent)).code, 11);
    return undefined;
  }),
];
