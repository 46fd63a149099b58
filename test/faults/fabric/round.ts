import { until } from '@medaccord/network/fabric';
import { audit, type Findings } from './audit.js';
import { ClaimLoad } from './claim-load.js';
import type { FaultNetwork } from './fault-network.js';
import type { AnswerCounts } from './honest-request.js';
import type { InsuredFamilies } from './insured-families.js';
import { longestGap, type Moment } from './service-gap.js';

/** Answers that were no success, and requests without any. */
function unserved({ unavailable, pending, silent, undecided, dishonest }: AnswerCounts): number {
  return unavailable + pending + silent + undecided + dishonest.length;
}

/** What a fault works with while the load goes on. */
export interface Scene {
  readonly network: FaultNetwork;
  /** The fault begins to bite now: from here the time without service is measured. */
  struck(): void;
  /** Waits until so many more submissions and adjudications have been acknowledged; throws when there is no service for long. */
  served(more: number): Promise<void>;
  /** Waits until so many more requests have been answered otherwise than with success, or not at all. */
  refusedOrPending(more: number): Promise<void>;
  /** Waits until so many more requests have been answered, whatever the answer. */
  answered(more: number): Promise<void>;
  /** Adds something measured to the row. */
  note(text: string): void;
}

/** A fault: strikes, and mends what has to be mended, so that the network is whole again when it returns. */
export interface Fault {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be tried on this machine; undefined where it can. */
  readonly impossible?: (network: FaultNetwork) => string | undefined;
  /** Service must be back within so many seconds; measured only where omitted. */
  readonly backWithinSeconds?: number;
  readonly strike: (scene: Scene) => Promise<void>;
}

/** One row of the table. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly skipped?: string;
  /** What went wrong with the suite or the network itself. */
  readonly failure?: string;
  readonly secondsWithoutService?: number;
  /** What they must not exceed, where that is promised. */
  readonly backWithinSeconds?: number;
  readonly answers?: AnswerCounts;
  readonly findings?: Findings;
  readonly notes: readonly string[];
}

/** Acknowledgements before a fault, so that it meets a load under way, and after it, so that service is really back. */
const WARM = 12;
const ANSWERED_WITHIN_MS = 120_000;
/** More families than a round can use. */
const FAMILIES = 700;

/** Strikes one fault under load and looks at what became of the claims. */
export async function playRound(network: FaultNetwork, families: InsuredFamilies, fault: Fault): Promise<Row> {
  const { id, title, backWithinSeconds } = fault;
  const row = { id, title, ...(backWithinSeconds === undefined ? {} : { backWithinSeconds }) };
  const skipped = fault.impossible?.(network);
  if (skipped !== undefined) return { ...row, skipped, notes: [] };
  await families.insure(FAMILIES);
  const load = new ClaimLoad(network.people, families.claims());
  const notes: string[] = [];
  try {
    const window = await underLoad(network, load, fault, notes);
    return { ...row, secondsWithoutService: longestGap(load.acknowledged, window.from, window.to), answers: load.answers, findings: await audit(network, load.told), notes };
  } catch (error) {
    return { ...row, failure: error instanceof Error ? error.message : String(error), answers: load.answers, notes };
  }
}

async function underLoad(network: FaultNetwork, load: ClaimLoad, fault: Fault, notes: string[]): Promise<{ readonly from: Moment; readonly to: Moment }> {
  const grows = async (count: () => number, more: number, what: string): Promise<void> => {
    const wanted = count() + more;
    await until(async () => Promise.resolve(count() >= wanted ? true : undefined), { withinMs: ANSWERED_WITHIN_MS, what: `${more} requests to be ${what}` });
  };
  const served = async (more: number): Promise<void> => grows(() => load.acknowledged.length, more, 'served');
  let from = performance.now();
  const scene: Scene = {
    network,
    served,
    refusedOrPending: async (more) => grows(() => unserved(load.answers), more, 'refused or left open'),
    answered: async (more) => grows(() => load.acknowledged.length + unserved(load.answers), more, 'answered'),
    struck: () => { from = performance.now(); },
    note: (text) => void notes.push(text),
  };
  try {
    await served(WARM);
    await fault.strike(scene);
    await served(WARM);
    return { from, to: performance.now() };
  } finally {
    await load.end();
  }
}
