import { peer } from '@hyperledger/fabric-protos';
import { hasPhantom } from './phantoms.js';
import type { HashedCollectionSet, NamespaceSet, ReadWriteSet } from './read-write-set.js';
import { hashedSpace } from './spaces.js';
import type { StateReader } from './state-view.js';
import type { UpdateBatch } from './update-batch.js';
import { sameVersion } from './version.js';

const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT } = peer.TxValidationCode;

/**
 * Whether everything that a transaction read is still so, given the committed state before its block and what earlier
 * valid transactions of the block wrote. Namespace by namespace: reads, then ranges, then hashed reads.
 */
export async function checkReads(set: ReadWriteSet, state: StateReader, updates: UpdateBatch): Promise<number> {
  for (const namespace of set.namespaces) {
    if (!readsHold(namespace, state, updates)) return MVCC_READ_CONFLICT;
    for (const query of namespace.rangeQueries) {
      if (await hasPhantom(namespace.namespace, query, state, updates)) return PHANTOM_READ_CONFLICT;
    }
    if (!namespace.collections.every((collection) => hashedReadsHold(namespace.namespace, collection, state, updates))) {
      return MVCC_READ_CONFLICT;
    }
  }

  return VALID;
}

/** A key that an earlier transaction of the block touched conflicts whatever it did, as in Fabric. */
function readsHold({ namespace, reads }: NamespaceSet, state: StateReader, updates: UpdateBatch): boolean {
  return reads.every(
    ({ key, version }) => !updates.has(namespace, key) && sameVersion(state.get(namespace, key)?.version, version),
  );
}

function hashedReadsHold(namespace: string, set: HashedCollectionSet, state: StateReader, updates: UpdateBatch): boolean {
  const space = hashedSpace(namespace, set.collection);

  return set.reads.every(
    ({ keyHash, version }) => !updates.has(space, keyHash) && sameVersion(state.get(space, keyHash)?.version, version),
  );
}
