import { ADMIN, type NetworkIdentities } from '../identities/network-identities.js';
import type { OrdererNode } from '../topology/topology.js';
import { ChannelParticipation } from './channel-participation.js';

/** The administration of an orderer, as its own organisation's administrator. */
export async function ordererAdministration(orderer: OrdererNode, identities: NetworkIdentities): Promise<ChannelParticipation> {
  const tls = await identities.of(orderer.mspId).userTls(ADMIN);
  return new ChannelParticipation({ host: orderer.host, port: orderer.adminPort, tls });
}
