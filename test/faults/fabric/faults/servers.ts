import { fileURLToPath } from 'node:url';
import { samplesOf, until } from '@medaccord/network/fabric';
import type { Fault, Scene } from '../round.js';
import { leaderOf } from './orderers.js';

/** Acknowledgements while a server stays away. */
const WITHOUT_IT = 16;
const ACCEPTED_WITHIN_MS = 30_000;
/** Beyond the 15 minutes by which a proposal may differ from an endorsing peer's clock. */
const CLOCK_OFF_MS = 20 * 60_000;
const shiftedClock = fileURLToPath(new URL('../shifted-clock.js', import.meta.url));

/** Faults of the servers that are the project's own: gateways and chaincodes. */
export const serverFaults: readonly Fault[] = [
  {
    id: 'gateways-killed-after-submit',
    title: 'Both parties’ gateways are killed between submit and commit status',
    strike: async (scene: Scene): Promise<void> => {
      const { network } = scene;
      await accepted(scene, async () => {
        scene.struck();
        await Promise.all(['hospital', 'insurer'].map(async (name) => network.killGateway(name)));
      });
      await Promise.all(['hospital', 'insurer'].map(async (name) => network.startGateway(name)));
    },
  },
  {
    id: 'chaincode-killed',
    title: 'The claims chaincode of the hospital’s peer is killed',
    strike: async (scene: Scene): Promise<void> => {
      const { chaincodes } = scene.network;
      const { id } = scene.network.peer('HospitalMSP', 0);
      scene.struck();
      await chaincodes.kill(id, 'claims');
      try {
        // The peer's gateway turns to the hospital's other peer.
        await scene.served(WITHOUT_IT);
      } finally {
        await chaincodes.restart(id, 'claims');
      }
    },
  },
  {
    id: 'client-clock-off',
    title: 'The hospital’s gateway has a clock that is 20 minutes off',
    strike: async (scene: Scene): Promise<void> => {
      const { network } = scene;
      scene.struck();
      await network.killGateway('hospital');
      await network.startGateway('hospital', { NODE_OPTIONS: `--import ${shiftedClock}`, CLOCK_OFF_MS: String(CLOCK_OFF_MS) });
      try {
        await scene.refusedOrPending(8);
      } finally {
        await network.killGateway('hospital');
        await network.startGateway('hospital');
      }
    },
  },
];

/** While the leader hangs, the other orderers accept transactions and nothing is ordered: then every client waits for a commit. */
async function accepted({ network, note }: Scene, meanwhile: () => Promise<void>): Promise<void> {
  const { fabric } = network;
  const leader = await leaderOf(fabric);
  await fabric.nodes.freeze(leader.id, true);
  try {
    const others = fabric.topology.orderers.filter(({ id }) => id !== leader.id);
    const waiting = await until(async () => {
      const pools = await Promise.all(others.map(async ({ id }) => samplesOf(await (await fabric.nodes.operations(id)).metrics(), 'consensus_smartbft_pool_count_of_elements')[0]?.value ?? 0));
      return Math.min(...pools) >= 2 ? Math.min(...pools) : undefined;
    }, { withinMs: ACCEPTED_WITHIN_MS, what: 'the orderers to have accepted transactions', everyMs: 20 });
    note(`${waiting} transactions were accepted and not ordered`);
    await meanwhile();
  } finally {
    await fabric.nodes.freeze(leader.id, false);
  }
}
