import type { Fault, Scene } from '../round.js';

/** A peer without room for the next block. */
export const diskFaults: readonly Fault[] = [
  {
    id: 'disk-full',
    title: 'The disk of the hospital’s second peer is full',
    impossible: ({ disk }) => (disk === undefined ? 'a disk of limited size needs rights that this user has not' : undefined),
    strike: async ({ network, struck, refusedOrPending, note }: Scene): Promise<void> => {
      const { disk, fabric } = network;
      const { id } = network.peer('HospitalMSP', 1);
      if (disk === undefined) throw new Error('no disk is limited');
      struck();
      await disk.fill();
      try {
        await refusedOrPending(8);
        const healthy = await (await fabric.nodes.operations(id)).isHealthy().catch(() => false);
        note(healthy ? 'the peer went on running and was restarted' : 'the peer ended by itself');
      } finally {
        await disk.clear();
        await fabric.nodes.kill([id]);
        await fabric.nodes.start([id]);
      }
    },
  },
];
