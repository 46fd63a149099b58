import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FabricNetwork } from '../network/fabric-network.js';
import { heightOf } from '../operations/network-status.js';
import { discoverPeers } from '../peer/peer-administration.js';
import { withPeer } from '../peer/administer-peer.js';
import { until } from '../processes/until.js';
import { isPeer, type OrdererNode, ownedBy, type PeerNode, peersOf } from '../topology/topology.js';
import type { OnProgress } from './back-up.js';
import { type BackedUpFile, verifyFiles } from './backup-files.js';
import { readManifest } from './manifest.js';
import { type MissingPrivateData, missingPrivateData } from './missing-private-data.js';

/** What came back, and what did not. */
export interface RestoreReport {
  readonly nodes: readonly { readonly id: string; readonly height: number }[];
  /** Private values that the ledger names and no peer of the organisation holds any more. */
  readonly missing: readonly MissingPrivateData[];
}

/** While a peer catches up it asks the organisation's other peers for private data, and waits for nobody who has none. */
const CATCHING_UP = { pullRetryThreshold: '200ms', reconcileSleepInterval: '1s' } as const;
/** A BFT orderer that lacks the newest block alone fetches it with the next one, which may never come while nobody transacts. */
const LAST_BLOCK = 1;
const CAUGHT_UP_WITHIN_MS = 3_600_000;
/** Reconciliation asks every second; a sibling that has the data sends it within a few. */
const LOOKS_IN_VAIN = 6;
const LOOK_AGAIN_MS = 2_000;

/**
 * Puts nodes of an organisation back from a backup, all of them where none is named, and waits until they have caught up
 * with the channel. Private data of after the backup comes from the organisation's other peers where one still has it; what
 * nobody has is reported. The whole backup is read before anything is deleted. Throws BACKUP_DAMAGED.
 */
export async function restore(network: FabricNetwork, mspId: string, folder: string, only: readonly string[] = [], onProgress: OnProgress = () => undefined): Promise<RestoreReport> {
  const manifest = await readManifest(folder, mspId);
  const wanted = manifest.nodes.filter(({ id }) => only.length === 0 || only.includes(id));
  onProgress(`reading ${wanted.length} nodes of a backup of ${manifest.takenAt}`);
  for (const { files } of wanted) await verifyFiles(folder, files);
  const own = ownedBy(network.topology, [mspId]);
  const nodes = [...own.orderers, ...own.peers].filter(({ id }) => wanted.some((node) => node.id === id));
  await network.nodes.stop(nodes.map(({ id }) => id));
  for (const { id, files } of wanted) await putBack(folder, join('nodes', id), network.directory.nodeData(id), files);
  return bringBack(network, mspId, nodes, onProgress);
}

/** Puts an organisation's keys back where its disks are gone; whoever opens the network issues what is missing, so it comes before that. */
export async function restoreIdentities(folder: string, mspId: string, organizations: string): Promise<void> {
  const { identities } = await readManifest(folder, mspId);
  await verifyFiles(folder, identities);
  await putBack(folder, 'organizations', organizations, identities, false);
}

async function putBack(folder: string, from: string, to: string, files: readonly BackedUpFile[], alone = true): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  if (alone) await empty(to);
  for (const { path, mode } of files) {
    const target = join(to, path.slice(from.length + 1));
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await cp(join(folder, path), target);
    await chmod(target, mode);
  }
}

/** Deletes what is in a folder and not the folder: a disk may be mounted there. */
async function empty(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

async function bringBack(network: FabricNetwork, mspId: string, nodes: readonly (OrdererNode | PeerNode)[], onProgress: OnProgress): Promise<RestoreReport> {
  const peers = nodes.filter(isPeer);
  await network.configureNodes(CATCHING_UP);
  await network.nodes.start(nodes.filter((node) => !isPeer(node)).map(({ id }) => id));
  await network.nodes.start(peers.map(({ id }) => id));
  const heights = await Promise.all(nodes.map(async (node) => ({ id: node.id, height: await caughtUp(network, node, onProgress) })));
  const missing = (await Promise.all(peers.map(async (peer) => settledGaps(network, peer, onProgress)))).flat();
  await network.configureNodes();
  for (const { id } of peers) {
    await network.nodes.stop([id]);
    await network.nodes.start([id]);
    await network.awaitSiblings(mspId);
  }
  return { nodes: heights, missing: distinct(missing) };
}

/** Waits until a node has every block that a peer of the channel says it has. */
async function caughtUp({ topology, identities }: FabricNetwork, node: OrdererNode | PeerNode, onProgress: OnProgress): Promise<number> {
  let told = -1;
  const complete = async (): Promise<number | undefined> => {
    const height = (await heightOf(node, topology.channel, identities)) ?? 0;
    const highest = await highestKnown({ topology, identities }, node);
    if (height !== told) onProgress(`${node.id}: block ${height} of ${highest}`);
    told = height;
    return height >= highest - (isPeer(node) ? 0 : LAST_BLOCK) && highest > 0 ? height : undefined;
  };
  return until(complete, { withinMs: CAUGHT_UP_WITHIN_MS, what: `${node.id} to have caught up`, everyMs: 500 });
}

async function highestKnown({ topology, identities }: Pick<FabricNetwork, 'topology' | 'identities'>, node: OrdererNode | PeerNode): Promise<number> {
  const [asked] = isPeer(node) ? [node] : topology.peers.filter(({ organisation }) => organisation === node.organisation);
  if (asked === undefined) return 0;
  const known = await withPeer(asked, identities, async (client) => discoverPeers(client, topology.channel));
  const others = known.filter(({ mspId }) => mspId !== asked.mspId);
  if (others.length === 0) throw new Error('no other member is known yet');
  return Math.max(...others.map(({ height }) => height));
}

/** What a peer lacks once its organisation's other peers have had time to send it: no less for a while. */
async function settledGaps({ topology, identities }: FabricNetwork, peer: PeerNode, onProgress: OnProgress): Promise<readonly MissingPrivateData[]> {
  const looks = peersOf(topology, peer.mspId).length === 1 ? 1 : LOOKS_IN_VAIN;
  let gaps = await missingPrivateData(peer, topology, identities);
  for (let inVain = 1; gaps.length > 0 && inVain < looks; ) {
    onProgress(`${peer.id}: ${gaps.length} private values missing`);
    await pause(LOOK_AGAIN_MS);
    // What is missing was written no earlier than that, and whatever has replaced it came later.
    const now = await missingPrivateData(peer, topology, identities, Math.min(...gaps.map(({ block }) => block)));
    inVain = now.length < gaps.length ? 1 : inVain + 1;
    gaps = now;
  }
  return gaps;
}

function distinct(all: readonly MissingPrivateData[]): readonly MissingPrivateData[] {
  return [...new Map(all.map((one) => [`${one.namespace} ${one.collection} ${one.keyHash}`, one])).values()];
}
