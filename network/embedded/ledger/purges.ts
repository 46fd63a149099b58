import type { Version } from './api.js';
import type { Draft } from './draft.js';
import type { ReadWriteSet } from './read-write-set.js';
import type { Store } from './store.js';
import { parsePosition, positionPart, storeKeys } from './store-keys.js';
import { compareVersions } from './version.js';

/** Remembers what a valid transaction purges: values of before that must not come back by reconciliation. */
export function notePurges(draft: Draft, { namespaces }: ReadWriteSet, version: Version): void {
  const position = Buffer.from(positionPart(version.blockNumber, version.txNumber));
  for (const { namespace, collections } of namespaces) {
    for (const { collection, writes } of collections) {
      for (const { keyHash, isPurge } of writes) if (isPurge) draft.put(storeKeys.purge(namespace, collection, keyHash), position);
    }
  }
}

/** Whether a write of the key at that version has been purged since (or by that very transaction). */
export function isPurged(store: Store, namespace: string, collection: string, keyHash: string, version: Version): boolean {
  const position = store.get(storeKeys.purge(namespace, collection, keyHash));
  return position !== undefined && compareVersions(version, parsePosition(position.toString())) <= 0;
}
