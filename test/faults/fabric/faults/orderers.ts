import { type FabricNetwork, type OrdererNode, samplesOf, until } from '@medaccord/network/fabric';
import type { Fault, Scene } from '../round.js';

/** Acknowledgements while a node stays away: enough to show that service goes on without it. */
const WITHOUT_IT = 16;
const NOTICED_WITHIN_MS = 90_000;

/** Faults of the ordering service: four orderers, of which any one may fail. */
export const ordererFaults: readonly Fault[] = [
  {
    id: 'no-fault',
    title: 'No fault, for comparison',
    strike: async ({ struck, served }: Scene): Promise<void> => {
      struck();
      await served(3 * WITHOUT_IT);
    },
  },
  {
    id: 'leader-orderer-killed',
    title: 'The leading orderer is killed',
    backWithinSeconds: 15,
    strike: async (scene: Scene): Promise<void> => {
      const leader = await leaderOf(scene.network.fabric);
      scene.struck();
      await scene.network.fabric.nodes.kill([leader.id]);
      await scene.served(WITHOUT_IT);
      scene.note(`${leader.id} led, then ${(await leaderOf(scene.network.fabric, leader)).id}`);
      await scene.network.fabric.nodes.start([leader.id]);
    },
  },
  {
    id: 'follower-orderer-killed',
    title: 'Another orderer is killed',
    strike: async (scene: Scene): Promise<void> => {
      const { fabric } = scene.network;
      const leader = await leaderOf(fabric);
      const follower = fabric.topology.orderers.find(({ id }) => id !== leader.id);
      await without(scene, [follower?.id ?? ''], async () => scene.served(WITHOUT_IT));
    },
  },
  {
    id: 'two-orderers-killed',
    title: 'Two orderers are killed: service stops, and resumes when they are back',
    strike: async (scene: Scene): Promise<void> => {
      const { fabric } = scene.network;
      const leader = await leaderOf(fabric);
      const two = fabric.topology.orderers.filter(({ id }) => id !== leader.id).slice(0, 2);
      const height = await heightOf(scene, leader);
      await without(scene, two.map(({ id }) => id), async () => {
        // The load has noticed when its requests are answered 202 or 503.
        await scene.refusedOrPending(4);
        scene.note(`${(await heightOf(scene, leader)) - height} blocks while they were gone`);
      });
      const back = performance.now();
      await scene.served(1);
      scene.note(`served again ${((performance.now() - back) / 1000).toFixed(1)} s after they were back`);
    },
  },
  {
    id: 'leader-orderer-hangs',
    title: 'The leading orderer hangs: its connections stay open (SIGSTOP)',
    strike: async (scene: Scene): Promise<void> => {
      const { fabric } = scene.network;
      const leader = await leaderOf(fabric);
      scene.struck();
      await fabric.nodes.freeze(leader.id, true);
      try {
        await scene.served(WITHOUT_IT);
      } finally {
        await fabric.nodes.freeze(leader.id, false);
      }
    },
  },
  {
    id: 'orderer-partitioned',
    title: 'Another orderer is partitioned away (its cable is pulled)',
    impossible: ({ machine }) => (machine === undefined ? 'network namespaces need rights that this user has not' : undefined),
    strike: async (scene: Scene): Promise<void> => partition(scene, async (separate) => makeLead(scene, ({ id }) => id !== separate.id)),
  },
  {
    id: 'leader-partitioned',
    title: 'The leading orderer is partitioned away (its cable is pulled)',
    impossible: ({ machine }) => (machine === undefined ? 'network namespaces need rights that this user has not' : undefined),
    strike: async (scene: Scene): Promise<void> => partition(scene, async (separate) => makeLead(scene, ({ id }) => id === separate.id)),
  },
];

async function partition(scene: Scene, prepare: (separate: OrdererNode) => Promise<void>): Promise<void> {
  const { machine, fabric } = scene.network;
  const separate = fabric.topology.orderers.find(({ host }) => host === machine?.address);
  if (machine === undefined || separate === undefined) throw new Error('no orderer stands apart');
  await prepare(separate);
  scene.struck();
  await machine.plug(false);
  try {
    await scene.served(WITHOUT_IT);
  } finally {
    await machine.plug(true);
  }
  const back = performance.now();
  await caughtUp(scene, separate);
  scene.note(`caught up ${((performance.now() - back) / 1000).toFixed(1)} s after the cable was back`);
}

/** Ends whoever leads until one leads who is wanted. */
async function makeLead({ network, served }: Scene, isWanted: (leader: OrdererNode) => boolean): Promise<void> {
  const { fabric } = network;
  for (;;) {
    const leader = await leaderOf(fabric);
    if (isWanted(leader)) return;
    await fabric.nodes.kill([leader.id]);
    await leaderOf(fabric, leader);
    await fabric.nodes.start([leader.id]);
    await caughtUp({ network }, leader);
    await served(4);
  }
}

async function without({ network, struck }: Scene, ids: readonly string[], meanwhile: () => Promise<void>): Promise<void> {
  struck();
  await network.fabric.nodes.kill(ids);
  try {
    await meanwhile();
  } finally {
    await network.fabric.nodes.start(ids);
  }
}

/** Who leads, as the orderers that run and are up to date say; not the one named. */
export async function leaderOf(fabric: FabricNetwork, not?: OrdererNode): Promise<OrdererNode> {
  return until(async () => {
    const said = await Promise.all(fabric.topology.orderers.filter(({ id }) => id !== not?.id).map(async ({ id }) => leaderAt(fabric, id)));
    const [leader] = said;
    const agreed = said.every((other) => other === leader);
    const node = agreed && leader !== undefined ? fabric.topology.orderers[leader - 1] : undefined;
    return node?.id === not?.id ? undefined : node;
  }, { withinMs: NOTICED_WITHIN_MS, what: 'the orderers to agree on a leader' });
}

async function leaderAt(fabric: FabricNetwork, id: string): Promise<number | undefined> {
  const metrics = await (await fabric.nodes.operations(id)).metrics();
  return samplesOf(metrics, 'consensus_BFT_leader_id')[0]?.value;
}

async function heightOf({ network }: Pick<Scene, 'network'>, { id }: OrdererNode): Promise<number> {
  const metrics = await (await network.fabric.nodes.operations(id)).metrics();
  return samplesOf(metrics, 'consensus_BFT_committed_block_number')[0]?.value ?? 0;
}

async function caughtUp(scene: Pick<Scene, 'network'>, orderer: OrdererNode): Promise<void> {
  const others = scene.network.fabric.topology.orderers.filter(({ id }) => id !== orderer.id);
  await until(async () => {
    const highest = Math.max(...(await Promise.all(others.map(async (other) => heightOf(scene, other)))));
    return (await heightOf(scene, orderer)) >= highest - 1 ? true : undefined;
  }, { withinMs: 180_000, what: `${orderer.id} to catch up` });
}
