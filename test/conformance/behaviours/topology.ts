import { strict as assert } from 'node:assert';
import type { CloseableAsyncIterable } from '@hyperledger/fabric-gateway';
import { type Behaviour, behaviour, behaviourNeeding } from '../behaviour.js';
import { ALPHA, BETA, GAMMA } from '../world/consortium.js';
import { refusalOf } from '../world/refusal.js';
import type { World } from '../world/world.js';

/** Runs while an organisation's peer commits nothing, and lets it catch up afterwards. */
async function whileBehind<T>(world: World, mspId: string, run: () => Promise<T>): Promise<T> {
  await world.network.pause(mspId);
  try {
    return await world.without(mspId, run);
  } finally {
    await world.network.resume(mspId);
  }
}

/** Runs while an organisation's peer is down, and starts it again afterwards. */
async function whileDown<T>(world: World, mspId: string, run: () => Promise<T>): Promise<T> {
  await world.network.stopPeer(mspId);
  try {
    return await world.without(mspId, run);
  } finally {
    await world.network.startPeer(mspId);
    await world.clients.ready(mspId);
  }
}

async function firstOf<T>(stream: CloseableAsyncIterable<T>): Promise<T | undefined> {
  try {
    for await (const item of stream) {
      return item;
    }
    return undefined;
  } finally {
    stream.close();
  }
}

export const topologyBehaviours: readonly Behaviour[] = [
  behaviourNeeding(['lag'], 'lag.old-state', 'a peer that lags answers with its old state, and with the new one when it has caught up', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'old']);
    const late = await whileBehind(world, GAMMA, async () => {
      const outcome = await world.valid('basic', 'state:put', [key, 'new'], { endorsers: [ALPHA, BETA] });
      assert.equal(await world.evaluate('basic', 'state:get', [key]), 'new');
      assert.equal(await world.evaluate('basic', 'state:get', [key], { at: GAMMA, endorsers: [GAMMA] }), 'old');
      assert.ok((await world.height(GAMMA)) < (await world.height(ALPHA)));
      return outcome;
    });
    assert.equal((await world.statusAt(GAMMA, late.txId)).code, 0);
    assert.equal(await world.evaluate('basic', 'state:get', [key], { at: GAMMA, endorsers: [GAMMA] }), 'new');
    assert.equal(await world.height(GAMMA), await world.height(ALPHA));
    return undefined;
  }),

  behaviourNeeding(['lag'], 'lag.mismatch', 'a peer that lags endorses on another state: the results do not match', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'old']);
    return whileBehind(world, GAMMA, async () => {
      await world.valid('basic', 'state:put', [key, 'new'], { endorsers: [ALPHA, BETA] });
      const refusal = await world.refused('strict', 'state:put', [world.key(), 'x']).catch(() => undefined);
      const mismatch = await world.refused('basic', 'state:copy', [key, world.key()], { endorsers: [ALPHA, GAMMA] });
      assert.ok(JSON.stringify(mismatch).includes('ProposalResponsePayloads do not match'), JSON.stringify(mismatch));
      return { strict: refusal === undefined };
    });
  }),

  behaviourNeeding(['lag'], 'lag.stale-read', 'what a lagging peer endorsed alone is invalid when it is committed', async (world) => {
    const key = world.key();
    await world.valid('open', 'state:put', [key, 'old']);
    const code = await whileBehind(world, GAMMA, async () => {
      await world.valid('open', 'state:put', [key, 'new'], { endorsers: [ALPHA] });
      const stale = await world.endorse('open', 'state:copy', [key, world.key()], { endorsers: [GAMMA] });
      return (await world.commit(stale)).code;
    });
    assert.equal(code, 11);
    return undefined;
  }),

  behaviourNeeding(['lag'], 'lag.events', 'a peer that lags delivers no block and no event that it has not committed', async (world) => {
    const before = await world.height(GAMMA);
    const stream = await (await world.channel(GAMMA)).getFilteredBlockEvents({ startBlock: BigInt(before) });
    const arriving = firstOf(stream);
    const outcome = await whileBehind(world, GAMMA, async () => {
      const written = await world.valid('open', 'state:put', [world.key(), 'x'], { endorsers: [ALPHA] });
      assert.equal(await Promise.race([arriving.then(() => 'arrived'), world.height(GAMMA).then(String)]), String(before));
      return written;
    });
    assert.equal((await arriving)?.getNumber(), outcome.block);
    return undefined;
  }),

  behaviour('down.others-go-on', 'while an organisation’s peer is down the others reach agreement without it, and it catches up', async (world) => {
    const key = world.key();
    const { txId } = await whileDown(world, GAMMA, async () => {
      await refusalOf(world.evaluate('basic', 'state:get', [key], { at: GAMMA }));
      return world.valid('basic', 'state:put', [key, 'without gamma']);
    });
    await world.settled(txId);
    assert.equal(await world.evaluate('basic', 'state:get', [key], { at: GAMMA, endorsers: [GAMMA] }), 'without gamma');
    return undefined;
  }),

  behaviour('down.needed', 'a transaction that needs the organisation that is down is refused', async (world) =>
    whileDown(world, GAMMA, async () => {
      const planned = await refusalOf(world.endorse('strict', 'state:put', [world.key(), 'x']));
      const named = await refusalOf(world.endorse('basic', 'state:put', [world.key(), 'x'], { endorsers: [GAMMA] }));
      assert.deepEqual([planned.stage, named.stage], ['EndorseError', 'EndorseError']);
      return undefined;
    })),

  behaviour('tls.chaincode', 'a chaincode is reached over TLS, and over TLS with client certificates', async (world) => {
    for (const chaincode of ['secured', 'mutual']) {
      const key = world.key();
      await world.valid(chaincode, 'state:put', [key, 'sealed'], { endorsers: [ALPHA, BETA, GAMMA] });
      assert.equal(await world.evaluate(chaincode, 'state:get', [key]), 'sealed');
    }
    return undefined;
  }),
];
