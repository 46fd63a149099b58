/** Behaviours to run on a new network, with one guard off or with none. */
export interface WorkerTask {
  readonly off?: number;
  readonly behaviours: readonly string[];
}

/** What became of a task. */
export interface WorkerReply {
  /** The first behaviour that failed. */
  readonly caughtBy?: string;
  readonly reason?: string;
  /** Behaviour, the guards that held during it (only where none was off), milliseconds. */
  readonly fired: readonly (readonly [string, readonly number[], number])[];
  /** In the first reply alone: ids of all behaviours. */
  readonly ready?: readonly string[];
}
