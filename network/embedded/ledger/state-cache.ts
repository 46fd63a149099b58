import type { VersionedValue } from './versioned-value.js';

/** A key's value as of the newest block, with the height from which on it has been so. */
interface CachedState {
  readonly value: VersionedValue | undefined;
  readonly sinceHeight: number;
  readonly weight: number;
}

/** What a lookup knows; absent where the cache knows nothing that holds at that height. */
export interface CacheAnswer {
  readonly value: VersionedValue | undefined;
}

/**
 * Newest values of hot keys, bounded in bytes, least recently used first out. Every organisation reads through it: an
 * answer is given only at heights at which it already held.
 */
export class StateCache {
  readonly #entries = new Map<string, CachedState>();
  readonly #capacity: number;
  #size = 0;

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  get(key: string, height: number): CacheAnswer | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.sinceHeight > height) return undefined;
    // Re-inserting moves the key to the young end of the map's order.
    this.#entries.delete(key);
    this.#entries.set(key, entry);

    return entry;
  }

  /** Remembers the newest value; `sinceHeight` is the lowest height at which it is known to hold. */
  set(key: string, value: VersionedValue | undefined, sinceHeight: number): void {
    const weight = key.length * 2 + (value?.value.length ?? 0) + (value?.metadata?.length ?? 0) + 100;
    this.#size += weight - (this.#entries.get(key)?.weight ?? 0);
    this.#entries.delete(key);
    this.#entries.set(key, { value, sinceHeight, weight });
    this.#shrink();
  }

  #shrink(): void {
    for (const [key, { weight }] of this.#entries) {
      if (this.#size <= this.#capacity) return;
      this.#entries.delete(key);
      this.#size -= weight;
    }
  }
}
