import { strict as assert } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, GAMMA } from '../world/consortium.js';
import { refusalOf } from '../world/refusal.js';
import type { World } from '../world/world.js';

/** Repeats until the chaincode answers again: its process is up, the peer dials when it is needed. */
async function answersAgain(world: World, at: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await world.evaluate('fragile', 'state:get', ['x'], { at, endorsers: [at] });
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
      await pause(100);
    }
  }
}

export const faultBehaviours: readonly Behaviour[] = [
  behaviour('fault.throws', 'what a failing chaincode wrote is not kept', async (world) => {
    const key = world.key();
    await world.refused('open', 'fault:fail', ['no', key]);
    assert.equal(await world.evaluate('open', 'state:get', [key]), '');
    return undefined;
  }),

  behaviour('fault.times-out', 'a chaincode that works longer than its time is given up, and the peer goes on', async (world) => {
    const started = Date.now();
    const refusal = await world.refused('open', 'fault:late', [String(world.network.executeTimeoutMs + 5_000), world.key()]);
    const seconds = (Date.now() - started) / 1000;
    assert.ok(seconds < world.network.executeTimeoutMs / 1000 + 4, `took ${seconds} s`);
    assert.ok(JSON.stringify(refusal).includes('timeout expired while executing transaction'), JSON.stringify(refusal));
    await world.valid('open', 'state:put', [world.key(), 'x']);
    return { refusal };
  }),

  behaviour('fault.others-go-on', 'other transactions run while one takes its time', async (world) => {
    const late = world.evaluate('open', 'fault:late', ['3000', world.key()]);
    const first = await Promise.race([late, world.evaluate('open', 'state:get', [world.key()])]);
    assert.equal(first, '');
    assert.equal(await late, 'late');
    return undefined;
  }),

  behaviour('fault.disconnects', 'a chaincode that ends in the midst of a transaction: refused, and it answers again once it is back', async (world) => {
    const key = world.key();
    await world.valid('fragile', 'state:put', [key, 'before']);
    const refusal = await world.refused('fragile', 'fault:die', [key]);
    assert.equal(refusal.stage, 'EndorseError');
    const down = await refusalOf(world.evaluate('fragile', 'state:get', [key], { endorsers: [ALPHA] }));
    await world.servers.process(ALPHA, 'fragile').restart();
    await answersAgain(world, ALPHA);
    assert.equal(await world.evaluate('fragile', 'state:get', [key]), 'before');
    assert.deepEqual([refusal.code, down.stage], [10, 'GatewayError']);
    return { refusal };
  }),

  behaviour('fault.not-running', 'a chaincode that is down at one organisation is endorsed elsewhere where the policy lets it', async (world) => {
    await world.servers.process(BETA, 'fragile').kill();
    try {
      const key = world.key();
      await world.valid('fragile', 'state:put', [key, 'x'], { endorsers: [GAMMA] });
      const own = await refusalOf(world.endorse('fragile', 'state:put', [key, 'y'], { at: BETA }));
      assert.equal(own.stage, 'EndorseError');
      assert.equal(await world.evaluate('fragile', 'state:get', [key], { at: GAMMA }), 'x');
      return { code: own.code };
    } finally {
      await world.servers.process(BETA, 'fragile').restart();
      await answersAgain(world, BETA);
    }
  }),

  behaviour('fault.large-answer', 'an answer of 8 MB is delivered', async (world) => {
    const size = 8 * 1024 * 1024;
    const answer = await world.evaluate('open', 'fault:large', [String(size)]);
    assert.equal(answer.length, size);
    return undefined;
  }),

  behaviour('fault.large-value', 'a value of 4 MB is written and read', async (world) => {
    const key = world.key();
    const value = 'y'.repeat(4 * 1024 * 1024);
    await world.valid('open', 'state:put', [key, value]);
    assert.equal(await world.evaluate('open', 'state:get', [key]), value);
    return undefined;
  }),

  behaviour('fault.large-transient', 'transient data of 4 MB arrives', async (world) => {
    const value = 'z'.repeat(4 * 1024 * 1024);
    const answer = await world.query<{ value: string }>('open', 'call:transient', [], { transient: { value } });
    assert.equal(answer.value, value);
    return undefined;
  }),
];
