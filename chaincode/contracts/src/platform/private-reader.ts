import type { ChaincodeStub } from 'fabric-shim-api';
import { DomainError, implicitCollection } from '@medaccord/domain';
import type { Caller } from './caller.js';
import { readStates } from './read-states.js';

/** A private key with its value. */
export interface PrivateEntry {
  readonly key: string;
  readonly json: string;
}

/**
 * The values of one organisation's implicit collection, for queries at its own peer. Update transactions have no use for
 * it: the other party's peer could not compute the same.
 */
export class PrivateReader {
  readonly #stub: ChaincodeStub;
  readonly #collection: string;

  /** Refuses (FOREIGN_PEER) a caller whose organisation is not the peer's. */
  constructor(stub: ChaincodeStub, { mspId }: Caller) {
    if (stub.getMspID() !== mspId) throw new DomainError('FOREIGN_PEER');
    this.#stub = stub;
    this.#collection = implicitCollection(mspId);
  }

  /** Values in the order of the keys; undefined where there is none. */
  async get(keys: readonly string[]): Promise<readonly (string | undefined)[]> {
    const values = keys.length === 0 ? [] : await readStates(this.#stub, this.#collection, keys);
    return keys.map((_, index) => textOf(values[index]));
  }

  /** Entries whose keys begin with a prefix, in order of the keys; after a key where one is given. */
  list(prefix: string, after?: string): AsyncIterable<PrivateEntry> {
    return this.range(after === undefined ? prefix : `${after} `, `${prefix}${AFTER_ALL}`);
  }

  /** Entries from a key (inclusive) to another (exclusive), read as far as they are asked for. */
  async *range(from: string, to: string): AsyncIterable<PrivateEntry> {
    for await (const { key, value } of this.#stub.getPrivateDataByRange(this.#collection, from, to)) yield { key, json: textOf(value) ?? '' };
  }
}

/** Sorts after every character of a key. */
export const AFTER_ALL = '\u007f';

/** The first entries, all of them where no number is given. */
export async function take(entries: AsyncIterable<PrivateEntry>, most = Number.MAX_SAFE_INTEGER): Promise<readonly PrivateEntry[]> {
  const taken: PrivateEntry[] = [];
  for await (const entry of entries) {
    taken.push(entry);
    if (taken.length >= most) break;
  }
  return taken;
}

/** Of entries in order of their keys, the newest version of each of the first documents, in order of the ids. */
export async function newestOf(entries: AsyncIterable<PrivateEntry>, most: number): Promise<readonly PrivateEntry[]> {
  const best = new Map<string, { readonly version: number; readonly entry: PrivateEntry }>();
  for await (const entry of entries) {
    const at = entry.key.lastIndexOf('~');
    const [name, version] = [entry.key.slice(0, at), Number(entry.key.slice(at + 1))];
    if (!best.has(name) && best.size >= most) break;
    if (version > (best.get(name)?.version ?? 0)) best.set(name, { version, entry });
  }
  return [...best.values()].map(({ entry }) => entry);
}

/** The first entries as a page, and where it goes on where there are more; `entries` holds one more than asked if so. */
export function pageOf<T>(entries: readonly PrivateEntry[], most: number, read: (entry: PrivateEntry) => T, positionOf: (item: T) => string): { readonly items: readonly T[]; readonly next?: string } {
  const items = entries.slice(0, most).map(read);
  const last = entries.length > most ? items.at(-1) : undefined;
  return { items, ...(last && { next: positionOf(last) }) };
}

function textOf(value: Uint8Array | undefined): string | undefined {
  return value === undefined || value.length === 0 ? undefined : new TextDecoder().decode(value);
}
