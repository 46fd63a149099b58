import type { KeyRead, MerkleSummary } from './read-write-set.js';
import { encodeQueryReads } from './read-write-set-encoding.js';
import { sha256 } from './sha256.js';

/** Fabric's `maxDegreeQueryReadsHashing`: up to 50 results stand in the read set themselves. */
export const MAX_DEGREE = 50;

const leafLevel = 1;

/**
 * Collects the results of one range query: up to `maxDegree` reads as they are, beyond that a Merkle tree over groups of
 * `maxDegree + 1`, of which only the highest level is kept. Endorser and committer must build the very same tree.
 */
export class QueryReads {
  readonly #maxDegree: number;
  #pending: KeyRead[] = [];
  readonly #levels = new Map<number, Uint8Array[]>();
  #maxLevel = leafLevel;

  constructor(maxDegree: number = MAX_DEGREE) {
    this.#maxDegree = maxDegree;
  }

  add(read: KeyRead): void {
    this.#pending.push(read);
    if (this.#pending.length > this.#maxDegree) this.#hashPending();
  }

  /** The tree as far as it is built; used to notice a difference early. */
  summary(): MerkleSummary {
    return { maxDegree: this.#maxDegree, maxLevel: this.#maxLevel, hashes: this.#level(this.#maxLevel) };
  }

  /** Reads or summary, never both; ends the collection. */
  finish(): { readonly reads: readonly KeyRead[]; readonly summary: MerkleSummary | undefined } {
    if (this.#maxLevel === leafLevel && this.#level(leafLevel).length === 0) return { reads: this.#pending, summary: undefined };
    if (this.#pending.length > 0) this.#hashPending();
    this.#complete();

    return { reads: [], summary: this.summary() };
  }

  #hashPending(): void {
    const hash = sha256(encodeQueryReads(this.#pending));
    this.#pending = [];
    this.#append(leafLevel, hash);
    for (let level = leafLevel; this.#level(level).length > this.#maxDegree; level += 1) this.#lift(level);
  }

  /** Replaces a level by one hash on the level above. */
  #lift(level: number): void {
    const hashes = this.#level(level);
    this.#levels.delete(level);
    // A hash that stands alone rises as it is.
    const [risen = sha256(...hashes)] = hashes.length === 1 ? hashes : [];
    this.#append(level + 1, risen);
    this.#maxLevel = Math.max(this.#maxLevel, level + 1);
  }

  #complete(): void {
    for (let level = leafLevel; level < this.#maxLevel; level += 1) {
      if (this.#level(level).length > 0) this.#lift(level);
    }
    if (this.#level(this.#maxLevel).length > this.#maxDegree) this.#lift(this.#maxLevel);
  }

  #level(level: number): Uint8Array[] {
    return this.#levels.get(level) ?? [];
  }

  #append(level: number, hash: Uint8Array): void {
    this.#levels.set(level, [...this.#level(level), hash]);
  }
}
