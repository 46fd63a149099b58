import { strict as assert } from 'node:assert';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, GAMMA, implicit } from '../world/consortium.js';
import { mspIdsOf } from '../world/decoded-block.js';
import type { Call, World } from '../world/world.js';

/** A key with the policy "all of these", endorsed by any two as `basic` asks. */
async function guardedKey(world: World, ...mspIds: readonly string[]): Promise<string> {
  const key = world.key();
  await world.valid('basic', 'policy:putGuarded', [key, 'first', JSON.stringify(mspIds)], { endorsers: [ALPHA, BETA] });
  return key;
}

/** Codes of the same write endorsed by each of these sets in turn. */
async function codesOf(world: World, name: string, args: readonly string[], ...endorsers: readonly (readonly string[])[]): Promise<number[]> {
  const codes: number[] = [];
  for (const set of endorsers) {
    codes.push((await world.submit('basic', name, args, { endorsers: set })).code);
  }
  return codes;
}

/** `n` of these organisations' peers. */
function outOf(n: number, ...mspIds: readonly string[]): common.SignaturePolicyEnvelope {
  const envelope = new common.SignaturePolicyEnvelope();
  const gate = new common.SignaturePolicy.NOutOf();
  gate.setN(n);
  for (const [index, mspId] of mspIds.entries()) {
    const role = new msp.MSPRole();
    role.setMspIdentifier(mspId);
    role.setRole(msp.MSPRole.MSPRoleType.PEER);
    const principal = new msp.MSPPrincipal();
    principal.setPrincipal(role.serializeBinary());
    envelope.addIdentities(principal);
    const rule = new common.SignaturePolicy();
    rule.setSignedBy(index);
    gate.addRules(rule);
  }
  const rule = new common.SignaturePolicy();
  rule.setNOutOf(gate);
  envelope.setRule(rule);
  return envelope;
}

const base64 = (message: { serializeBinary(): Uint8Array }): string => Buffer.from(message.serializeBinary()).toString('base64');

