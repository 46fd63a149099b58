import type { Version } from './api.js';
import type { Draft } from './draft.js';
import { mayExpire } from './expiry.js';
import { decodePrivateSets } from './read-write-set-decoding.js';
import { encodePrivateSet, encodePrivateSets } from './read-write-set-encoding.js';
import { writesPrivateData } from './read-write-set.js';
import type { PrivateCollectionSet, ReadWriteSet } from './read-write-set.js';
import { keyHashOf, sameBytes, sha256 } from './sha256.js';
import { hashedSpace, privateSpace } from './spaces.js';
import type { Store } from './store.js';
import { keyParts, parsePosition, positionPart, storeKeys } from './store-keys.js';
import { compareVersions } from './version.js';
import { decodeVersionedValue, encodeVersionedValue } from './versioned-value.js';
import type { VersionedValue } from './versioned-value.js';

/** A block as one organisation's private state sees it. */
export interface PrivateBlock {
  readonly blockNumber: number;
  /** Public sets of the valid transactions, by transaction number. */
  readonly valid: ReadonlyMap<number, ReadWriteSet>;
  /** Hashed state after the block. */
  readonly hashedAfter: (space: string, keyHash: string) => VersionedValue | undefined;
}

/**
 * Brings one organisation's private state from before a block to after it: values of valid transactions, versions renewed
 * by changes of metadata alone, purges, and what expires. The write sets themselves lie in the store already.
 */
export class PrivateDataCommit {
  readonly #store: Store;
  readonly #draft: Draft;
  readonly #mspId: string;
  readonly #block: PrivateBlock;
  /** The organisation's write sets of the block's valid transactions, as they arrived. */
  readonly #arrived: readonly (readonly [txNumber: number, sets: readonly PrivateCollectionSet[]])[];
  /** Keys that this block wrote, with the version it gave them. */
  readonly #written = new Map<string, Version>();

  constructor(store: Store, draft: Draft, mspId: string, block: PrivateBlock) {
    this.#store = store;
    this.#draft = draft;
    this.#mspId = mspId;
    this.#block = block;
    this.#arrived = [...block.valid]
      .filter(([, set]) => writesPrivateData(set))
      .map(([txNumber]) => [txNumber, this.#sets(positionPart(block.blockNumber, txNumber))] as const);
  }

  async run(): Promise<void> {
    this.#applyValues();
    this.#renewVersions();
    await this.#purge();
    await this.#expire();
  }

  #applyValues(): void {
    for (const [txNumber, sets] of this.#arrived) {
      const version = { blockNumber: this.#block.blockNumber, txNumber };
      for (const { namespace, collection, writes } of sets) {
        for (const { key, value, isDelete } of writes) {
          this.#set(namespace, collection, key, isDelete ? undefined : value, version);
        }
      }
    }
  }

  /** A change of metadata alone gives the hash a new version; the value follows where it still is that hash's value. */
  #renewVersions(): void {
    for (const [, sets] of this.#arrived) {
      for (const { namespace, collection, metadataKeys } of sets) {
        for (const key of metadataKeys) this.#renewVersion(namespace, collection, key);
      }
    }
  }

  #renewVersion(namespace: string, collection: string, key: string): void {
    const hashed = this.#block.hashedAfter(hashedSpace(namespace, collection), keyHashOf(key));
    const held = this.#get(namespace, collection, key);
    if (hashed === undefined || held === undefined) return;
    if (sameBytes(sha256(held.value), hashed.value)) this.#set(namespace, collection, key, held.value, hashed.version);
  }

