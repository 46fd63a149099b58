import { builderEnvironment } from '../chaincode/builder-environment.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import type { NetworkDirectory } from '../network-directory.js';
import { isPeer, type OrdererNode, type PeerNode } from '../topology/topology.js';

/** What a node is told by its environment: where its configuration is, what to log, and a peer where its chaincode servers are. */
export async function nodeEnvironment(node: OrdererNode | PeerNode, identities: NetworkIdentities, home: NetworkDirectory, logging: string): Promise<Record<string, string>> {
  const environment = { FABRIC_CFG_PATH: home.nodeConfiguration(node.id), FABRIC_LOGGING_SPEC: logging, FABRIC_LOGGING_FORMAT: 'json' };
  return isPeer(node) ? { ...environment, ...builderEnvironment(node, await identities.of(node.mspId).nodeTls(node.id)) } : environment;
}
