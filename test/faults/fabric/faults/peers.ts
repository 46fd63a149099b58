import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PeerNode, samplesOf, until } from '@medaccord/network/fabric';
import type { Fault, Scene } from '../round.js';

const STRUCK_WITHIN_MS = 60_000;
/** Kills until one has met a block that was stored and not yet applied, at most. */
const MOST_KILLS = 8;

/** Faults of peers. Both peers of a party must be up for it to endorse: see "A private document must reach a second peer". */
export const peerFaults: readonly Fault[] = [
  {
    id: 'peer-killed-mid-endorsement',
    title: 'The hospital’s peer is killed while its chaincode works on proposals',
    strike: async (scene: Scene): Promise<void> => {
      const { network } = scene;
      const peer = network.peer('HospitalMSP', 0);
      network.chaincodes.freeze(peer.id, 'claims', true);
      try {
        const before = await proposalsReceived(scene, peer);
        const arrived = async (): Promise<number | undefined> => over((await proposalsReceived(scene, peer)) - before, 2);
        const count = await until(arrived, { withinMs: STRUCK_WITHIN_MS, what: 'proposals to arrive', everyMs: 20 });
        scene.note(`${count} proposals had arrived and were not answered`);
        scene.struck();
        await network.fabric.nodes.kill([peer.id]);
      } finally {
        network.chaincodes.freeze(peer.id, 'claims', false);
      }
      try {
        await scene.refusedOrPending(4);
      } finally {
        await network.fabric.nodes.start([peer.id]);
      }
    },
  },
  {
    id: 'peer-killed-mid-commit',
    title: 'The insurer’s peer is killed between storing a block and applying it',
    strike: async (scene: Scene): Promise<void> => {
      const peer = scene.network.peer('InsurerMSP', 0);
      const before = await recoveries(scene, peer);
      scene.struck();
      for (let kill = 1; kill <= MOST_KILLS; kill += 1) {
        await killWhenBlockIsStored(scene, peer);
        await scene.network.fabric.nodes.start([peer.id]);
        await scene.served(4);
        if ((await recoveries(scene, peer)) > before) {
          scene.note(`kill ${kill} met a block that was stored and not applied; it was applied at the next start`);
          return;
        }
      }
      scene.note(`none of ${MOST_KILLS} kills met a block that was stored and not applied`);
    },
  },
];

async function proposalsReceived({ network }: Scene, { id }: PeerNode): Promise<number> {
  const metrics = await (await network.fabric.nodes.operations(id)).metrics();
  return samplesOf(metrics, 'endorser_proposals_received').reduce((sum, { value }) => sum + value, 0);
}

function over(count: number, least: number): number | undefined {
  return count >= least ? count : undefined;
}

/** The block file grows a moment before the state does. */
async function killWhenBlockIsStored({ network }: Scene, { id }: PeerNode): Promise<void> {
  const { fabric } = network;
  const stored = join(fabric.directory.nodeData(id), 'ledgersData', 'chains', 'chains', fabric.topology.channel);
  await new Promise<void>((resolve) => {
    const watcher = watch(stored, () => {
      watcher.close();
      resolve();
    });
  });
  await fabric.nodes.kill([id]);
}

/** How often the peer has found, at a start, blocks that it had stored and not applied. */
async function recoveries({ network }: Scene, { id }: PeerNode): Promise<number> {
  const log = await readFile(network.fabric.directory.log(id), 'utf8');
  return log.split('Recommitting lost blocks').length - 1;
}
