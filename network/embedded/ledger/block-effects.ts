import type { CollectionLookup } from './api.js';
import type { Draft } from './draft.js';
import { expireHashedKeys, scheduleHashedExpiry } from './expiry.js';
import { historyOperations } from './history.js';
import { notePurges } from './purges.js';
import type { ReadWriteSet } from './read-write-set.js';
import type { StateReader } from './state-view.js';
import { NOTHING } from './store.js';
import type { Store } from './store.js';
import { storeKeys } from './store-keys.js';
import { committedValue } from './update-batch.js';
import type { UpdateBatch } from './update-batch.js';
import { encodeVersionedValue } from './versioned-value.js';

/** A decided block: its updates, and the sets of its valid transactions by number. */
export interface DecidedBlock {
  readonly blockNumber: number;
  readonly updates: UpdateBatch;
  readonly valid: ReadonlyMap<number, ReadWriteSet>;
}

/** Drafts what every organisation shares: public and hashed state, history, purge notes, and what expires. */
export async function draftSharedState(
  store: Store,
  draft: Draft,
  { blockNumber, updates, valid }: DecidedBlock,
  state: StateReader,
  collections: CollectionLookup,
): Promise<void> {
  // The commit hash is computed before this: it does not cover expiry.
  scheduleHashedExpiry(draft, updates, collections, blockNumber);
  await expireHashedKeys(store, draft, updates, state, blockNumber);
  for (const { namespace, space, entries } of updates.spaces()) {
    for (const [key, update] of entries) {
      if (update.metadata !== undefined) draft.put(storeKeys.usesMetadata(namespace), NOTHING);
      const value = committedValue(update);
      if (value === undefined) draft.remove(storeKeys.state(space, key));
      else draft.put(storeKeys.state(space, key), encodeVersionedValue(value));
    }
  }
  for (const [txNumber, set] of valid) {
    draft.add(historyOperations(set, blockNumber, txNumber));
    notePurges(draft, set, { blockNumber, txNumber });
  }
}
