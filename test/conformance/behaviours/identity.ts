import { strict as assert } from 'node:assert';
import { X509Certificate } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { common } from '@hyperledger/fabric-protos';
import { CertificateAuthority, generatePrivateKey, SigningIdentity } from '@medaccord/network/identities';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, CONSORTIUM } from '../world/consortium.js';
import { decodeHeader, decodeTransactions } from '../world/decoded-block.js';
import { type Refusal, refusalOf } from '../world/refusal.js';
import type { World } from '../world/world.js';

/** What an identity is told when it evaluates, submits and listens at Alpha's peer. */
async function refusals(world: World, identity: SigningIdentity): Promise<Readonly<Record<'evaluate' | 'endorse' | 'blocks' | 'chaincodeEvents', Refusal>>> {
  const gateway = world.clients.as(identity, ALPHA);
  const network = gateway.getNetwork(CONSORTIUM.channel);
  return {
    evaluate: await refusalOf(world.evaluate('basic', 'state:get', ['x'], { gateway })),
    endorse: await refusalOf(world.endorse('basic', 'state:put', [world.key(), 'x'], { gateway })),
    blocks: await refusalOf(firstOf(network.getFilteredBlockEvents({ startBlock: 0n }))),
    chaincodeEvents: await refusalOf(firstOf(network.getChaincodeEvents('basic', { startBlock: 0n }))),
  };
}

/** Fails with what the stream is refused with; answers where it yields anything. */
async function firstOf(opening: Promise<AsyncIterable<unknown> & { close(): void }>): Promise<unknown> {
  const events = await opening;
  try {
    for await (const event of events) {
      return event;
    }
    return undefined;
  } finally {
    events.close();
  }
}

/** An identity that claims to be of an organisation, with a certificate of somebody else's authority of the same name. */
async function forged(mspId: string, domain: string): Promise<SigningIdentity> {
  const authority = await CertificateAuthority.create(`ca.${domain}`, domain);
  const key = await generatePrivateKey();
  const certificate = await authority.issue({ profile: 'identity', name: `tester@${domain}`, role: 'client', attributes: { 'desk.number': '7' }, hosts: [], key });
  return new SigningIdentity(mspId, `${certificate.toString('pem')}\n`, key);
}

export const identityBehaviours: readonly Behaviour[] = [
  behaviour('identity.expired', 'an expired certificate is refused', async (world) => {
    // Within the life of the organisation's authority, which started five minutes before the network did.
    const validity = { notBefore: new Date(Date.now() - 4 * 60_000), notAfter: new Date(Date.now() - 60_000) };
    const gateway = world.clients.as(await world.network.issue(ALPHA, { name: 'expired', validity }));
    const network = gateway.getNetwork(CONSORTIUM.channel);
    const evaluate = await refusalOf(world.evaluate('basic', 'state:get', ['x'], { gateway }));
    const endorse = await refusalOf(world.endorse('basic', 'state:put', [world.key(), 'x'], { gateway }));
    assert.ok(JSON.stringify([evaluate, endorse]).includes('proposal client identity expired'), JSON.stringify([evaluate, endorse]));
    const blocks = await refusalOf(firstOf(network.getFilteredBlockEvents({ startBlock: 0n })));
    return { evaluate, endorse, blocks };
  }),

  behaviour('identity.expired.in-flight', 'a transaction whose creator’s certificate expires before it is ordered is refused by the orderer', async (world) => {
    const validity = { notBefore: new Date(Date.now() - 4 * 60_000), notAfter: new Date(Date.now() + 2_000) };
    const gateway = world.clients.as(await world.network.issue(ALPHA, { name: `short-${world.key()}`, validity }));
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x'], { gateway });
    await pause(Math.max(0, validity.notAfter.getTime() - Date.now() + 1_000));
    return { submit: await refusalOf(transaction.submit()) };
  }),

  behaviour('identity.older-than-authority', 'a certificate that starts before its authority did is refused', async (world) => {
    const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date(Date.now() + 86_400_000) };
    return refusals(world, await world.network.issue(ALPHA, { name: 'ancient', validity }));
  }),

  behaviour('identity.foreign', 'a certificate of another authority is refused, whatever it says', async (world) =>
    refusals(world, await forged(ALPHA, 'alpha.example'))),

  behaviour('identity.unknown-organisation', 'an organisation that is not on the channel is refused', async (world) =>
    refusals(world, await forged('NobodyMSP', 'nobody.example'))),

  behaviour('identity.other-organisation', 'a certificate counts for the organisation whose authority issued it, not for the one that it names', async (world) => {
    const tester = await world.network.user(BETA, 'tester');
    return refusals(world, new SigningIdentity(ALPHA, tester.certificate, tester.privateKey));
  }),

  behaviour('identity.wrong-key', 'a signature of another key is refused', async (world) => {
    const tester = await world.network.user(ALPHA, 'tester');
    return refusals(world, new SigningIdentity(ALPHA, tester.certificate, await generatePrivateKey()));
  }),

  behaviour('identity.peer-as-client', 'a peer’s identity reads blocks and proposes nothing', async (world) => {
    const gateway = world.clients.as(await world.network.node(ALPHA));
    const evaluate = await refusalOf(world.evaluate('basic', 'state:get', ['x'], { gateway }));
    const endorse = await refusalOf(world.endorse('basic', 'state:put', [world.key(), 'x'], { gateway }));
    assert.ok(await firstOf(gateway.getNetwork(CONSORTIUM.channel).getFilteredBlockEvents({ startBlock: 0n })));
    return { evaluate, endorse };
  }),

  behaviour('identity.revoked', 'a revoked certificate is refused once the channel knows, and others of its organisation are not', async (world) => {
    const leaver = await world.network.issue(ALPHA, { name: `leaver-${world.key()}` });
    const gateway = world.clients.as(leaver, ALPHA);
    await world.valid('basic', 'state:put', [world.key(), 'before'], { gateway });
    await world.network.revoke(ALPHA, (/CN=([^@]+)@/.exec(subjectOf(leaver)) ?? [])[1] ?? '');
    const inForce = common.Block.deserializeBinary(await world.system('cscc', 'GetConfigBlock', [CONSORTIUM.channel]));
    const [configuration] = decodeTransactions(await world.block(decodeHeader(inForce).number));
    assert.deepEqual([configuration?.type, configuration?.code], [common.HeaderType.CONFIG, 0]);
    const refused = await refusals(world, leaver);
    await world.valid('basic', 'state:put', [world.key(), 'others']);
    return refused;
  }),

  behaviour('identity.revoked.in-flight', 'a transaction of a creator who is revoked before it commits is invalid', async (world) => {
    const leaver = await world.network.issue(ALPHA, { name: `leaver-${world.key()}` });
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x'], { gateway: world.clients.as(leaver, ALPHA) });
    await world.network.revoke(ALPHA, (/CN=([^@]+)@/.exec(subjectOf(leaver)) ?? [])[1] ?? '');
    return { submit: await refusalOf(transaction.submit()) };
  }),
];

function subjectOf(identity: SigningIdentity): string {
  return new X509Certificate(identity.certificate).subject;
}
