/** Behaviours to run on a new network, with one guard off or with none. */
export interface WorkerTask {
  readonly off?: number;
  readonly behaviours: readonly string[];
  /** What each behaviour observed without a mutant, as JSON: a guard that is off and changes it is noticed as well. */
  readonly usual?: Readonly<Record<string, string>>;
}

/** One behaviour that was run and did not fail. */
export interface Run {
  readonly id: string;
  /** The guards that held during it (only where none was off). */
  readonly fired: readonly number[];
  readonly observed: string;
  readonly milliseconds: number;
}

/** What became of a task. */
export interface WorkerReply {
  /** The first behaviour that failed. */
  readonly caughtBy?: string;
  readonly reason?: string;
  readonly runs: readonly Run[];
  /** In the first reply alone: ids of all behaviours. */
  readonly ready?: readonly string[];
}
