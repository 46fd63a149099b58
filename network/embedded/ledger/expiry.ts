import type { CollectionInfo, CollectionLookup } from './api.js';
import type { Draft } from './draft.js';
import { hashedSpace } from './spaces.js';
import type { StateReader } from './state-view.js';
import { NOTHING } from './store.js';
import type { Store } from './store.js';
import { keyParts, storeKeys } from './store-keys.js';
import type { UpdateBatch } from './update-batch.js';

/** Deletions by expiry carry the version "after every transaction of the block". */
const AFTER_ALL_TRANSACTIONS = 0xffff_ffff;

/** The block whose commit removes what `committingBlock` wrote, or undefined where the collection keeps its data. */
export function expiringBlock(info: CollectionInfo, committingBlock: number): number | undefined {
  return info.blockToLive === 0 ? undefined : committingBlock + info.blockToLive + 1;
}

/** Remembers that something will expire: ledgers without such collections need not look for it at every block. */
export function noteThatDataExpires(draft: Draft): void {
  draft.put(storeKeys.fact('expires'), NOTHING);
}

/** Whether anything was ever scheduled to expire. */
export function mayExpire(draft: Draft): boolean {
  return draft.get(storeKeys.fact('expires')) !== undefined;
}

/** Notes for every hashed key that the block writes when it will expire. Every organisation sees the same hashes expire. */
export function scheduleHashedExpiry(draft: Draft, updates: UpdateBatch, collections: CollectionLookup, blockNumber: number): void {
  for (const { namespace, collection, entries } of updates.spaces()) {
    const info = collection === '' ? undefined : collections(namespace, collection);
    const expiry = info && expiringBlock(info, blockNumber);
    if (expiry === undefined) continue;
    noteThatDataExpires(draft);
    for (const [keyHash, { value }] of entries) {
      if (value !== undefined) draft.put(storeKeys.expiry(expiry, blockNumber, namespace, collection, keyHash), NOTHING);
    }
  }
}

/** Adds deletions of the hashed keys that expire with this block, unless something has rewritten them meanwhile. */
export async function expireHashedKeys(
  store: Store,
  draft: Draft,
  updates: UpdateBatch,
  state: StateReader,
  blockNumber: number,
): Promise<void> {
  // Short cut: nothing is scheduled then.
  if (!mayExpire(draft)) return;
  for (const [key] of await store.iterate(storeKeys.expiryRange(blockNumber)).all()) {
    draft.remove(key);
    const [, , committingBlock = '', namespace = '', collection = '', keyHash = ''] = keyParts(key);
    const space = hashedSpace(namespace, collection);
    const current = state.get(space, keyHash);
    if (current?.version.blockNumber !== Number.parseInt(committingBlock, 16) || updates.has(space, keyHash)) continue;
    const version = { blockNumber, txNumber: AFTER_ALL_TRANSACTIONS };
    updates.set(namespace, collection, keyHash, { value: undefined, metadata: undefined, version });
  }
}
