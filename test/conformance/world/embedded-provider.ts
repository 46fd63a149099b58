import { join } from 'node:path';
import { startEmbeddedNetwork } from '@medaccord/network/embedded';
import { OrganizationTree, type SigningIdentity } from '@medaccord/network/identities';
import type { NetworkProvider, NetworkUnderTest } from './network-under-test.js';

/** Long enough for every chaincode here, short enough to wait for. */
const EXECUTE_TIMEOUT_MS = 6_000;

/** The embedded network, in this process. */
export const embeddedProvider: NetworkProvider = {
  kind: 'embedded',

  async start({ config, directory }): Promise<NetworkUnderTest> {
    const network = await startEmbeddedNetwork({ config, directory, executeTimeoutMs: EXECUTE_TIMEOUT_MS });
    const organizationsPath = join(directory, 'organizations');
    const tree = async (mspId: string): Promise<OrganizationTree> => {
      const { domain } = organisation(config.organisations, mspId);
      return OrganizationTree.open({ root: organizationsPath, domain, mspId });
    };
    const { control } = network;
    return {
      kind: 'embedded',
      capabilities: new Set(['lag', 'lose-private-data', 'short-execute-timeout']),
      organizationsPath,
      executeTimeoutMs: EXECUTE_TIMEOUT_MS,
      peer: (mspId) => organisation(Object.entries(network.peers).map(([id, peer]) => ({ mspId: id, ...peer })), mspId),
      packageId: ({ name, version }) => `${name}:${version}`,
      setChaincodeAddress: (mspId, name, address) => { network.setChaincodeAddress(mspId, name, address); return Promise.resolve(); },
      user: async (mspId, name): Promise<SigningIdentity> => (await tree(mspId)).user(name),
      node: async (mspId): Promise<SigningIdentity> => {
        const opened = await tree(mspId);
        return opened.node(`peer0.${opened.paths.domain}`);
      },
      issue: (mspId, request) => control.issue(mspId, request),
      revoke: (mspId, name) => control.revoke(mspId, name),
      updateDefinition: (chaincode) => network.updateDefinition(chaincode),
      stopPeer: (mspId) => { control.stop(mspId); return Promise.resolve(); },
      startPeer: (mspId) => control.start(mspId),
      pause: (mspId) => { control.pause(mspId); return Promise.resolve(); },
      resume: (mspId) => control.resume(mspId),
      losePrivateData: (mspId, lose) => { control.stripPrivateData(mspId, lose); return Promise.resolve(); },
      stop: () => network.stop(),
    };
  },
};

function organisation<T extends { readonly mspId: string }>(all: readonly T[], mspId: string): T {
  const found = all.find((candidate) => candidate.mspId === mspId);
  if (found === undefined) {
    throw new Error(`no organisation ${mspId} in this network`);
  }
  return found;
}
