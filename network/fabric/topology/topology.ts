import type { ConsortiumConfig, OrderingConfig, OrganisationConfig } from '../../configuration/consortium.js';
import { FabricError } from '../fabric-error.js';
import { type ChaincodePorts, chaincodePorts, MAX_CHAINCODES, MAX_PEERS, type OrdererPorts, ordererPorts, type PeerPorts, peerPorts, PORTS_PER_ORGANISATION } from './port-plan.js';

/** `bft` survives a malicious organisation in four; `raft` only crashes, and takes three organisations. */
export type Consensus = 'bft' | 'raft';

/** Where one organisation's nodes run, as its operator writes it down. */
export interface OrganisationPlacement {
  /** The organisation's `name`. */
  readonly name: string;
  /** Host name under which the others reach its nodes. */
  readonly host: string;
  /** Address on which the nodes listen. */
  readonly listen: string;
  readonly firstPort: number;
  /** Host name of its orderer, where that runs on another machine than its peers. */
  readonly ordererHost?: string;
}

/** How the consortium is spread over hosts and ports; `topology-file.ts` reads it. */
export interface TopologyPlan {
  readonly consensus: Consensus;
  readonly placements: readonly OrganisationPlacement[];
}

interface Node {
  /** Host part of its certificates and name of its folders, for example `peer0.hospital.example`. */
  readonly id: string;
  /** The organisation's `name`. */
  readonly organisation: string;
  readonly mspId: string;
  readonly host: string;
  readonly listen: string;
}

/** An orderer and the domain of the ordering organisation that owns it. */
export interface OrdererNode extends Node, OrdererPorts {
  readonly domain: string;
}

/** A peer, its place among its organisation's and the ports of its chaincode servers. */
export interface PeerNode extends Node, PeerPorts {
  readonly domain: string;
  readonly index: number;
  readonly chaincodes: Readonly<Record<string, ChaincodePorts>>;
}

/** Every node of the network with its address. Kept in the network's folder, so that a restart finds the same ports. */
export interface Topology {
  readonly channel: string;
  readonly consensus: Consensus;
  readonly ordering: OrderingConfig;
  readonly orderers: readonly OrdererNode[];
  readonly peers: readonly PeerNode[];
}

/** Listens on every address of its host. */
export const EVERYWHERE = '0.0.0.0';

/** Gives every node of the consortium its address; throws TOPOLOGY_INVALID. */
export function resolveTopology(config: ConsortiumConfig, plan: TopologyPlan): Topology {
  const placed = config.organisations.map((organisation) => ({ organisation, placement: placementOf(organisation, plan) }));
  requireEnoughOrderers(plan.consensus, placed.length);
  requireDistinctPorts(placed.map(({ placement }) => placement));
  return {
    channel: config.channel,
    consensus: plan.consensus,
    ordering: config.ordering,
    orderers: placed.map(({ organisation, placement }) => ordererNode(organisation, placement)),
    peers: placed.flatMap(({ organisation, placement }) => peerNodes(config, organisation, placement)),
  };
}

/**
 * The MSP under which an organisation orders. It is one of its own: a member is suspended by taking away what its
 * application MSP may do, and would keep reading and writing through an ordering MSP of the same name.
 */
export function ordererMspId(mspId: string): string {
  return `${mspId.replace(/MSP$/, '')}OrdererMSP`;
}

/** The domain of an organisation's ordering part; another name than its peers', so that certificate authorities differ by name. */
export function orderingDomain(domain: string): string {
  return `ordering.${domain}`;
}

/** Tells the two kinds of nodes apart. */
export function isPeer(node: OrdererNode | PeerNode): node is PeerNode {
  return 'chaincodes' in node;
}

/** The part of a topology whose nodes belong to these organisations (MSP ids of their peers). */
export function ownedBy(topology: Topology, mspIds: readonly string[]): Topology {
  const ordering = mspIds.map(ordererMspId);
  return { ...topology, orderers: topology.orderers.filter(({ mspId }) => ordering.includes(mspId)), peers: topology.peers.filter(({ mspId }) => mspIds.includes(mspId)) };
}

/** Peers of one organisation, `peer0` first. */
export function peersOf(topology: Topology, mspId: string): readonly PeerNode[] {
  return topology.peers.filter((peer) => peer.mspId === mspId);
}

function ordererNode({ name, mspId, domain }: OrganisationConfig, { host, listen, firstPort, ordererHost }: OrganisationPlacement): OrdererNode {
  const orderers = orderingDomain(domain);
  const place = ordererHost === undefined ? { host, listen } : { host: ordererHost, listen: EVERYWHERE };
  return { id: `orderer0.${orderers}`, organisation: name, mspId: ordererMspId(mspId), domain: orderers, ...place, ...ordererPorts(firstPort) };
}

function peerNodes(config: ConsortiumConfig, organisation: OrganisationConfig, placement: OrganisationPlacement): PeerNode[] {
  const { name, mspId, domain, peers } = organisation;
  if (peers < 1 || peers > MAX_PEERS) {
    throw new FabricError('TOPOLOGY_INVALID', `${name} has ${peers} peers; between 1 and ${MAX_PEERS} are possible`);
  }
  if (config.chaincodes.length > MAX_CHAINCODES) {
    throw new FabricError('TOPOLOGY_INVALID', `${config.chaincodes.length} chaincodes are too many for a peer's ports (${MAX_CHAINCODES})`);
  }
  return Array.from({ length: peers }, (_, index) => {
    const ports = peerPorts(placement.firstPort, index);
    const chaincodes = Object.fromEntries(config.chaincodes.map((chaincode, position) => [chaincode.name, chaincodePorts(ports.port, position)]));
    return { id: `peer${index}.${domain}`, organisation: name, mspId, domain, index, host: placement.host, listen: placement.listen, ...ports, chaincodes };
  });
}

function placementOf({ name }: OrganisationConfig, { placements }: TopologyPlan): OrganisationPlacement {
  const placement = placements.find((candidate) => candidate.name === name);
  if (placement === undefined) {
    throw new FabricError('TOPOLOGY_INVALID', `the topology does not say where ${name} runs`);
  }
  return placement;
}

function requireEnoughOrderers(consensus: Consensus, organisations: number): void {
  const needed = consensus === 'bft' ? 4 : 1;
  if (organisations < needed) {
    throw new FabricError('TOPOLOGY_INVALID', `BFT ordering needs an orderer of each of four organisations or more, and there are ${organisations}: use raft, which survives crashes but no malicious organisation`);
  }
}

function requireDistinctPorts(placements: readonly OrganisationPlacement[]): void {
  for (const [position, one] of placements.entries()) {
    const clash = placements.slice(position + 1).find((other) => other.host === one.host && Math.abs(other.firstPort - one.firstPort) < PORTS_PER_ORGANISATION);
    if (clash !== undefined) {
      throw new FabricError('TOPOLOGY_INVALID', `${one.name} and ${clash.name} share ports on ${one.host}: their first ports must be ${PORTS_PER_ORGANISATION} apart`);
    }
  }
}
