import { strict as assert } from 'node:assert';
import { peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { type EndorserAnswer, type ProposalParts, propose, signedProposal } from '../world/raw-requests.js';
import type { World } from '../world/world.js';

/** Addresses a proposal to another chaincode, and marks it as init where asked for; the official client marks none. */
function to(chaincode: string, isInit: boolean): (parts: ProposalParts) => void {
  return ({ channelHeader, payload }) => {
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    const extension = new peer.ChaincodeHeaderExtension();
    extension.setChaincodeId(id);
    channelHeader.setExtension$(extension.serializeBinary());
    const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
    invocation.getChaincodeSpec()?.setChaincodeId(id);
    invocation.getChaincodeSpec()?.getInput()?.setIsInit(isInit);
    payload.setInput(invocation.serializeBinary());
  };
}

async function call(world: World, chaincode: string, isInit: boolean): Promise<EndorserAnswer> {
  return propose(world, 'state:put', [world.key(), 'x'], to(chaincode, isInit));
}

export const initBehaviours: readonly Behaviour[] = [
  behaviour('init.not-required', 'a chaincode that needs no initialisation cannot be called as init', async (world) => {
    return { answer: await call(world, 'open', true) };
  }),

  behaviour('init.required', 'a chaincode that needs it is refused until it was called as init, and cannot be called so twice', async (world) => {
    const before = await call(world, 'prepared', false);
    const key = world.key();
    const first = await signedProposal(world, 'state:put', [key, 'x'], to('prepared', true));
    const second = await world.endorseBytes(await signedProposal(world, 'state:put', [world.key(), 'x'], to('prepared', true)));
    const { code } = await world.commit(await world.endorseBytes(first));
    assert.equal(code, 0);
    assert.equal(await world.evaluate('prepared', 'state:get', [key]), 'x');
    await world.valid('prepared', 'state:put', [world.key(), 'y']);
    return { before, again: await call(world, 'prepared', true), inFlight: (await world.commit(second)).code };
  }),
];
