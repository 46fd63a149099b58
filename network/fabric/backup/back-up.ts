import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OrganizationPaths } from '../../identities/index.js';
import { FABRIC_VERSION } from '../binaries/release.js';
import { FabricError } from '../fabric-error.js';
import type { FabricNetwork } from '../network/fabric-network.js';
import { heightOf } from '../operations/network-status.js';
import { isPeer, type OrdererNode, orderingDomain, ownedBy, type PeerNode } from '../topology/topology.js';
import { type BackedUpFile, copyTree } from './backup-files.js';
import { type BackedUpNode, type BackupManifest, writeManifest } from './manifest.js';

/** Told what is being done, for people who wait. */
export type OnProgress = (step: string) => void;

/**
 * What a peer makes again of its blocks and private data when it starts, as Fabric's own `peer node rebuild-dbs` has it do:
 * state, history, their bookkeeping and the index of blocks. Not a peer that began from a snapshot, which has no early blocks.
 */
const REBUILT = ['stateLeveldb', 'historyLeveldb', 'bookkeeper', 'confighistory', join('chains', 'index')].map((folder) => join('ledgersData', folder));

/**
 * Copies what an organisation would need to come back: the data of its peers and then of its orderer, node by node, each
 * stopped meanwhile, and its keys. Peers come first, so that no peer's copy has blocks that the orderer's lacks. The target
 * folder holds private keys and patients' data: it belongs on an encrypted disk. Throws BACKUP_DAMAGED where the target is not empty.
 */
export async function backUp(network: FabricNetwork, mspId: string, target: string, onProgress: OnProgress = () => undefined): Promise<BackupManifest> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new FabricError('BACKUP_DAMAGED', `${target} is not empty: a backup has a folder of its own`);
  const { peers, orderers, channel } = ownedBy(network.topology, [mspId]);
  const nodes: BackedUpNode[] = [];
  for (const node of [...peers, ...orderers]) {
    nodes.push(await copyNode(network, node, target, onProgress));
    await network.awaitSiblings(mspId);
  }
  const [peer] = peers;
  const identities = peer === undefined ? [] : await copyIdentities(network, peer, target);
  const manifest: BackupManifest = { schema: 'backup/v1', mspId, channel, fabricVersion: FABRIC_VERSION, takenAt: new Date().toISOString(), nodes, identities };
  await writeManifest(target, manifest);
  return manifest;
}

async function copyNode(network: FabricNetwork, node: PeerNode | OrdererNode, target: string, onProgress: OnProgress): Promise<BackedUpNode> {
  const height = (await heightOf(node, network.topology.channel, network.identities)) ?? 0;
  const wasRunning = await network.nodes.isRunning(node.id);
  onProgress(`${node.id}: stopped at height ${height}, copying`);
  await network.nodes.stop([node.id]);
  try {
    const data = network.directory.nodeData(node.id);
    const skip = isPeer(node) && !(await beganFromSnapshot(data)) ? isRebuilt : () => false;
    const files = await copyTree(data, join(target, 'nodes', node.id), target, skip);
    onProgress(`${node.id}: ${files.length} files, ${Math.ceil(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6)} MB`);
    return { id: node.id, height, files };
  } finally {
    if (wasRunning) await network.nodes.start([node.id]);
  }
}

function isRebuilt(path: string): boolean {
  return path.startsWith('snapshots') || REBUILT.some((folder) => path.startsWith(`${folder}/`));
}

async function beganFromSnapshot(data: string): Promise<boolean> {
  const chains = join(data, 'ledgersData', 'chains', 'chains');
  const ledgers = await readdir(chains, { recursive: true }).catch(() => []);
  return ledgers.some((path) => path.endsWith('bootstrappingSnapshot.info'));
}

/** The trees of the organisation's peers and of its orderer, with the authorities' keys where these are kept here. */
async function copyIdentities({ directory }: FabricNetwork, { domain }: PeerNode, target: string): Promise<readonly BackedUpFile[]> {
  const trees = [new OrganizationPaths('', domain, 'peer'), new OrganizationPaths('', orderingDomain(domain), 'orderer')];
  const copied = await Promise.all(trees.map(async (tree) => copyTree(join(directory.organizations, tree.directory), join(target, 'organizations', tree.directory), target)));
  return copied.flat();
}