  async #purge(): Promise<void> {
    for (const [txNumber, { namespaces }] of this.#block.valid) {
      for (const { namespace, collections } of namespaces) {
        for (const { collection, writes } of collections) {
          for (const { keyHash, isPurge } of writes) {
            if (isPurge) await this.#purgeKey(namespace, collection, keyHash, { blockNumber: this.#block.blockNumber, txNumber });
          }
        }
      }
    }
  }

  /** Removes the value and every stored write of the key up to the purge, which itself wrote the key in plain too. */
  async #purgeKey(namespace: string, collection: string, keyHash: string, at: Version): Promise<void> {
    const range = storeKeys.privateKeyRange(this.#mspId, namespace, collection, keyHash);
    const stored = await this.#store.iterate(range).all();
    const places = stored.map(([key, rawKey]) => ({ position: keyParts(key)[5] ?? '', key: rawKey.toString() }));
    for (const { position, key } of [...places, ...this.#placesInBlock(namespace, collection, keyHash)]) {
      if (compareVersions(parsePosition(position), at) > 0) continue;
      this.#draft.remove(storeKeys.privateKey(this.#mspId, namespace, collection, keyHash, position));
      this.#rewriteSets(position, (set) => (isSet(set, namespace, collection) ? withoutKey(set, key) : set));
      const written = this.#written.get(`${privateSpace(namespace, collection)}\0${key}`);
      if (written === undefined || compareVersions(written, at) < 0) this.#set(namespace, collection, key, undefined, at);
    }
  }

  /** The block's own writes of the key: the store's index does not know them yet. */
  #placesInBlock(namespace: string, collection: string, keyHash: string): { position: string; key: string }[] {
    const places: { position: string; key: string }[] = [];
    for (const [txNumber, sets] of this.#arrived) {
      const position = positionPart(this.#block.blockNumber, txNumber);
      for (const set of sets.filter((candidate) => isSet(candidate, namespace, collection))) {
        for (const { key } of set.writes) if (keyHashOf(key) === keyHash) places.push({ position, key });
      }
    }

    return places;
  }

  async #expire(): Promise<void> {
    // Short cut: nothing is scheduled then.
    if (!mayExpire(this.#draft)) return;
    const range = storeKeys.privateExpiryRange(this.#mspId, this.#block.blockNumber);
    for (const [entry] of await this.#store.iterate(range).all()) {
      const [, , , position = '', namespace = '', collection = ''] = keyParts(entry);
      this.#draft.remove(entry);
      this.#draft.remove(storeKeys.missing(this.#mspId, position, namespace, collection));
      for (const set of this.#sets(position)) if (isSet(set, namespace, collection)) this.#expireSet(set, position);
      this.#rewriteSets(position, (set) => (isSet(set, namespace, collection) ? undefined : set));
    }
  }

  #expireSet({ namespace, collection, writes, metadataKeys }: PrivateCollectionSet, position: string): void {
    const { blockNumber } = parsePosition(position);
    for (const key of new Set([...writes.map((write) => write.key), ...metadataKeys])) {
      this.#draft.remove(storeKeys.privateKey(this.#mspId, namespace, collection, keyHashOf(key), position));
      if (this.#get(namespace, collection, key)?.version.blockNumber !== blockNumber) continue;
      this.#draft.remove(storeKeys.privateState(this.#mspId, privateSpace(namespace, collection), key));
    }
  }

  #sets(position: string): PrivateCollectionSet[] {
    const bytes = this.#draft.get(storeKeys.privateSet(this.#mspId, position));
    return bytes === undefined ? [] : decodePrivateSets(bytes);
  }

  #rewriteSets(position: string, change: (set: PrivateCollectionSet) => PrivateCollectionSet | undefined): void {
    const key = storeKeys.privateSet(this.#mspId, position);
    const before = this.#sets(position);
    const after = before.map(change).filter((set) => set !== undefined);
    if (after.length === 0) this.#draft.remove(key);
    else this.#draft.put(key, Buffer.from(encodePrivateSets(after)));
  }

  #get(namespace: string, collection: string, key: string): VersionedValue | undefined {
    const bytes = this.#draft.get(storeKeys.privateState(this.#mspId, privateSpace(namespace, collection), key));
    return bytes === undefined ? undefined : decodeVersionedValue(bytes);
  }

  #set(namespace: string, collection: string, key: string, value: Uint8Array | undefined, version: Version): void {
    const space = privateSpace(namespace, collection);
    const storeKey = storeKeys.privateState(this.#mspId, space, key);
    this.#written.set(`${space}\0${key}`, version);
    if (value === undefined) this.#draft.remove(storeKey);
    else this.#draft.put(storeKey, encodeVersionedValue({ value, metadata: undefined, version }));
  }
}

function isSet(set: PrivateCollectionSet, namespace: string, collection: string): boolean {
  return set.namespace === namespace && set.collection === collection;
}

function withoutKey(set: PrivateCollectionSet, key: string): PrivateCollectionSet {
  const writes = set.writes.filter((write) => write.key !== key);
  return { ...set, writes, bytes: encodePrivateSet(writes, set.metadataKeys) };
}
