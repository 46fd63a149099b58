import type { KeyModification } from './api.js';
import type { BlockStore } from './block-store.js';
import type { ResultSource } from './query-iterator.js';
import type { ReadWriteSet } from './read-write-set.js';
import type { OrganisationView } from './state-view.js';
import { NOTHING, put } from './store.js';
import type { StoreOperation } from './store.js';
import { parsePosition, positionPart, storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';

/** Index entries for the public writes of a valid transaction; the values stay in the blocks alone. */
export function historyOperations(set: ReadWriteSet, blockNumber: number, txNumber: number): StoreOperation[] {
  const position = positionPart(blockNumber, txNumber);

  return set.namespaces.flatMap(({ namespace, writes }) =>
    writes.map(({ key }) => put(storeKeys.history(namespace, key, position), NOTHING)),
  );
}

/** A key's modifications at the view's height, newest first; not part of any read set. */
export function historyOf(blocks: BlockStore, view: OrganisationView, namespace: string, key: string): ResultSource<KeyModification> {
  const reader = view.state.snapshot.iterate(storeKeys.historyRange(namespace, key), true);

  return {
    async next() {
      const entry = await reader.next();
      if (entry === undefined) return undefined;
      const { blockNumber, txNumber } = parsePosition(entry[0].slice(-20));

      return modification(blocks, blockNumber, txNumber, namespace, key);
    },
    close: () => {
      reader.close();
    },
  };
}

function modification(blocks: BlockStore, blockNumber: number, txNumber: number, namespace: string, key: string): KeyModification {
  const envelope = blocks.envelope(blockNumber, txNumber);
  const { txId, timestamp, readWriteSet } = decodeTransaction(envelope);
  const write = readWriteSet?.namespaces.find((set) => set.namespace === namespace)?.writes.find((candidate) => candidate.key === key);
  if (write === undefined) {
    const place = `decoded blockNum ${blockNumber} and tranNum ${txNumber}`;
    throw new Error(`no namespace or key is found for namespace ${namespace} and key ${key} with ${place}`);
  }

  return { txId, timestamp, value: write.value, isDelete: write.isDelete };
}
