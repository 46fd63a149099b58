import type { StateCache } from './state-cache.js';
import type { RangeReader, Store, StoreSnapshot } from './store.js';
import { stateKeyOf, storeKeys } from './store-keys.js';
import { decodeVersionedValue } from './versioned-value.js';
import type { VersionedKey, VersionedValue } from './versioned-value.js';

/** Keys of a range in UTF-8 byte order, one at a time. */
export interface KeyReader {
  next(): Promise<VersionedKey | undefined>;
  close(): void;
}

/** Committed public and hashed state at one height. */
export interface StateReader {
  get(space: string, key: string): VersionedValue | undefined;
  range(space: string, startKey: string, endKey: string): KeyReader;
}

/** Public and hashed state at one height, shared by all organisations at that height. */
export class StateView implements StateReader {
  readonly height: number;
  readonly snapshot: StoreSnapshot;
  readonly #cache: StateCache;
  readonly #newestHeight: () => number;
  readonly #usesMetadata = new Map<string, boolean>();

  constructor(height: number, snapshot: StoreSnapshot, cache: StateCache, newestHeight: () => number) {
    this.height = height;
    this.snapshot = snapshot;
    this.#cache = cache;
    this.#newestHeight = newestHeight;
  }

  get(space: string, key: string): VersionedValue | undefined {
    const storeKey = storeKeys.state(space, key);
    const cached = this.#cache.get(storeKey, this.height);
    // Short cut: the snapshot has it too.
    if (cached !== undefined) return cached.value;
    const bytes = this.snapshot.get(storeKey);
    const value = bytes === undefined ? undefined : decodeVersionedValue(bytes);
    // An older view must not put its values where the newest are expected.
    if (this.height === this.#newestHeight()) this.#cache.set(storeKey, value, this.height);

    return value;
  }

  range(space: string, startKey: string, endKey: string): KeyReader {
    const range = storeKeys.stateRange(space, startKey, endKey);
    return keyReader(this.snapshot.iterate(range), 2);
  }

  /** False where no key of the namespace has ever had metadata. */
  mayHaveMetadata(namespace: string): boolean {
    const known = this.#usesMetadata.get(namespace);
    // Short cut: the snapshot answers the same.
    if (known !== undefined) return known;
    const found = this.snapshot.get(storeKeys.usesMetadata(namespace)) !== undefined;
    this.#usesMetadata.set(namespace, found);

    return found;
  }
}

/** Whatever public and hashed state a database holds now. */
export class StoreState implements StateReader {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(space: string, key: string): VersionedValue | undefined {
    const bytes = this.#store.get(storeKeys.state(space, key));
    return bytes === undefined ? undefined : decodeVersionedValue(bytes);
  }

  range(space: string, startKey: string, endKey: string): KeyReader {
    return keyReader(this.#store.iterate(storeKeys.stateRange(space, startKey, endKey)), 2);
  }
}

/** One organisation's view: the shared state at its height and its own private state. */
export class OrganisationView {
  readonly mspId: string;
  readonly state: StateView;
  /** May be younger than the shared state's snapshot: a peer that catches up writes its private data later. */
  readonly #private: StoreSnapshot;

  constructor(mspId: string, state: StateView, privateSnapshot: StoreSnapshot) {
    this.mspId = mspId;
    this.state = state;
    this.#private = privateSnapshot;
  }

  get height(): number {
    return this.state.height;
  }

  getPrivate(space: string, key: string): VersionedValue | undefined {
    const bytes = this.#private.get(storeKeys.privateState(this.mspId, space, key));
    return bytes === undefined ? undefined : decodeVersionedValue(bytes);
  }

  privateRange(space: string, startKey: string, endKey: string): KeyReader {
    const range = storeKeys.privateStateRange(this.mspId, space, startKey, endKey);
    return keyReader(this.#private.iterate(range), 3);
  }

  retain(): this {
    this.state.snapshot.retain();
    this.#private.retain();
    return this;
  }

  release(): void {
    this.state.snapshot.release();
    this.#private.release();
  }
}

function keyReader(reader: RangeReader, partsBefore: number): KeyReader {
  return {
    async next() {
      const entry = await reader.next();
      return entry === undefined ? undefined : { key: stateKeyOf(entry[0], partsBefore), ...decodeVersionedValue(entry[1]) };
    },
    close: () => {
      reader.close();
    },
  };
}
