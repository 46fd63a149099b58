import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ConsortiumConfig } from '../../configuration/index.js';
import { readIfPresent, writeWhole } from '../../identities/tree/durable-file.js';
import type { FabricBinaries } from '../binaries/find-binaries.js';
import { CHANNEL_PROFILE, channelConfiguration } from '../channel/channel-configuration.js';
import { FabricError } from '../fabric-error.js';
import type { NetworkDirectory } from '../network-directory.js';
import { ordererConfiguration } from '../nodes/orderer-configuration.js';
import { peerConfiguration, type PeerConfigurationInput } from '../nodes/peer-configuration.js';
import { firstPortOf } from '../topology/port-plan.js';
import { type OrganisationPlacement, peersOf, resolveTopology, type Topology, type TopologyPlan } from '../topology/topology.js';

const run = promisify(execFile);

/**
 * The network's topology: as it is kept in its folder, else resolved from the plan and kept. Throws TOPOLOGY_INVALID where
 * the folder holds a network of other organisations.
 */
export async function openTopology(directory: NetworkDirectory, config: ConsortiumConfig, plan: () => Promise<TopologyPlan>): Promise<Topology> {
  const kept = await readIfPresent(directory.topology);
  if (kept === undefined) {
    const topology = resolveTopology(config, await plan());
    await writeWhole(directory.topology, `${JSON.stringify(topology, null, 2)}\n`);
    return topology;
  }
  const topology = JSON.parse(kept) as Topology;
  requireSameConsortium(topology, config, directory);
  const grown = withNewPeers(topology, config);
  if (grown.peers.length > topology.peers.length) await writeWhole(directory.topology, `${JSON.stringify(grown, null, 2)}\n`);
  return grown;
}

/** A network keeps its nodes where they are; peers that a member has more of than before stand beside its others. */
function withNewPeers(topology: Topology, config: ConsortiumConfig): Topology {
  const placements = config.organisations.map(({ name }): OrganisationPlacement => {
    const first = topology.peers.find(({ organisation, index }) => organisation === name && index === 0);
    if (first === undefined) throw new FabricError('TOPOLOGY_INVALID', `${name} has no peer in this network`);
    return { name, host: first.host, listen: first.listen, firstPort: firstPortOf(first) };
  });
  const { peers } = resolveTopology(config, { consensus: topology.consensus, placements });
  return { ...topology, peers: peers.map((peer) => topology.peers.find(({ id }) => id === peer.id) ?? peer) };
}

/** What nodes are told besides the topology. */
export type NodeSettings = Pick<PeerConfigurationInput, 'ccaasBuilder' | 'executeTimeoutMs' | 'pullRetryThreshold' | 'reconcileSleepInterval' | 'validatorPoolSize' | 'batchMessages'>;

/**
 * Writes the configuration of these nodes; it follows the topology and this version of the program, so it is written at every
 * start. `home` is the same folder as the node sees it, where it runs on another host.
 */
export async function writeNodeConfigurations(directory: NetworkDirectory, own: Topology, settings: NodeSettings, home: NetworkDirectory = directory): Promise<void> {
  for (const node of own.orderers) {
    await writeWhole(join(directory.nodeConfiguration(node.id), 'orderer.yaml'), ordererConfiguration(node, home.nodeFiles(node)));
    await mkdir(directory.nodeData(node.id), { recursive: true, mode: 0o700 });
  }
  for (const node of own.peers) {
    const configuration = peerConfiguration({ node, siblings: peersOf(own, node.mspId), files: home.nodeFiles(node), ...settings });
    await writeWhole(join(directory.nodeConfiguration(node.id), 'core.yaml'), configuration);
    await mkdir(directory.nodeData(node.id), { recursive: true, mode: 0o700 });
  }
}

/**
 * Makes the channel's genesis block with `configtxgen`, where there is none yet, from the public part of every
 * organisation's identities. Throws PROCESS_FAILED.
 */
export async function makeGenesisBlock(directory: NetworkDirectory, topology: Topology, { configtxgen }: Pick<FabricBinaries, 'configtxgen'>): Promise<void> {
  if ((await readIfPresent(directory.genesisBlock)) !== undefined) return;
  const configuration = channelConfiguration(topology, {
    peerMsp: (peer) => directory.organisation(peer).msp,
    ordererMsp: (orderer) => directory.organisation(orderer).msp,
    ordererIdentity: (orderer) => directory.organisation(orderer).node(orderer.id).certificate,
    ordererTls: (orderer) => directory.organisation(orderer).node(orderer.id).tlsCertificate,
  });
  await writeWhole(directory.channelConfiguration, configuration);
  const args = ['-configPath', dirname(directory.channelConfiguration), '-profile', CHANNEL_PROFILE, '-channelID', topology.channel, '-outputBlock', directory.genesisBlock];
  try {
    await run(configtxgen, args, { env: { PATH: process.env['PATH'] ?? '', FABRIC_LOGGING_SPEC: 'warn' } });
  } catch (cause) {
    throw new FabricError('PROCESS_FAILED', `configtxgen could not make the genesis block from ${directory.channelConfiguration}`, { cause });
  }
}

function requireSameConsortium(topology: Topology, config: ConsortiumConfig, { root }: NetworkDirectory): void {
  const peers = new Set(config.organisations.flatMap(({ mspId, domain, peers: count }) => Array.from({ length: count }, (_, index) => `${mspId} peer${index}.${domain}`)));
  const members = new Set(topology.peers.map(({ mspId }) => mspId));
  const same = topology.channel === config.channel && topology.peers.every(({ mspId, id }) => peers.has(`${mspId} ${id}`)) && config.organisations.every(({ mspId }) => members.has(mspId));
  const chaincodes = Object.keys(topology.peers[0]?.chaincodes ?? {}).join();
  if (!same || chaincodes !== config.chaincodes.map(({ name }) => name).join()) {
    throw new FabricError('TOPOLOGY_INVALID', `${root} holds a network of other organisations, peers or chaincodes: reset it, or use another folder`);
  }
}
