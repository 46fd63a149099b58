import { strict as assert } from 'node:assert';
import { common, orderer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, GAMMA } from '../world/consortium.js';
import { deliver } from '../world/raw-requests.js';

export const deliverBehaviours: readonly Behaviour[] = [
  behaviour('deliver.range', 'a range of blocks is delivered and then closed with success', async (world) => {
    while ((await world.height()) < 4) {
      await world.valid('open', 'state:put', [world.key(), 'x']);
    }
    assert.deepEqual(await deliver(world, { start: 1, stop: 3 }), ['block 1', 'block 2', 'block 3', 'status 200']);
    assert.deepEqual(await deliver(world, { method: 'DeliverFiltered', start: 1, stop: 2 }), ['block 1', 'block 2', 'status 200']);
    assert.deepEqual(await deliver(world, { method: 'DeliverWithPrivateData', start: 1, stop: 2 }), ['block 1', 'block 2', 'status 200']);
    return undefined;
  }),

  behaviour('deliver.oldest-newest', 'oldest and newest are positions as well', async (world) => {
    const newest = (await world.height()) - 1;
    assert.deepEqual(await deliver(world, { start: 'newest', stop: 'newest' }), [`block ${newest}`, 'status 200']);
    assert.deepEqual(await deliver(world, { start: 'oldest', stop: 0 }), ['block 0', 'status 200']);
    return { oldestToOldest: await deliver(world, { start: 'oldest', stop: 'oldest' }) };
  }),

  behaviour('deliver.waits', 'blocks that are not there yet are waited for, or refused where the client says so', async (world) => {
    const height = await world.height();
    assert.deepEqual(await deliver(world, { start: height + 50, stop: height + 60, failIfNotReady: true }), ['status 404']);
    assert.deepEqual(await deliver(world, { start: height + 50, stop: height + 60 }), ['status 404']);
    assert.deepEqual(await deliver(world, { start: height, stop: height, failIfNotReady: true }), ['status 404']);
    const waiting = deliver(world, { start: height, stop: height });
    await world.valid('open', 'state:put', [world.key(), 'x']);
    assert.deepEqual(await waiting, [`block ${height}`, 'status 200']);
    return { partly: await deliver(world, { start: 1, stop: 2, failIfNotReady: true }) };
  }),

  behaviour('deliver.wrong-range', 'a range that ends before it starts is refused', async (world) => {
    assert.deepEqual(await deliver(world, { start: 3, stop: 1 }), ['status 400']);
    return undefined;
  }),

  behaviour('deliver.refused', 'unknown channels, old requests, missing parts and foreign signatures are refused', async (world) => {
    const old = timestamps.Timestamp.fromDate(new Date(Date.now() - 3_600_000));
    return {
      channel: await deliver(world, { channel: 'elsewhere' }),
      old: await deliver(world, { change: (header) => { header.setTimestamp(old); } }),
      timeless: await deliver(world, { change: (header) => { header.clearTimestamp(); } }),
      noChannel: await deliver(world, { change: (header) => { header.setChannelId(''); } }),
      noSeek: await deliver(world, { change: (_header, payload) => { payload.setData(new Uint8Array()); } }),
      type: await deliver(world, { start: 0, stop: 0, change: (header) => { header.setType(common.HeaderType.MESSAGE); } }),
    };
  }),

  behaviour('deliver.refused.seek', 'a request without a start, a stop or a kind of position is refused', async (world) => {
    const nothing = (): orderer.SeekPosition => new orderer.SeekPosition();
    return {
      start: await deliver(world, { seek: (seek) => { seek.clearStart(); } }),
      stop: await deliver(world, { seek: (seek) => { seek.clearStop(); } }),
      startKind: await deliver(world, { seek: (seek) => { seek.setStart(nothing()); } }),
      stopKind: await deliver(world, { seek: (seek) => { seek.setStop(nothing()); } }),
    };
  }),

  behaviour('deliver.next-commit', 'a request may begin with the next block, and not end with it', async (world) => {
    const next = new orderer.SeekPosition();
    next.setNextCommit(new orderer.SeekNextCommit());
    const height = await world.height();
    let first: string | undefined;
    const waiting = deliver(world, { stop: height + 1_000, seek: (seek) => { seek.setStart(next); } }, 1).then(([answer]) => { first = answer; });
    while (first === undefined) {
      await world.valid('open', 'state:put', [world.key(), 'x']);
    }
    await waiting;
    assert.ok(Number(/^block (\d+)$/.exec(first)?.[1]) >= height, first);
    return { ends: await deliver(world, { seek: (seek) => { seek.setStop(next); } }) };
  }),

  behaviour('deliver.refused.signature', 'a request that its creator did not sign is refused', async (world) => {
    const signer = await world.network.user('BetaMSP', 'tester');
    return { blocks: await deliver(world, { signer }), filtered: await deliver(world, { method: 'DeliverFiltered', signer }), private: await deliver(world, { method: 'DeliverWithPrivateData', signer }) };
  }),

  behaviour('deliver.private.member-only', 'values of a collection that only members’ clients read are delivered to those alone', async (world) => {
    const key = world.key();
    const endorsed = { endorsers: [ALPHA, 'BetaMSP'], transient: { value: 'x' } };
    const { block } = await world.valid('basic', 'private:putAll', [JSON.stringify(['members', 'shared']), key], endorsed);
    const collectionsFor = async (mspId: string): Promise<readonly string[]> => {
      const gateway = world.clients.as(await world.network.user(mspId, 'tester'), ALPHA);
      const events = await gateway.getNetwork('conformance').getBlockAndPrivateDataEvents({ startBlock: BigInt(block) });
      try {
        for await (const event of events) {
          const sets = [...event.getPrivateDataMapMap().entries()].map(([, set]) => set);
          return sets.flatMap((set) => set.getNsPvtRwsetList()).flatMap((namespace) => namespace.getCollectionPvtRwsetList()).map((one) => one.getCollectionName()).sort();
        }
        return [];
      } finally {
        events.close();
      }
    };
    return { member: await collectionsFor(ALPHA), stranger: await collectionsFor(GAMMA) };
  }),

  behaviour('deliver.open-end', 'a range that goes beyond the newest block ends there where the client does not wait', async (world) => {
    const height = await world.height();
    assert.deepEqual(await deliver(world, { start: height - 1, stop: height + 9, failIfNotReady: true }), [`block ${height - 1}`, 'status 404']);
    return { nextToNewest: await deliver(world, { start: height, stop: 'newest', failIfNotReady: true }) };
  }),

  behaviour('deliver.refused.first', 'who may not read is told so before anything else of the request counts', async (world) => {
    const signer = await world.network.user('BetaMSP', 'tester');
    const height = await world.height();
    return { malformed: await deliver(world, { signer, start: 3, stop: 1 }), waiting: await deliver(world, { signer, start: height, stop: height }) };
  }),

  behaviour('deliver.refused.headless', 'a request without a header is refused', async (world) =>
    ({ answers: await deliver(world, { headless: true }) })),

  behaviour('deliver.revoked', 'a stream ends when the channel no longer knows its reader', async (world) => {
    const name = `leaver-${world.key()}`;
    const by = await world.network.issue(ALPHA, { name });
    const height = await world.height();
    const reading = deliver(world, { by, start: height, stop: height + 1_000 }, 1_000);
    await world.valid('open', 'state:put', [world.key(), 'x']);
    await world.network.revoke(ALPHA, name);
    await world.valid('open', 'state:put', [world.key(), 'x']);
    const answers = await reading;
    assert.equal(answers[0], `block ${height}`);
    assert.equal(answers.at(-1), 'status 403');
    return undefined;
  }),
];
