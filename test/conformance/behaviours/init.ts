import { strict as assert } from 'node:assert';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, implicit } from '../world/consortium.js';
import { calling, type EndorserAnswer, propose, signedProposal } from '../world/raw-requests.js';
import type { World } from '../world/world.js';

async function call(world: World, chaincode: string, isInit: boolean): Promise<EndorserAnswer> {
  return propose(world, 'state:put', [world.key(), 'x'], calling(chaincode, undefined, isInit));
}

export const initBehaviours: readonly Behaviour[] = [
  behaviour('init.not-required', 'a chaincode that needs no initialisation cannot be called as init', async (world) => {
    return { answer: await call(world, 'open', true) };
  }),

  behaviour('init.required', 'a chaincode that needs it is refused until it was called as init, which touches no private data, and cannot be called so twice', async (world) => {
    const before = await call(world, 'prepared', false);
    const withPrivate = await propose(world, 'private:get', [implicit(ALPHA), world.key()], calling('prepared', undefined, true));
    const key = world.key();
    const first = await signedProposal(world, 'state:put', [key, 'x'], calling('prepared', undefined, true));
    const second = await world.endorseBytes(await signedProposal(world, 'state:put', [world.key(), 'x'], calling('prepared', undefined, true)));
    const { code } = await world.commit(await world.endorseBytes(first));
    assert.equal(code, 0);
    assert.equal(await world.evaluate('prepared', 'state:get', [key]), 'x');
    await world.valid('prepared', 'state:put', [world.key(), 'y']);
    return { before, withPrivate, again: await call(world, 'prepared', true), inFlight: (await world.commit(second)).code };
  }),
];
