import { listCertificates } from '../identities/certificate-inventory.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import { approvedPackage, committedDefinitions } from '../chaincode/lifecycle.js';
import { ordererAdministration } from '../orderer/administer-orderer.js';
import { withPeer } from '../peer/administer-peer.js';
import { chainHeight } from '../peer/peer-administration.js';
import { isPeer, type OrdererNode, ordererMspId, type PeerNode, type Topology } from '../topology/topology.js';
import { samplesOf } from './metrics.js';
import { NodeOperations } from './node-operations.js';

/** How one node is; `height` and what follows it are missing where the node does not answer. */
export interface NodeStatus {
  readonly id: string;
  readonly kind: 'orderer' | 'peer';
  readonly mspId: string;
  readonly healthy: boolean;
  readonly height?: number;
  /** Blocks that the node lacks of the highest one seen. */
  readonly lag?: number;
  /** True for the orderer that leads. */
  readonly leads?: boolean;
}

/** A chaincode as one organisation has it. */
export interface ChaincodeStatus {
  readonly mspId: string;
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /** Package that the organisation approved; empty where it runs none. */
  readonly packageId: string;
}

export interface NetworkStatus {
  readonly nodes: readonly NodeStatus[];
  readonly chaincodes: readonly ChaincodeStatus[];
  /** The certificate of each organisation that expires first. */
  readonly expiries: readonly { readonly mspId: string; readonly name: string; readonly profile: string; readonly notAfter: Date }[];
}

/** Asks every node of the own organisations; a node that does not answer is reported, not thrown. */
export async function networkStatus(own: Topology, identities: NetworkIdentities): Promise<NetworkStatus> {
  const nodes = await Promise.all([...own.orderers.map(async (orderer) => ordererStatus(orderer, own, identities)), ...own.peers.map(async (peer) => peerStatus(peer, own, identities))]);
  const highest = Math.max(0, ...nodes.map(({ height = 0 }) => height));
  const members = own.peers.filter(({ index }) => index === 0);
  return {
    nodes: nodes.map((node) => (node.height === undefined ? node : { ...node, lag: highest - node.height })),
    chaincodes: (await Promise.all(members.map(async (member) => chaincodeStatus(member, own.channel, identities)))).flat(),
    expiries: await Promise.all(members.flatMap(({ mspId }) => [mspId, ordererMspId(mspId)]).map(async (mspId) => nextExpiry(mspId, identities))),
  };
}

/** Blocks that a node has; undefined where it does not answer. */
export async function heightOf(node: OrdererNode | PeerNode, channel: string, identities: NetworkIdentities): Promise<number | undefined> {
  return answerOf(async () =>
    isPeer(node) ? withPeer(node, identities, async (client) => (await chainHeight(client, channel)).height) : (await (await ordererAdministration(node, identities)).status(channel)).height,
  );
}

async function ordererStatus(orderer: OrdererNode, { channel, orderers }: Topology, identities: NetworkIdentities): Promise<NodeStatus> {
  const base = { id: orderer.id, kind: 'orderer' as const, mspId: orderer.mspId };
  const healthy = await isHealthy(orderer, identities);
  const height = await heightOf(orderer, channel, identities);
  if (height === undefined) return { ...base, healthy };
  return { ...base, healthy, height, leads: await leads(orderer, orderers, identities) };
}

async function peerStatus(peer: PeerNode, { channel }: Topology, identities: NetworkIdentities): Promise<NodeStatus> {
  const healthy = await isHealthy(peer, identities);
  const height = await heightOf(peer, channel, identities);
  return { id: peer.id, kind: 'peer', mspId: peer.mspId, healthy, ...(height === undefined ? {} : { height }) };
}

/** BFT orderers report who leads by its place among the consenters, Raft ones whether they do themselves. */
async function leads(orderer: OrdererNode, orderers: readonly OrdererNode[], identities: NetworkIdentities): Promise<boolean> {
  const metrics = (await answerOf(async () => (await operationsOf(orderer, identities)).metrics())) ?? '';
  const [bft] = samplesOf(metrics, 'consensus_BFT_leader_id');
  if (bft !== undefined) return orderers[bft.value - 1]?.id === orderer.id;
  return samplesOf(metrics, 'consensus_etcdraft_is_leader')[0]?.value === 1;
}

async function chaincodeStatus(peer: PeerNode, channel: string, identities: NetworkIdentities): Promise<readonly ChaincodeStatus[]> {
  const found = await answerOf(async () =>
    withPeer(peer, identities, async (client) => {
      const definitions = await committedDefinitions(client, channel);
      return Promise.all(definitions.map(async ({ name, version, sequence }) => ({ mspId: peer.mspId, name, version, sequence, packageId: (await approvedPackage(client, channel, { name, sequence })) ?? '' })));
    }),
  );
  return found ?? [];
}

async function nextExpiry(mspId: string, identities: NetworkIdentities): Promise<NetworkStatus['expiries'][number]> {
  const [first] = await listCertificates(identities.of(mspId).paths.directory);
  return { mspId, name: first?.name ?? '', profile: first?.profile ?? '', notAfter: first?.notAfter ?? new Date(0) };
}

async function isHealthy(node: OrdererNode | PeerNode, identities: NetworkIdentities): Promise<boolean> {
  return (await answerOf(async () => (await operationsOf(node, identities)).isHealthy())) ?? false;
}

/** The operations endpoint of a node, with the node's own certificate. */
export async function operationsOf(node: OrdererNode | PeerNode, identities: NetworkIdentities): Promise<NodeOperations> {
  return new NodeOperations({ host: node.host, port: node.operationsPort, tls: await identities.of(node.mspId).nodeTls(node.id) });
}

/** What a node answers; undefined where it is down, which is a finding here and no failure. */
async function answerOf<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
