import type { common } from '@hyperledger/fabric-protos';
import { deferred } from '../deferred.js';
import type { Deferred } from '../deferred.js';
import { BroadcastRefused } from './admitted-envelopes.js';

export interface OrdererOptions {
  readonly limits: { readonly maxMessageCount: number; readonly preferredMaxBytes: number };
  /** The bytes to order of a client's envelope; throws {@link BroadcastRefused}. */
  readonly admit: (envelope: common.Envelope) => Uint8Array;
  /** Commits one block; calls do not overlap. */
  readonly commit: (envelopes: readonly Uint8Array[]) => Promise<unknown>;
  readonly onFailure: (cause: unknown) => void;
}

/** An envelope with more bytes is refused (`AbsoluteMaxBytes` of the channel configuration). */
export const ABSOLUTE_MAX_BYTES = 10 * 1024 * 1024;

interface Waiting {
  readonly envelope: Uint8Array;
  /** Changes of the configuration have a block of their own: what follows is judged by the new one. */
  readonly alone: boolean;
}

/**
 * The channel's one orderer: takes envelopes in the order in which they arrive and cuts them into blocks. A block is
 * cut at once while nothing is being committed, so that a lone transaction does not wait, and holds whatever came
 * meanwhile otherwise; neither waits for the batch timeout.
 */
export class Orderer {
  readonly #waiting: Waiting[] = [];
  #working = false;
  #stopped: Error | undefined;
  #idle: Deferred<undefined> | undefined;

  constructor(private readonly options: OrdererOptions) {}

  /** Takes a client's envelope; it is ordered, not yet committed, when this returns. Throws {@link BroadcastRefused}. */
  broadcast(envelope: common.Envelope): void {
    this.order(this.options.admit(envelope));
  }

  /** Orders an envelope that needs no check, in a block of its own where asked. Throws once the orderer has stopped. */
  order(envelope: Uint8Array, alone = false): void {
    if (this.#stopped) throw this.#stopped;
    if (envelope.length > ABSOLUTE_MAX_BYTES) {
      throw new BroadcastRefused(
        'BAD_REQUEST',
        `message payload is ${envelope.length} bytes and exceeds maximum allowed ${ABSOLUTE_MAX_BYTES} bytes`,
      );
    }
    this.#waiting.push({ envelope, alone });
    if (this.#working) return;
    this.#working = true;
    // Whatever arrives in the same turn of the event loop shares the block.
    setImmediate(() => void this.#work());
  }

  /** Resolves when everything that was ordered is committed; nothing more is taken. */
  async stop(): Promise<void> {
    this.#stopped ??= new Error('the orderer has stopped');
    if (!this.#working) return;
    this.#idle ??= deferred<undefined>();
    await this.#idle.promise;
  }

  async #work(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.options.commit(this.#cut());
    } catch (cause) {
      // A ledger that cannot be written is the end: nothing after it may be acknowledged.
      this.#stopped = cause instanceof Error ? cause : new Error(String(cause));
      this.options.onFailure(cause);
    } finally {
      this.#working = false;
      this.#idle?.resolve(undefined);
    }
  }

  /** The next block's envelopes: up to the message count, and up to the preferred size unless one alone exceeds it. */
  #cut(): Uint8Array[] {
    const { maxMessageCount, preferredMaxBytes } = this.options.limits;
    if (this.#waiting[0]?.alone === true) return this.#take(1);
    let count = 0;
    let bytes = 0;
    for (const { envelope, alone } of this.#waiting) {
      if (alone || count === maxMessageCount || (count > 0 && bytes + envelope.length > preferredMaxBytes)) break;
      count += 1;
      bytes += envelope.length;
    }
    return this.#take(count);
  }

  #take(count: number): Uint8Array[] {
    return this.#waiting.splice(0, count).map(({ envelope }) => envelope);
  }
}
