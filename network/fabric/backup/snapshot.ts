import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FabricNetwork } from '../network/fabric-network.js';
import { withPeer } from '../peer/administer-peer.js';
import { until } from '../processes/until.js';
import type { PeerNode } from '../topology/topology.js';

const WRITTEN_WITHIN_MS = 3_600_000;

/**
 * Has a peer write a snapshot of its channel's state as it is now, and answers the folder. Equal heights of honest members
 * give equal snapshots (`snapshot_hash`). It is no backup: it holds no blocks and no private values. Commits wait meanwhile.
 */
export async function takeSnapshot({ directory, topology, identities }: FabricNetwork, peer: PeerNode): Promise<string> {
  const folder = join(directory.nodeData(peer.id), 'snapshots', 'completed', topology.channel);
  const before = new Set(await completed(folder));
  await withPeer(peer, identities, async (client) => client.generateSnapshot(topology.channel));
  const name = await until(async () => (await completed(folder)).find((one) => !before.has(one)), { withinMs: WRITTEN_WITHIN_MS, what: `a snapshot at ${peer.id}` });
  return join(folder, name);
}

async function completed(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
