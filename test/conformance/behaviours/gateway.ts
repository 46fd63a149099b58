import { strict as assert } from 'node:assert';
import { signers } from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, CONSORTIUM, GAMMA, implicit } from '../world/consortium.js';
import { mspIdsOf } from '../world/decoded-block.js';
import { refusalOf } from '../world/refusal.js';
import type { World } from '../world/world.js';

/** Number of organisations whose endorsements a transaction carries. */
async function endorsersOf(world: World, outcome: { readonly block: number; readonly txId: string }): Promise<readonly string[]> {
  return mspIdsOf((await world.transaction(outcome)).endorsed?.endorsements ?? []);
}

export const gatewayBehaviours: readonly Behaviour[] = [
  behaviour('gateway.evaluate', 'evaluating answers and orders nothing', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'written']);
    const height = await world.height();
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'written');
    assert.equal(await world.evaluate('basic', 'state:put', [key, 'ignored']), '');
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'written');
    assert.equal(await world.height(), height);
    return undefined;
  }),

  behaviour('gateway.submit-flow', 'endorse, submit and commit status are steps of their own, and the result is there after the first', async (world) => {
    const key = world.key();
    const transaction = await world.endorse('basic', 'state:copy', [key, key]);
    assert.equal(Buffer.from(transaction.getResult()).toString(), '');
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '');
    const submitted = await transaction.submit();
    const status = await submitted.getStatus();
    await world.settled(submitted.getTransactionId());
    assert.equal(status.successful, true);
    assert.equal(status.code, 0);
    assert.equal(status.transactionId, transaction.getTransactionId());
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '*');
    return undefined;
  }),

  behaviour('gateway.commit-status.later', 'the status of a committed transaction can be asked again, at every peer', async (world) => {
    const outcome = await world.valid('basic', 'state:put', [world.key(), 'x']);
    for (const mspId of [ALPHA, BETA, GAMMA]) {
      const status = await world.statusAt(mspId, outcome.txId);
      assert.deepEqual([status.code, Number(status.blockNumber)], [0, outcome.block]);
    }
    return undefined;
  }),

  behaviour('gateway.commit-status.unknown', 'the status of a transaction that is not committed is waited for', async (world) => {
    const refusal = await refusalOf(statusWithin(world, '0'.repeat(64), 500));
    // The deadline passes at both ends at the same time; whichever is first names it cancelled or exceeded.
    assert.ok([1, 4].includes(refusal.code), refusal.message);
    return undefined;
  }),

  behaviour('gateway.offline-signing', 'proposal, transaction and status request are signed outside of the client', async (world) => {
    const identity = await world.network.user(ALPHA, 'tester');
    const gateway = world.clients.withoutSigner(identity);
    const seal = signers.newPrivateKeySigner(identity.privateKey);
    const key = world.key();
    const unsigned = gateway.getNetwork(CONSORTIUM.channel).getContract('basic').newProposal('state:put', { arguments: [key, 'offline'] });
    const proposal = gateway.newSignedProposal(unsigned.getBytes(), await seal(unsigned.getDigest()));
    const endorsed = await proposal.endorse();
    const transaction = gateway.newSignedTransaction(endorsed.getBytes(), await seal(endorsed.getDigest()));
    const submitted = await transaction.submit();
    const commit = gateway.newSignedCommit(submitted.getBytes(), await seal(submitted.getDigest()));
    assert.equal((await commit.getStatus()).code, 0);
    await world.settled(submitted.getTransactionId());
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'offline');
    return undefined;
  }),

  behaviour('gateway.endorsing-organisations', 'the organisations that the client names endorse, and no others', async (world) => {
    const outcome = await world.valid('basic', 'state:put', [world.key(), 'x'], { endorsers: [GAMMA, BETA] });
    assert.deepEqual(await endorsersOf(world, outcome), [BETA, GAMMA]);
    return undefined;
  }),

  behaviour('gateway.endorsement-plan', 'without named organisations as many endorse as the policy needs', async (world) => {
    const two = await world.valid('basic', 'state:put', [world.key(), 'x']);
    const three = await world.valid('strict', 'state:put', [world.key(), 'x']);
    const one = await world.valid('open', 'state:put', [world.key(), 'x']);
    assert.equal((await endorsersOf(world, two)).length, 2);
    assert.deepEqual(await endorsersOf(world, three), [ALPHA, BETA, GAMMA]);
    assert.deepEqual(await endorsersOf(world, one), [ALPHA]);
    return undefined;
  }),

  behaviour('gateway.endorsement-plan.own-first', 'the gateway’s own organisation endorses where the policy lets it', async (world) => {
    for (const at of [ALPHA, BETA, GAMMA]) {
      const outcome = await world.valid('open', 'state:put', [world.key(), 'x'], { at });
      assert.deepEqual(await endorsersOf(world, outcome), [at]);
    }
    return undefined;
  }),

  behaviour('gateway.endorsement-plan.installed', 'organisations that do not run the chaincode are not asked', async (world) => {
    const outcome = await world.valid('lone', 'state:put', [world.key(), 'x'], { at: BETA });
    assert.deepEqual(await endorsersOf(world, outcome), [ALPHA]);
    return undefined;
  }),

  behaviour('gateway.endorsement-plan.collections', 'a write to an implicit collection brings its organisation into the plan', async (world) => {
    const outcome = await world.valid('open', 'private:put', [implicit(GAMMA), world.key()], { transient: { value: 'x' }, endorsers: [GAMMA] });
    assert.deepEqual(await endorsersOf(world, outcome), [GAMMA]);
    return undefined;
  }),

  behaviour('gateway.evaluate.at', 'an evaluation runs at a peer of the organisation that the client names, else at the gateway’s own', async (world) => {
    const own = await world.query<{ peer: string }>('basic', 'call:self', ['none']);
    const named = await world.query<{ peer: string }>('basic', 'call:self', ['none'], { endorsers: [BETA] });
    assert.deepEqual([own.peer, named.peer], [ALPHA, BETA]);
    return undefined;
  }),

  behaviour('gateway.evaluate.elsewhere', 'an evaluation of a chaincode that the own peer does not run goes to one that does', async (world) => {
    const answer = await world.query<{ peer: string }>('lone', 'call:self', ['none'], { at: GAMMA });
    assert.equal(answer.peer, ALPHA);
    return undefined;
  }),

  behaviour('gateway.transient', 'transient data reaches the chaincode and not the block', async (world) => {
    const secret = `secret ${world.key()}`;
    assert.deepEqual(await world.query('basic', 'call:transient', [], { transient: { value: secret, other: 'x' } }), { value: secret, other: 'x' });
    const outcome = await world.valid('basic', 'private:put', ['shared', world.key()], { transient: { value: secret }, endorsers: [ALPHA, BETA] });
    const block = Buffer.from((await world.block(outcome.block)).serializeBinary());
    assert.equal(block.includes(secret), false);
    return undefined;
  }),

  behaviour('gateway.transient.distribution', 'transient data goes to no organisation outside of the collections unless the client names it', async (world) => {
    const collections = JSON.stringify([implicit(ALPHA), implicit(BETA)]);
    const refusal = await world.refused('basic', 'private:putAll', [collections, world.key()], { transient: { value: 'x' } });
    assert.deepEqual([refusal.stage, refusal.code], ['EndorseError', 9]);
    assert.match(refusal.message, /requires endorsement from organisation\(s\) that are not in the distribution policy of the private data collection\(s\): \[.*\]; retry specifying trusted/);
    const named = await world.valid('basic', 'private:putAll', [collections, world.key()], { transient: { value: 'x' }, endorsers: [ALPHA, BETA] });
    assert.deepEqual(await endorsersOf(world, named), [ALPHA, BETA]);
    return undefined;
  }),

  behaviour('gateway.transient.member-alone', 'transient data for another organisation’s own collection is endorsed by that organisation', async (world) => {
    const outcome = await world.valid('basic', 'private:put', [implicit(BETA), world.key()], { transient: { value: 'x' } });
    return { endorsers: await endorsersOf(world, outcome) };
  }),

  behaviour('gateway.error.chaincode', 'what a chaincode throws reaches the client as a message, with its organisation, and nothing is ordered', async (world) => {
    const height = await world.height();
    const endorse = await world.refused('basic', 'fault:fail', ['no beds left', world.key()]);
    const evaluate = await world.refusedQuery('basic', 'fault:fail', ['no beds left', world.key()]);
    assert.deepEqual([endorse.stage, endorse.code, evaluate.stage, evaluate.code], ['EndorseError', 10, 'GatewayError', 2]);
    assert.ok(endorse.details.every((detail) => detail.includes('chaincode response 500, no beds left')), endorse.details.join('; '));
    assert.ok(endorse.details.length > 0);
    assert.ok(evaluate.message.includes('chaincode response 500, no beds left'), evaluate.message);
    assert.equal(await world.height(), height);
    return { endorse, evaluate };
  }),

  behaviour('gateway.error.unknown', 'unknown chaincodes, functions and channels are refused', async (world) => {
    const chaincode = await world.refused('nowhere', 'state:put', ['a', 'b']);
    const query = await world.refusedQuery('nowhere', 'state:get', ['a']);
    const name = await world.refusedQuery('basic', 'state:nonsense', []);
    const contract = (await world.clients.tester(ALPHA)).getNetwork('elsewhere').getContract('basic');
    const channel = await refusalOf(contract.evaluate('state:get', { arguments: ['a'] }));
    const submit = await refusalOf(contract.newProposal('state:get', { arguments: ['a'] }).endorse());
    const named = { arguments: ['a'], endorsingOrganizations: [BETA] };
    const channelAt = await refusalOf(contract.evaluate('state:get', named));
    const submitAt = await refusalOf(contract.newProposal('state:get', named).endorse());
    const submitSecret = await refusalOf(contract.newProposal('state:get', { arguments: ['a'], transientData: { value: 'x' } }).endorse());
    return { chaincode, query, name, channel, submit, channelAt, submitAt, submitSecret };
  }),

  behaviour('gateway.endorsing-organisations.unknown', 'an organisation that is not on the channel cannot be asked', async (world) => {
    const refusal = await world.refused('basic', 'state:put', [world.key(), 'x'], { endorsers: ['NobodyMSP'] });
    return { refusal, query: await world.refusedQuery('basic', 'state:get', ['x'], { endorsers: ['NobodyMSP'] }) };
  }),

  behaviour('gateway.self', 'the chaincode learns who calls, with certificate attributes, and of which transaction', async (world) => {
    const tester = await world.network.user(BETA, 'tester');
    const proposal = (await world.clients.tester(BETA)).getNetwork(CONSORTIUM.channel).getContract('basic').newProposal('call:self', { arguments: ['desk.number'] });
    const self = JSON.parse(Buffer.from(await proposal.evaluate()).toString()) as Record<string, unknown>;
    assert.deepEqual([self['mspId'], self['attribute'], self['channel'], self['txId'], self['creator']], [BETA, '7', CONSORTIUM.channel, proposal.getTransactionId(), tester.certificate]);
    assert.ok(Math.abs(Number(self['seconds']) - Date.now() / 1000) < 60);
    assert.ok(String(self['id']).startsWith('x509::/OU=client/CN=tester@beta.example'), String(self['id']));
    const none = await world.query<{ attribute: string | null }>('basic', 'call:self', ['no.such.attribute']);
    assert.equal(none.attribute, null);
    return undefined;
  }),

  behaviour('gateway.transient.target', 'an evaluation with transient data runs at another organisation where the client names it', async (world) => {
    const { peer } = await world.query<{ peer: string }>('basic', 'call:self', [''], { transient: { value: 'x' }, endorsers: [BETA] });
    assert.equal(peer, BETA);
    return undefined;
  }),

  behaviour('gateway.plan.nothing-touched', 'a transaction that touches no key is endorsed as its chaincode’s policy asks', async (world) => {
    const outcome = await world.valid('basic', 'fault:large', ['1']);
    assert.equal((await endorsersOf(world, outcome)).length, 2);
    return undefined;
  }),
];

async function statusWithin(world: World, txId: string, milliseconds: number): Promise<unknown> {
  const request = new protos.CommitStatusRequest();
  request.setChannelId(CONSORTIUM.channel);
  request.setTransactionId(txId);
  request.setIdentity((await world.network.user(ALPHA, 'tester')).serialize());
  const signed = new protos.SignedCommitStatusRequest();
  signed.setRequest(request.serializeBinary());
  return (await world.clients.tester(ALPHA)).newCommit(signed.serializeBinary()).getStatus({ deadline: Date.now() + milliseconds });
}