export const keyPolicyBehaviours: readonly Behaviour[] = [
  behaviour('key-policy.read-back', 'the policy of a key can be read; a key without one has none', async (world) => {
    const key = await guardedKey(world, GAMMA, ALPHA);
    assert.deepEqual(await world.query('basic', 'policy:get', [key]), [ALPHA, GAMMA]);
    assert.deepEqual(await world.query('basic', 'policy:get', [world.key()]), []);
    return undefined;
  }),

  behaviour('key-policy.enforced', 'a key with a policy takes writes of those that it names, instead of the chaincode’s policy', async (world) => {
    const key = await guardedKey(world, ALPHA, GAMMA);
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'x'], [ALPHA], [ALPHA, BETA], [BETA, GAMMA], [ALPHA, GAMMA], [ALPHA, BETA, GAMMA]), [10, 10, 10, 0, 0]);
    return undefined;
  }),

  behaviour('key-policy.replaces', 'one organisation alone suffices where the key says so, although the chaincode asks for two', async (world) => {
    const key = await guardedKey(world, GAMMA);
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'x'], [ALPHA, BETA], [GAMMA]), [10, 0]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'x');
    return undefined;
  }),

  behaviour('key-policy.other-keys', 'other keys of the same transaction keep the chaincode’s policy', async (world) => {
    const key = await guardedKey(world, GAMMA);
    const plain = world.key();
    assert.deepEqual(await codesOf(world, 'state:copy', [plain, key], [GAMMA]), [0]);
    assert.deepEqual(await codesOf(world, 'policy:putGuarded', [world.key(), 'x', JSON.stringify([GAMMA])], [GAMMA], [GAMMA, ALPHA]), [10, 0]);
    return undefined;
  }),

  behaviour('key-policy.delete', 'deleting is a write as well; the policy goes with the key', async (world) => {
    const key = await guardedKey(world, GAMMA);
    assert.deepEqual(await codesOf(world, 'state:remove', [key], [ALPHA, BETA], [GAMMA]), [10, 0]);
    assert.deepEqual(await world.query('basic', 'policy:get', [key]), []);
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'again'], [GAMMA], [ALPHA, BETA]), [10, 0]);
    return undefined;
  }),

  behaviour('key-policy.kept', 'a write keeps the policy', async (world) => {
    const key = await guardedKey(world, GAMMA);
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'second'], [GAMMA], [ALPHA, BETA]), [0, 10]);
    assert.deepEqual(await world.query('basic', 'policy:get', [key]), [GAMMA]);
    return undefined;
  }),

  behaviour('key-policy.change', 'a policy changes only under itself', async (world) => {
    const key = await guardedKey(world, GAMMA);
    const change = [key, JSON.stringify([ALPHA])];
    assert.deepEqual(await codesOf(world, 'policy:set', change, [ALPHA, BETA], [ALPHA], [GAMMA]), [10, 10, 0]);
    assert.deepEqual(await world.query('basic', 'policy:get', [key]), [ALPHA]);
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'x'], [GAMMA], [ALPHA]), [10, 0]);
    return undefined;
  }),

  behaviour('key-policy.clear', 'an empty policy gives the key back to the chaincode’s', async (world) => {
    const key = await guardedKey(world, GAMMA);
    const outcome = await world.submit('basic', 'policy:clear', [key], { endorsers: [GAMMA] });
    const codes = outcome.code === 0 ? await codesOf(world, 'state:put', [key, 'x'], [GAMMA], [ALPHA, BETA]) : [];
    return { code: outcome.code, codes };
  }),

  behaviour('key-policy.set-on-absent', 'a policy can be set on a key that does not exist, and says nothing then', async (world) => {
    const key = world.key();
    const { code } = await world.submit('basic', 'policy:set', [key, JSON.stringify([GAMMA])], { endorsers: [ALPHA, BETA] });
    const read = await world.query('basic', 'policy:get', [key]);
    const codes = await codesOf(world, 'state:put', [key, 'x'], [GAMMA], [ALPHA, BETA]);
    return { code, read, codes };
  }),

  behaviour('key-policy.planned', 'the gateway asks whom the key’s policy names', async (world) => {
    const key = await guardedKey(world, BETA, GAMMA);
    const outcome = await world.valid('basic', 'state:put', [key, 'x']);
    const endorsers = mspIdsOf((await world.transaction(outcome)).endorsed?.endorsements ?? []);
    assert.ok(endorsers.includes(BETA) && endorsers.includes(GAMMA), endorsers.join(', '));
    return { endorsers };
  }),

  behaviour('key-policy.hand-built', 'a hand-built signature policy is taken: any two of three', async (world) => {
    const key = world.key();
    await world.valid('basic', 'policy:setBytes', [key, base64(outOf(2, ALPHA, BETA, GAMMA))], { endorsers: [ALPHA, BETA] });
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'x'], [GAMMA], [GAMMA, BETA]), [10, 0]);
    return undefined;
  }),

  behaviour('key-policy.wrapped', 'a policy wrapped as a chaincode’s is taken and closes the key for good', async (world) => {
    const key = world.key();
    const wrapped = new peer.ApplicationPolicy();
    wrapped.setSignaturePolicy(outOf(1, ALPHA, BETA, GAMMA));
    await world.valid('basic', 'policy:setBytes', [key, base64(wrapped)], { endorsers: [ALPHA, BETA] });
    assert.deepEqual(await codesOf(world, 'state:put', [key, 'x'], [ALPHA, BETA], [ALPHA, BETA, GAMMA]), [10, 10]);
    return undefined;
  }),

  behaviour('key-policy.in-flight', 'a write that was endorsed before the policy changed is judged by the new one', async (world) => {
    const key = await guardedKey(world, GAMMA);
    const write = await world.endorse('basic', 'state:put', [key, 'late'], { endorsers: [GAMMA] });
    await world.valid('basic', 'policy:set', [key, JSON.stringify([ALPHA])], { endorsers: [GAMMA] });
    assert.equal((await world.commit(write)).code, 10);
    return undefined;
  }),

  behaviour('key-policy.same-block', 'a write in the block that changes the policy before it is invalid', async (world) => {
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const key = await guardedKey(world, GAMMA);
      const change = await world.endorse('basic', 'policy:set', [key, JSON.stringify([ALPHA])], { endorsers: [GAMMA] });
      const write = await world.endorse('basic', 'state:put', [key, 'late'], { endorsers: [GAMMA] });
      const [changed, written] = await Promise.all([world.commit(change), world.commit(write)]);
      const order = await positions(world, [changed, written]);
      if (changed.block === written.block && order[0] < order[1]) {
        assert.deepEqual([changed.code, written.code], [0, 10]);
        return undefined;
      }
    }
    return assert.fail('both never came into one block in this order');
  }),

  behaviour('key-policy.private', 'private keys have policies as well, kept with their hashes', async (world) => {
    const key = world.key();
    const transient = { value: 'secret' };
    await world.valid('basic', 'policy:putPrivateGuarded', ['shared', key, JSON.stringify([ALPHA, BETA])], { transient, endorsers: [ALPHA, BETA] });
    assert.deepEqual(await world.query('basic', 'policy:getPrivate', ['shared', key]), [ALPHA, BETA]);
    const codes: number[] = [];
    for (const endorsers of [[ALPHA], [ALPHA, GAMMA], [ALPHA, BETA]]) {
      codes.push((await world.submit('basic', 'private:put', ['shared', key], { transient: { value: 'new' }, endorsers })).code);
    }
    assert.deepEqual(codes, [10, 10, 0]);
    assert.deepEqual(await world.query('basic', 'policy:getPrivate', ['shared', key], { at: GAMMA }), [ALPHA, BETA]);
    return undefined;
  }),

  behaviour('key-policy.private.implicit', 'a policy on a key of an implicit collection stops its owner from rewriting it alone', async (world) => {
    const key = world.key();
    const collection = implicit(ALPHA);
    await world.valid('basic', 'policy:putPrivateGuarded', [collection, key, JSON.stringify([ALPHA, BETA])], { transient: { value: 'x' }, endorsers: [ALPHA] });
    const alone = await world.submit('basic', 'private:put', [collection, key], { transient: { value: 'y' }, endorsers: [ALPHA] });
    const purge = await world.submit('basic', 'private:purge', [collection, key], { endorsers: [ALPHA] });
    const both = await world.submit('basic', 'private:put', [collection, key], { transient: { value: 'y' }, endorsers: [ALPHA, BETA] });
    assert.deepEqual([alone.code, purge.code, both.code], [10, 10, 0]);
    return undefined;
  }),

  behaviour('key-policy.planned.alone', 'one organisation’s endorsement is asked for where its key’s policy is all that counts', async (world) => {
    const planned = async (name: string, args: readonly string[], transient?: Call['transient']): Promise<readonly string[]> => {
      const outcome = await world.valid('basic', name, args, transient === undefined ? {} : { transient });
      return mspIdsOf((await world.transaction(outcome)).endorsed?.endorsements ?? []);
    };
    const key = await guardedKey(world, ALPHA);
    await world.valid('basic', 'policy:putPrivateGuarded', ['guarded', key, JSON.stringify([ALPHA])], { transient: { value: 'x' }, endorsers: [ALPHA, BETA] });
    assert.deepEqual(await planned('state:put', [key, 'x']), [ALPHA]);
    assert.deepEqual(await planned('private:put', ['guarded', key], { value: 'y' }), [ALPHA]);
    return undefined;
  }),

  behaviour('key-policy.planned.beside', 'beside a key with a policy, others keep that of their collection or chaincode, also those of the same name', async (world) => {
    const key = await guardedKey(world, ALPHA);
    const put = { kind: 'PUT_STATE', value: 'x' };
    const endorsements = async (name: string, args: readonly string[]): Promise<number> =>
      (await world.transaction(await world.valid('basic', name, args))).endorsed?.endorsements.length ?? 0;
    assert.equal(await endorsements('batch:write', [JSON.stringify([{ ...put, key }, { ...put, key: world.key() }])]), 2);
    assert.equal(await endorsements('batch:write', [JSON.stringify([{ ...put, key }, { ...put, key, collection: 'guarded' }])]), 2);
    assert.equal(await endorsements('call:putAndCall', [key, 'strict', JSON.stringify(['state:put', key, 'x'])]), 3);
    return undefined;
  }),
];

async function positions(world: World, outcomes: readonly { readonly txId: string; readonly block: number }[]): Promise<readonly [number, number]> {
  const [first, second] = outcomes;
  const envelopes = (await world.block(first?.block ?? 0)).getData()?.getDataList_asU8() ?? [];
  const at = (txId: string | undefined): number => envelopes.findIndex((envelope) => Buffer.from(envelope).includes(txId ?? '-'));
  return [at(first?.txId), at(second?.txId)];
}
