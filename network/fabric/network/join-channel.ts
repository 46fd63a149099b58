import { readFile } from 'node:fs/promises';
import type { NetworkIdentities } from '../identities/network-identities.js';
import type { NetworkDirectory } from '../network-directory.js';
import { ordererAdministration } from '../orderer/administer-orderer.js';
import type { ChannelParticipation } from '../orderer/channel-participation.js';
import { discoverPeers, joinChannel, joinChannelBySnapshot, joinedChannels } from '../peer/peer-administration.js';
import { withPeer } from '../peer/administer-peer.js';
import type { PeerClient } from '../peer/peer-client.js';
import { until } from '../processes/until.js';
import type { PeerNode, Topology } from '../topology/topology.js';

const ACTIVE_WITHIN_MS = 30_000;
const KNOWN_WITHIN_MS = 60_000;
/** A large state takes its time. */
const LOADED_WITHIN_MS = 3_600_000;

/** By peer: the folder, on that peer's host, of the snapshot by which it joins instead of fetching every block. */
export type Snapshots = Readonly<Record<string, string>>;

/** Lets these orderers and peers take part in the channel, where they do not already, and waits until the orderers are active. */
export async function joinAll(topology: Topology, identities: NetworkIdentities, directory: NetworkDirectory, snapshots: Snapshots = {}): Promise<void> {
  const genesis = await readFile(directory.genesisBlock);
  await Promise.all(topology.orderers.map(async (orderer) => joinOrderer(await ordererAdministration(orderer, identities), topology.channel, genesis)));
  await Promise.all(topology.peers.map(async (peer) => withPeer(peer, identities, async (client) => joinPeer(client, topology.channel, { genesis, snapshot: snapshots[peer.id] }))));
}

/** Waits until each of the own peers sees every peer of the channel: only then do endorsement plans find every organisation. */
export async function awaitMembership(own: readonly PeerNode[], topology: Topology, identities: NetworkIdentities, withinMs: number = KNOWN_WITHIN_MS): Promise<void> {
  await Promise.all(
    own.map(async (peer) =>
      withPeer(peer, identities, async (client) => {
        const complete = async (): Promise<true | undefined> => {
          const known = new Set((await discoverPeers(client, topology.channel)).map(({ endpoint }) => endpoint));
          return topology.peers.every(({ host, port }) => known.has(`${host}:${port}`)) ? true : undefined;
        };
        await until(complete, { withinMs, what: `${peer.id} to know every peer of the channel` });
      }),
    ),
  );
}

async function joinOrderer(orderer: ChannelParticipation, channel: string, genesis: Uint8Array): Promise<void> {
  // A node is healthy a moment before its other endpoints listen.
  const channels = await until(async () => orderer.channels(), { withinMs: ACTIVE_WITHIN_MS, what: 'an orderer to be administered' });
  if (!channels.includes(channel)) await orderer.join(genesis);
  const active = async (): Promise<true | undefined> => ((await orderer.status(channel)).status === 'active' ? true : undefined);
  await until(active, { withinMs: ACTIVE_WITHIN_MS, what: `an orderer to be active on ${channel}` });
}

async function joinPeer(client: PeerClient, channel: string, { genesis, snapshot }: { readonly genesis: Uint8Array; readonly snapshot: string | undefined }): Promise<void> {
  const channels = await until(async () => joinedChannels(client), { withinMs: ACTIVE_WITHIN_MS, what: 'a peer to be administered' });
  if (channels.includes(channel)) return;
  if (snapshot === undefined) await joinChannel(client, genesis);
  else await joinBySnapshot(client, channel, snapshot);
}

async function joinBySnapshot(client: PeerClient, channel: string, folder: string): Promise<void> {
  await joinChannelBySnapshot(client, folder);
  const joined = async (): Promise<true | undefined> => ((await joinedChannels(client)).includes(channel) ? true : undefined);
  await until(joined, { withinMs: LOADED_WITHIN_MS, what: 'a snapshot to be loaded' });
}
