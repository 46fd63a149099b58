import { OrganizationTree, readMspConfiguration, type SigningIdentity } from '../../../identities/index.js';
import { buildChannelConfig } from '../../channel-config/index.js';
import { ChannelMembership } from '../channel-membership.js';
import type { Signed } from '../signature-set.js';

/** A channel of organisations with one peer and one admin each, and an orderer, with keys of a test. */
export interface TestChannel {
  readonly membership: ChannelMembership;
  readonly mspIds: readonly string[];
  peer(mspId: string): Promise<SigningIdentity>;
  admin(mspId: string): Promise<SigningIdentity>;
  client(mspId: string): Promise<SigningIdentity>;
  /** Signatures of these organisations' peers over one message. */
  endorsements(...mspIds: readonly string[]): Promise<Signed[]>;
}

export const MESSAGE = Buffer.from('what is signed');

/** Signs the message of these tests. */
export function signedBy(identity: SigningIdentity, data: Uint8Array = MESSAGE): Signed {
  return { data, identity: identity.serialize(), signature: identity.sign(data) };
}

/** Builds the channel in a folder; names become `<Name>MSP` and `<name>.example`. */
export async function testChannel(root: string, ...names: readonly string[]): Promise<TestChannel> {
  const trees = await Promise.all(names.map(async (name) => openOrganisation(root, name)));
  const orderer = await OrganizationTree.open({ root, domain: 'order.example', mspId: 'OrderMSP', kind: 'orderer' });
  await orderer.addNode('orderer0.order.example');
  const config = buildChannelConfig({
    members: await Promise.all(trees.map(async (tree) => ({ msp: await readMspConfiguration(tree.paths.msp, tree.mspId) }))),
    orderers: [{ msp: await readMspConfiguration(orderer.paths.msp, 'OrderMSP'), endpoints: ['localhost:7050'] }],
    batch: { maxMessageCount: 10, absoluteMaxBytes: 1_000_000, preferredMaxBytes: 100_000, timeoutMs: 50 },
  });
  const tree = (mspId: string): OrganizationTree => {
    const found = trees.find((candidate) => candidate.mspId === mspId);
    if (found === undefined) {
      throw new Error(`no organisation ${mspId} in this test`);
    }
    return found;
  };
  const peer = async (mspId: string): Promise<SigningIdentity> => tree(mspId).node(`peer0.${tree(mspId).paths.domain}`);
  return {
    membership: new ChannelMembership(config),
    mspIds: trees.map(({ mspId }) => mspId),
    peer,
    admin: (mspId) => tree(mspId).user('Admin'),
    client: (mspId) => tree(mspId).user('clerk'),
    endorsements: (...mspIds) => Promise.all(mspIds.map(async (mspId) => signedBy(await peer(mspId)))),
  };
}

async function openOrganisation(root: string, name: string): Promise<OrganizationTree> {
  const domain = `${name.toLowerCase()}.example`;
  const tree = await OrganizationTree.open({ root, domain, mspId: `${name}MSP` });
  await tree.addNode(`peer0.${domain}`);
  await tree.addUser({ name: 'Admin', role: 'admin' });
  await tree.addUser({ name: 'clerk' });
  return tree;
}
