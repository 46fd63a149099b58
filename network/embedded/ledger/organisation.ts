import type { OrganisationView } from './state-view.js';

interface Waiter {
  readonly blockNumber: number;
  readonly resolve: () => void;
}

/** One organisation's peer, as far as the ledger knows it: how far it has committed and what it can see. */
export class Organisation {
  readonly mspId: string;
  /** A lagging peer: commits nothing until it is resumed. */
  paused = false;
  /** A peer whose private data gets lost. */
  stripped = false;
  #view: OrganisationView;
  #waiters: Waiter[] = [];

  constructor(mspId: string, view: OrganisationView) {
    this.mspId = mspId;
    this.#view = view;
  }

  get view(): OrganisationView {
    return this.#view;
  }

  /** Number of blocks committed. */
  get height(): number {
    return this.#view.height;
  }

  /** Takes over the new view and wakes who waited for it. */
  advance(view: OrganisationView): void {
    this.#view.release();
    this.#view = view;
    const ready = this.#waiters.filter(({ blockNumber }) => blockNumber < view.height);
    this.#waiters = this.#waiters.filter(({ blockNumber }) => blockNumber >= view.height);
    for (const { resolve } of ready) resolve();
  }

  /** Resolves when the block is committed here; rejects with the signal's reason. */
  whenCommitted(blockNumber: number, signal?: AbortSignal): Promise<void> {
    if (blockNumber < this.height) return Promise.resolve();

    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiters = this.#waiters.filter((candidate) => candidate !== waiter);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      const waiter: Waiter = {
        blockNumber,
        resolve: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiters.push(waiter);
    });
  }
}
