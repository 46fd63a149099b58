import { put, remove } from './store.js';
import type { Store, StoreEntry, StoreOperation } from './store.js';
import { keyParts, storeKeys } from './store-keys.js';
import { sha256 } from './sha256.js';

/** Private writes of one endorsement, `rwset.TxPvtReadWriteSet`, at the organisation whose peer keeps them. */
export interface TransientEntry {
  readonly mspId: string;
  readonly height: number;
  readonly privateReadWriteSet: Uint8Array;
}

/** Fabric's `transientstoreMaxBlockRetention`: blocks after which private data of an unsubmitted proposal is dropped. */
export const RETENTION_BLOCKS = 1000;

const HEIGHT_BYTES = 6;

/**
 * Private data between endorsement and commit, per transaction and organisation. Kept on disk, because a client may
 * submit after a restart, and in memory up to a bound, because normally it submits at once.
 */
export class TransientStore {
  readonly #store: Store;
  readonly #memory = new Map<string, Map<string, TransientEntry>>();
  readonly #memoryBound: number;
  #memorySize = 0;
  /** True where the disk may hold entries that memory does not. */
  #diskKnowsMore: boolean;

  private constructor(store: Store, diskKnowsMore: boolean, memoryBound: number) {
    this.#store = store;
    this.#diskKnowsMore = diskKnowsMore;
    this.#memoryBound = memoryBound;
  }

  static async open(store: Store, memoryBound: number = 64 * 1024 * 1024): Promise<TransientStore> {
    const reader = store.iterate(storeKeys.allTransient());
    const left = await reader.next();
    reader.close();

    return new TransientStore(store, left !== undefined, memoryBound);
  }

  async add(txId: string, entry: TransientEntry): Promise<void> {
    const name = sha256(entry.privateReadWriteSet).toString('hex');
    const key = storeKeys.transient(txId, entry.mspId, name);
    this.#remember(txId, key, entry);
    await this.#store.writeUnsynced([put(key, encode(entry))]);
  }

  /** Everything that any organisation keeps for the transaction. */
  async of(txId: string): Promise<TransientEntry[]> {
    const remembered = this.#memory.get(txId) ?? new Map<string, TransientEntry>();
    // Short cut: memory has everything.
    if (!this.#diskKnowsMore) return [...remembered.values()];
    const stored = await this.#store.iterate(storeKeys.transientOf(txId)).all();

    return [...new Map([...stored.map((entry) => [entry[0], decode(entry)] as const), ...remembered]).values()];
  }

  /** Removes what a block's transactions left, valid or not; `forget` follows once that is written. */
  async removalOf(txIds: readonly string[]): Promise<StoreOperation[]> {
    const keys: string[] = [];
    for (const txId of txIds) {
      keys.push(...(this.#memory.get(txId)?.keys() ?? []));
      // Short cut: memory has everything.
      if (!this.#diskKnowsMore) continue;
      keys.push(...(await this.#store.iterate(storeKeys.transientOf(txId)).all()).map(([key]) => key));
    }

    return keys.map(remove);
  }

  forget(txIds: readonly string[]): void {
    for (const txId of txIds) this.#forget(txId);
  }

  /** Removes what was endorsed below the height and never submitted. */
  async removalBelow(height: number): Promise<StoreOperation[]> {
    const stored = await this.#store.iterate(storeKeys.allTransient()).all();
    const old = stored.filter((entry) => decode(entry).height < height);
    for (const [key] of old) this.#forget(keyParts(key)[1] ?? '');

    return old.map(([key]) => remove(key));
  }

  #remember(txId: string, key: string, entry: TransientEntry): void {
    const entries = this.#memory.get(txId) ?? new Map<string, TransientEntry>();
    if (!entries.has(key)) this.#memorySize += entry.privateReadWriteSet.length;
    entries.set(key, entry);
    this.#memory.set(txId, entries);
    for (const oldest of this.#memory.keys()) {
      // Short cut: what memory gives up is on disk.
      if (this.#memorySize <= this.#memoryBound || oldest === txId) return;
      this.#forget(oldest);
      this.#diskKnowsMore = true;
    }
  }

  #forget(txId: string): void {
    for (const { privateReadWriteSet } of this.#memory.get(txId)?.values() ?? []) this.#memorySize -= privateReadWriteSet.length;
    this.#memory.delete(txId);
  }
}

function encode({ height, privateReadWriteSet }: TransientEntry): Buffer {
  const bytes = Buffer.allocUnsafe(HEIGHT_BYTES + privateReadWriteSet.length);
  bytes.writeUIntBE(height, 0, HEIGHT_BYTES);
  bytes.set(privateReadWriteSet, HEIGHT_BYTES);

  return bytes;
}

function decode([key, bytes]: StoreEntry): TransientEntry {
  return {
    mspId: keyParts(key)[2] ?? '',
    height: bytes.readUIntBE(0, HEIGHT_BYTES),
    privateReadWriteSet: bytes.subarray(HEIGHT_BYTES),
  };
}
