import type { Capability } from './world/network-under-test.js';
import type { World } from './world/world.js';

/** Facts that a behaviour saw, apart from those that it demands: compared between the embedded network and Fabric. */
export type Observation = Readonly<Record<string, unknown>>;

/** One thing that Fabric does, stated once. */
export interface Behaviour {
  /** Topic and name, for example `mvcc.read-conflict`. */
  readonly id: string;
  /** The behaviour in one sentence. */
  readonly states: string;
  /** What the network must be able to be made to do. */
  readonly needs: readonly Capability[];
  /** Fails (assertion) where the network behaves otherwise; answers what else it saw. */
  run(world: World): Promise<Observation | undefined>;
}

/** States a behaviour. */
export function behaviour(id: string, states: string, run: (world: World) => Promise<Observation | undefined>): Behaviour {
  return { id, states, needs: [], run };
}

/** States a behaviour that needs a network which can be made to do something. */
export function behaviourNeeding(needs: readonly Capability[], id: string, states: string, run: (world: World) => Promise<Observation | undefined>): Behaviour {
  return { id, states, needs, run };
}
