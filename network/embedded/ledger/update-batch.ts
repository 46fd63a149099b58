import type { Version } from './api.js';
import { compareKeys } from './key-order.js';
import { hashedSpace } from './spaces.js';
import type { VersionedValue } from './versioned-value.js';

/** Final effect of a block on one key; an absent value deletes it. */
export interface StateUpdate {
  readonly value: Uint8Array | undefined;
  readonly metadata: Uint8Array | undefined;
  readonly version: Version;
}

/** Updates of one space; `collection` is empty for public values. */
export interface SpaceUpdates {
  readonly namespace: string;
  readonly collection: string;
  readonly space: string;
  readonly entries: Map<string, StateUpdate>;
}

/** Public and hashed updates of a block, filled transaction by transaction: the last one to write a key wins. */
export class UpdateBatch {
  readonly #spaces = new Map<string, SpaceUpdates>();

  get(space: string, key: string): StateUpdate | undefined {
    return this.#spaces.get(space)?.entries.get(key);
  }

  has(space: string, key: string): boolean {
    return this.#spaces.get(space)?.entries.has(key) ?? false;
  }

  set(namespace: string, collection: string, key: string, update: StateUpdate): void {
    const space = collection === '' ? namespace : hashedSpace(namespace, collection);
    let updates = this.#spaces.get(space);
    if (updates === undefined) this.#spaces.set(space, (updates = { namespace, collection, space, entries: new Map() }));
    updates.entries.set(key, update);
  }

  /** Updated keys of a space within a range, in key order; an empty `endKey` is open. */
  keysInRange(space: string, startKey: string, endKey: string): string[] {
    const keys = [...(this.#spaces.get(space)?.entries.keys() ?? [])];
    const within = (key: string): boolean => compareKeys(key, startKey) >= 0 && (endKey === '' || compareKeys(key, endKey) < 0);

    return keys.filter(within).sort(compareKeys);
  }

  /** Every space, ordered by namespace and then by collection, public values first. */
  spaces(): SpaceUpdates[] {
    return [...this.#spaces.values()].sort(
      (a, b) => compareKeys(a.namespace, b.namespace) || compareKeys(a.collection, b.collection),
    );
  }
}

/** The update as a committed value, or undefined for a deletion. */
export function committedValue({ value, metadata, version }: StateUpdate): VersionedValue | undefined {
  return value === undefined ? undefined : { value, metadata, version };
}
