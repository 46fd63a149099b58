import { contentOf, hashOfLeaf, hashOfNode, referenceLeaf, sealedRoot, toHex } from '@medaccord/domain';
import type { Absence, Inclusion, Neighbour, Path, ProofMaker, ReferenceEntry, ReferenceLeaf } from '@medaccord/domain';
import { sha256 } from '../ledger/claims-client.js';
import type { TableRow } from './formats/format.js';

const HASH = 32;
/** Hashes between two pauses in which other requests are served. */
const PAUSE = 2000;

/**
 * The domain's sorted tree for tables of millions of entries: hashes lie level by level in flat buffers, entries as text, and
 * it grows in small steps. A last node without a neighbour rises as it is, which is the shape that splitting at the largest
 * power of two has.
 */
export class TableTree implements ProofMaker {
  readonly root: string;
  readonly #fileSha256: string;
  readonly #keys: readonly string[];
  readonly #entries: readonly string[];
  readonly #levels: readonly Buffer[];

  private constructor(fileSha256: string, keys: readonly string[], entries: readonly string[], levels: readonly Buffer[]) {
    this.#fileSha256 = fileSha256;
    this.#keys = keys;
    this.#entries = entries;
    this.#levels = levels;
    this.root = sealedRoot(keys.length, levels.at(-1) ?? new Uint8Array(0), sha256);
  }

  /** Grows the tree over rows in order of their keys; throws RangeError where they are not. */
  static async grow(rows: Iterable<TableRow> | AsyncIterable<TableRow>, fileSha256: string): Promise<TableTree> {
    const [keys, entries, hashes]: [string[], string[], Uint8Array[]] = [[], [], []];
    const leaves: Buffer[] = [];
    for await (const { key, entry } of rows) {
      if (key <= (keys.at(-1) ?? '')) throw new RangeError('keys must be ascending');
      keys.push(key);
      entries.push(JSON.stringify(entry));
      hashes.push(hashOfLeaf(key, contentOf(referenceLeaf(fileSha256, key, entry, sha256), sha256), sha256));
      if (hashes.length === PAUSE) {
        leaves.push(Buffer.concat(hashes.splice(0)));
        await pause();
      }
    }

    return new TableTree(fileSha256, keys, entries, await levelsOver(Buffer.concat([...leaves, ...hashes])));
  }

  inclusion(key: string): Inclusion<ReferenceEntry> | undefined {
    const index = this.#firstAtLeast(key);

    return this.#keys[index] === key ? { leaf: this.#leaf(index), path: this.#path(index) } : undefined;
  }

  absence(key: string): Absence | undefined {
    const index = this.#firstAtLeast(key);
    if (this.#keys[index] === key) return undefined;
    const [before, after] = [this.#neighbour(index - 1), this.#neighbour(index)];

    return { ...(before && { before }), ...(after && { after }) };
  }

  #leaf(index: number): ReferenceLeaf {
    return referenceLeaf(this.#fileSha256, this.#keys[index] ?? '', JSON.parse(this.#entries[index] ?? '') as ReferenceEntry, sha256);
  }

  #neighbour(index: number): Neighbour | undefined {
    if (index < 0 || index >= this.#keys.length) return undefined;
    const leaf = this.#leaf(index);

    return { key: leaf.key, content: toHex(contentOf(leaf, sha256)), path: this.#path(index) };
  }

  #path(index: number): Path {
    const siblings = this.#levels.slice(0, -1).flatMap((level, height) => {
      const beside = (index >> height) ^ 1;
      return (beside + 1) * HASH <= level.length ? [hashAt(level, beside).toString('hex')] : [];
    });

    return { index, count: this.#keys.length, siblings };
  }

  #firstAtLeast(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }

    return low;
  }
}

/** The levels from the leaves to the one node at the top. */
async function levelsOver(leaves: Buffer): Promise<readonly Buffer[]> {
  const levels = [leaves];
  for (let below = leaves; below.length > HASH; ) {
    const count = below.length / HASH;
    const level = Buffer.alloc(Math.ceil(count / 2) * HASH);
    for (let index = 0; index < count; index += 2) {
      const node = index + 1 < count ? hashOfNode(hashAt(below, index), hashAt(below, index + 1), sha256) : hashAt(below, index);
      level.set(node, (index / 2) * HASH);
      if (index % (2 * PAUSE) === 0) await pause();
    }
    levels.push(level);
    below = level;
  }

  return levels;
}

function hashAt(level: Buffer, index: number): Buffer {
  return level.subarray(index * HASH, (index + 1) * HASH);
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
