import { freePortsPlan, startFabricNetwork } from '@medaccord/network/fabric';
import { OrganizationTree, type SigningIdentity } from '@medaccord/network/identities';
import type { NetworkProvider, NetworkUnderTest } from './network-under-test.js';

/** Fabric's default, which the nodes keep. */
const EXECUTE_TIMEOUT_MS = 30_000;

/** Real Fabric 3.1.5: programs from FABRIC_BIN, from `.medaccord/fabric/bin` or from the PATH. */
export const fabricProvider: NetworkProvider = {
  kind: 'fabric',

  async start({ config, directory }): Promise<NetworkUnderTest> {
    const network = await startFabricNetwork({ config, directory, plan: await freePortsPlan(config, 'raft'), onProgress: (step) => { process.stderr.write(`fabric: ${step}\n`); } });
    const { organizationsPath, control } = network;
    const tree = async (mspId: string): Promise<OrganizationTree> => {
      const { domain } = named(config.organisations, mspId);
      return OrganizationTree.open({ root: organizationsPath, domain, mspId });
    };
    const unavailable = (what: string) => (): Promise<never> => Promise.reject(new Error(`real Fabric cannot be made to ${what}`));
    return {
      kind: 'fabric',
      capabilities: new Set(),
      organizationsPath,
      executeTimeoutMs: EXECUTE_TIMEOUT_MS,
      peer: (mspId) => named(Object.entries(network.peers).map(([id, peer]) => ({ mspId: id, ...peer })), mspId),
      packageId: ({ name }) => network.chaincodeId(name),
      setChaincodeAddress: (mspId, name, address) => network.setChaincodeAddress(mspId, name, address),
      user: async (mspId, name): Promise<SigningIdentity> => (await tree(mspId)).user(name),
      node: async (mspId): Promise<SigningIdentity> => {
        const opened = await tree(mspId);
        return opened.node(`peer0.${opened.paths.domain}`);
      },
      issue: (mspId, request) => control.issue(mspId, request),
      revoke: (mspId, name) => control.revoke(mspId, name),
      updateDefinition: (chaincode) => network.updateDefinition(chaincode),
      stopPeer: (mspId) => control.stop(mspId),
      startPeer: (mspId) => control.start(mspId),
      pause: unavailable('lag'),
      resume: unavailable('lag'),
      losePrivateData: unavailable('lose private data'),
      stop: () => network.destroy(),
    };
  },
};

function named<T extends { readonly mspId: string }>(all: readonly T[], mspId: string): T {
  const found = all.find((candidate) => candidate.mspId === mspId);
  if (found === undefined) {
    throw new Error(`no organisation ${mspId} in this network`);
  }
  return found;
}
