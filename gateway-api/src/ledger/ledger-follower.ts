import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@medaccord/domain';
import type { Logger } from 'pino';
import type { ChainReader } from './chain-reader.js';
import type { EventStream, LedgerEvent, LedgerPosition } from './event-stream.js';
import type { Ledger } from './ledger.js';

/** Where a follower remembers how far it came, by the chaincode's name. */
export interface Checkpoints {
  checkpoint(name: string): Promise<LedgerPosition | undefined>;
  saveCheckpoint(name: string, position: LedgerPosition): Promise<void>;
}

/** For who looks at everything after each connection: what happened before it needs no event. */
export const noCheckpoints: Checkpoints = { checkpoint: () => Promise.resolve(undefined), saveCheckpoint: () => Promise.resolve() };

/** What is done with a chaincode's events. */
export interface Followed {
  readonly chaincode: string;
  /** Name of the events that matter; of others only the position is kept, now and then. */
  readonly event: string;
  /** After each connection, before the first event: for what happened while nobody followed. */
  readonly begin: () => Promise<void>;
  /** Handles one event; it comes again where the process dies before the position is kept. */
  readonly handle: (event: LedgerEvent) => Promise<void>;
}

const retryMs = 2_000;
const otherEventsMs = 1_000;

/**
 * Follows a chaincode's events block by block and remembers how far, after each event. Where the peer goes away it begins
 * again from there; where nothing is remembered yet, from the block that comes next.
 */
export class LedgerFollower {
  readonly #ledger: Ledger;
  readonly #chain: ChainReader;
  readonly #checkpoints: Checkpoints;
  readonly #log: Logger;
  readonly #followed: Followed;
  readonly #stopping = new AbortController();
  #savedAt = 0;
  #stream: EventStream | undefined;
  #following: Promise<void> | undefined;

  constructor(parts: { readonly ledger: Ledger; readonly chain: ChainReader; readonly checkpoints: Checkpoints; readonly log: Logger }, followed: Followed) {
    this.#ledger = parts.ledger;
    this.#chain = parts.chain;
    this.#checkpoints = parts.checkpoints;
    this.#log = parts.log;
    this.#followed = followed;
  }

  /** Begins to follow; once. */
  start(): void {
    this.#following ??= this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#stream?.close();
    await this.#following;
  }

  async #follow(): Promise<void> {
    while (!this.#isStopping()) {
      try {
        await this.#connected();
      } catch (error) {
        if (!this.#isStopping()) this.#log.warn({ code: error instanceof DomainError ? error.code : 'LEDGER_UNAVAILABLE' }, 'events are not followed; they will be from where they were left');
      }
      await pause(retryMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #connected(): Promise<void> {
    const { begin } = this.#followed;
    const stream = await this.#ledger.events(this.#followed.chaincode, await this.#position());
    this.#stream = stream;
    // One that stops just now has nothing to close yet.
    if (this.#isStopping()) stream.close();
    try {
      await begin();
      for await (const event of stream) await this.#take(event);
    } finally {
      stream.close();
    }
  }

  async #take(event: LedgerEvent): Promise<void> {
    const matters = event.name === this.#followed.event;
    if (!matters && performance.now() - this.#savedAt < otherEventsMs) return;
    if (matters) await this.#followed.handle(event);
    await this.#checkpoints.saveCheckpoint(this.#followed.chaincode, event.position);
    this.#savedAt = performance.now();
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #position(): Promise<LedgerPosition> {
    const { chaincode } = this.#followed;
    const kept = await this.#checkpoints.checkpoint(chaincode);
    if (kept !== undefined) return kept;
    const next = { blockNumber: await this.#chain.height() };
    await this.#checkpoints.saveCheckpoint(chaincode, next);

    return next;
  }
}
