import type { ChaincodeServerAssignment } from '../chaincode/chaincode-server.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import { PeerRefusal } from '../peer/peer-client.js';
import { until } from '../processes/until.js';
import type { Topology } from '../topology/topology.js';
import { withPeer } from '../peer/administer-peer.js';

const CONNECTED_WITHIN_MS = 30_000;

/** Every contract of the contract API answers this; other chaincodes refuse it, which shows as well that they are connected. */
const METADATA = 'org.hyperledger.fabric:GetMetadata';

/**
 * Calls every chaincode at every peer once: a peer dials a server on the first call, and the first call after a server's
 * start may fail, which no client should be the one to find out.
 */
export async function warmUp(assignments: readonly ChaincodeServerAssignment[], { channel, peers }: Topology, identities: NetworkIdentities): Promise<void> {
  await Promise.all(
    assignments.map(async ({ peerId, chaincode }) => {
      const peer = peers.find(({ id }) => id === peerId);
      if (peer === undefined) return;
      await withPeer(peer, identities, async (client) =>
        until(async () => answers(client.call({ channel, chaincode, args: [METADATA] })), { withinMs: CONNECTED_WITHIN_MS, what: `${chaincode} to answer at ${peerId}` }),
      );
    }),
  );
}

async function answers(call: Promise<unknown>): Promise<true | undefined> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof PeerRefusal) || !isChaincodesOwn(error)) throw error;
  }
  return true;
}

/** The peer says "could not launch" or the like where no server is connected; everything else was said by the chaincode. */
function isChaincodesOwn({ status, message }: PeerRefusal): boolean {
  return status !== 0 && !/could not launch|failed to execute transaction|chaincode definition|make sure the chaincode/.test(message);
}
