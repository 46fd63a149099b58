import type { CommittedBlock, Ledger } from '../ledger/api.js';
import { deferred } from '../deferred.js';
import type { Deferred } from '../deferred.js';

export interface CommitStatus {
  readonly code: number;
  readonly blockNumber: number;
}

/** Tells who waits for a transaction how it was committed at one organisation's peer. */
export class CommitStatuses {
  readonly #waiting = new Map<string, Set<Deferred<CommitStatus>>>();
  readonly #unsubscribe: () => void;

  constructor(
    private readonly ledger: Ledger,
    private readonly mspId: string,
  ) {
    this.#unsubscribe = ledger.onCommit((organisation, block) => {
      if (organisation === mspId) this.#announce(block);
    });
  }

  /** Resolves when the organisation commits the transaction, at once where it already has; rejects when aborted. */
  async of(txId: string, signal: AbortSignal): Promise<CommitStatus> {
    const waiter = deferred<CommitStatus>();
    const others = this.#waiting.get(txId) ?? new Set();
    this.#waiting.set(txId, others.add(waiter));
    const abort = (): void => {
      waiter.reject(new Error('context canceled'));
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      const stored = await this.ledger.transaction(this.mspId, txId);
      return stored ? { code: stored.validationCode, blockNumber: stored.blockNumber } : await waiter.promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#forget(txId, waiter);
    }
  }

  close(): void {
    this.#unsubscribe();
  }

  #announce({ number, transactions }: CommittedBlock): void {
    for (const { txId, validationCode } of transactions) {
      for (const waiter of this.#waiting.get(txId) ?? []) waiter.resolve({ code: validationCode, blockNumber: number });
    }
  }

  #forget(txId: string, waiter: Deferred<CommitStatus>): void {
    // Rejected without a listener once nobody waits: the promise is dropped with the waiter.
    waiter.promise.catch(() => undefined);
    const others = this.#waiting.get(txId);
    others?.delete(waiter);
    if (others?.size === 0) this.#waiting.delete(txId);
  }
}
