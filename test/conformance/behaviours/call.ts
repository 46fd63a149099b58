import { strict as assert } from 'node:assert';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, CONSORTIUM, GAMMA } from '../world/consortium.js';
import { withoutParticulars } from '../world/refusal.js';

interface Answer {
  readonly status: number;
  readonly message: string;
  readonly payload: string;
}

export const callBehaviours: readonly Behaviour[] = [
  behaviour('call.read', 'a chaincode reads another’s state by calling it', async (world) => {
    const key = world.key();
    await world.valid('open', 'state:put', [key, 'of open']);
    const answer = await world.query<Answer>('basic', 'call:other', ['open', JSON.stringify(['state:get', key]), '']);
    assert.deepEqual([answer.status, answer.payload], [200, 'of open']);
    return undefined;
  }),

  behaviour('call.write', 'what a called chaincode writes lies in its own namespace, in the same transaction', async (world) => {
    const key = world.key();
    const outcome = await world.valid('basic', 'call:putAndCall', [key, 'open', JSON.stringify(['state:put', key, 'callee'])]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'caller');
    assert.equal(await world.evaluate('open', 'state:get', [key]), 'callee');
    const { endorsed } = await world.transaction(outcome);
    assert.equal(endorsed?.chaincode, 'basic');
    return { namespaces: endorsed.namespaces.map(({ name }) => name) };
  }),

  behaviour('call.policy', 'the policies of all chaincodes that were written to count, of those that were only read not', async (world) => {
    const key = world.key();
    await world.valid('strict', 'state:put', [key, 'x']);
    const reading = ['call:putAndCall', [world.key(), 'strict', JSON.stringify(['state:get', key])]] as const;
    const writing = ['call:putAndCall', [world.key(), 'strict', JSON.stringify(['state:put', key, 'y'])]] as const;
    const two = { endorsers: [ALPHA, BETA] };
    const codes = [await world.submit('basic', ...reading, two), await world.submit('basic', ...writing, two), await world.submit('basic', ...writing, { endorsers: [ALPHA, BETA, GAMMA] })];
    assert.deepEqual(codes.map(({ code }) => code), [0, 10, 0]);
    return undefined;
  }),

  behaviour('call.planned', 'the gateway asks whom the called chaincode’s policy needs', async (world) => {
    const outcome = await world.valid('basic', 'call:putAndCall', [world.key(), 'strict', JSON.stringify(['state:put', world.key(), 'y'])]);
    assert.equal((await world.transaction(outcome)).endorsed?.endorsements.length, 3);
    return undefined;
  }),

  behaviour('call.error', 'a called chaincode’s failure comes back to the caller', async (world) => {
    const failing = await world.query<Answer>('basic', 'call:other', ['open', JSON.stringify(['fault:fail', 'no', 'key']), '']).catch((error: unknown) => (error as { message: string }).message);
    const unknown = await world.query<Answer>('basic', 'call:other', ['nowhere', JSON.stringify(['state:get', 'x']), '']).catch((error: unknown) => (error as { message: string }).message);
    const channel = await world.query<Answer>('basic', 'call:other', ['open', JSON.stringify(['state:get', 'x']), 'elsewhere']).catch((error: unknown) => (error as { message: string }).message);
    const absent = await world.query<Answer>('open', 'call:other', ['lone', JSON.stringify(['state:get', 'x']), ''], { at: BETA, endorsers: [BETA] }).catch((error: unknown) => (error as { message: string }).message);
    const hide = (value: unknown): unknown => JSON.parse(withoutParticulars(JSON.stringify(value)));
    return { failing: hide(failing), unknown: hide(unknown), channel: hide(channel), absent: hide(absent) };
  }),

  behaviour('call.itself', 'a chaincode cannot call itself', async (world) =>
    ({ refusal: await world.refused('basic', 'call:putAndCall', [world.key(), 'basic', JSON.stringify(['state:get', 'x'])]) })),

  behaviour('call.own-writes', 'a called chaincode does not see what the transaction has written so far', async (world) => {
    const key = world.key();
    await world.valid('open', 'state:put', [key, 'before']);
    const inner = JSON.stringify(['call:putAndCall', world.key(), 'secured', JSON.stringify(['state:get', key])]);
    const nested = await world.valid('basic', 'call:putAndCall', [world.key(), 'open', inner]);
    return { nested: nested.result };
  }),

  behaviour('call.system', 'a chaincode can ask the lifecycle and not those that query ledger and configuration', async (world) => {
    const lifecycle = await world.query<Answer>('basic', 'call:other', ['_lifecycle', JSON.stringify(['QueryChaincodeDefinitions', '']), '']);
    const qscc = await world.query<Answer>('basic', 'call:other', ['qscc', JSON.stringify(['GetChainInfo', CONSORTIUM.channel]), '']);
    const cscc = await world.query<Answer>('basic', 'call:other', ['cscc', JSON.stringify(['GetChannelConfig', CONSORTIUM.channel]), '']);
    return { lifecycle: lifecycle.status, qscc: [qscc.status, withoutParticulars(qscc.message)], cscc: [cscc.status, withoutParticulars(cscc.message)] };
  }),

  behaviour('call.policy.caller', 'the policy of a chaincode that only reads and calls another one counts as well', async (world) => {
    const call = (): readonly string[] => [world.key(), 'open', JSON.stringify(['state:put', world.key(), 'x'])];
    assert.equal((await world.submit('basic', 'call:getAndCall', call(), { endorsers: [ALPHA] })).code, 10);
    const planned = await world.valid('basic', 'call:getAndCall', call());
    assert.equal((await world.transaction(planned)).endorsed?.endorsements.length, 2);
    return undefined;
  }),

  behaviour('call.policy.kinds', 'private values and policies of single keys are writes of the called chaincode as well', async (world) => {
    const calling = async (chaincode: string, ...args: readonly string[]): Promise<number> =>
      (await world.submit('open', 'call:other', [chaincode, JSON.stringify(args), ''], { transient: { value: 'x' }, endorsers: [ALPHA] })).code;
    const mspIds = JSON.stringify([ALPHA]);
    const codes = [
      await calling('strict', 'policy:set', world.key(), mspIds), await calling('basic', 'private:put', 'guarded', world.key()),
      await calling('basic', 'policy:setPrivate', 'guarded', world.key(), mspIds), await calling('strict', 'state:get', world.key()),
    ];
    assert.deepEqual(codes, [10, 10, 10, 0]);
    return undefined;
  }),

  behaviour('call.planned.installed', 'peers that do not run the called chaincode cannot endorse', async (world) => {
    const args = [JSON.stringify(['state:get', 'x'])];
    const plain = await world.refused('basic', 'call:getAndCall', [world.key(), 'lone', ...args]);
    const transient = await world.refused('basic', 'call:getAndCall', [world.key(), 'lone', ...args], { transient: { value: 'x' } });
    const shielded = await world.refused('basic', 'call:putPrivateAndCall', ['shared', world.key(), 'lone', ...args], { transient: { value: 'x' } });
    return { plain, transient, shielded };
  }),
];
