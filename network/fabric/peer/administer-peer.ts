import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import type { PeerNode } from '../topology/topology.js';
import { PeerClient } from './peer-client.js';

/** Does something with a peer as its own organisation's administrator, and closes the connection. */
export async function withPeer<T>(peer: PeerNode, identities: NetworkIdentities, action: (client: PeerClient) => Promise<T>): Promise<T> {
  const client = await peerAdministration(peer, identities);
  try {
    return await action(client);
  } finally {
    client.close();
  }
}

async function peerAdministration(peer: PeerNode, identities: NetworkIdentities): Promise<PeerClient> {
  const organisation = identities.of(peer.mspId);
  const endpoint = { endpoint: `${peer.host}:${peer.port}`, tlsCaCert: organisation.issuer.authorities.tls };
  return new PeerClient(endpoint, await organisation.user(ADMIN));
}
