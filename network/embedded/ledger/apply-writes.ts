import type { Version } from './api.js';
import type { MetadataEntry, ReadWriteSet } from './read-write-set.js';
import { encodeMetadata } from './read-write-set-encoding.js';
import { hashedSpace } from './spaces.js';
import type { StateReader } from './state-view.js';
import type { StateUpdate, UpdateBatch } from './update-batch.js';

/** What one transaction does to one key. */
interface KeyOperation {
  readonly namespace: string;
  readonly collection: string;
  readonly key: string;
  /** 'delete', a new value, or undefined where only metadata is written. */
  value: 'delete' | Uint8Array | undefined;
  /** New metadata, 'delete', or undefined where only the value is written. */
  metadata: 'delete' | Uint8Array | undefined;
}

/** Adds a valid transaction's public and hashed writes to the block's updates. */
export function applyWrites(set: ReadWriteSet, version: Version, state: StateReader, updates: UpdateBatch): void {
  for (const operation of keyOperations(set)) {
    const update = finalUpdate(operation, version, state, updates);
    if (update !== undefined) updates.set(operation.namespace, operation.collection, operation.key, update);
  }
}

/**
 * A deletion removes the metadata too; a write of the value alone keeps the latest metadata, and one of metadata alone
 * keeps the latest value, or does nothing where there is none.
 */
function finalUpdate(operation: KeyOperation, version: Version, state: StateReader, updates: UpdateBatch): StateUpdate | undefined {
  if (operation.value === 'delete') return { value: undefined, metadata: undefined, version };
  const space = operation.collection === '' ? operation.namespace : hashedSpace(operation.namespace, operation.collection);
  const latest = (): { value: Uint8Array | undefined; metadata: Uint8Array | undefined } | undefined =>
    updates.get(space, operation.key) ?? state.get(space, operation.key);
  const value = operation.value ?? latest()?.value;
  if (value === undefined) return undefined;
  const metadata = operation.metadata === undefined ? latest()?.metadata : operation.metadata;

  return { value, metadata: metadata === 'delete' ? undefined : metadata, version };
}

function keyOperations(set: ReadWriteSet): Iterable<KeyOperation> {
  const operations = new Map<string, KeyOperation>();
  const at = (namespace: string, collection: string, key: string): KeyOperation => {
    const name = `${namespace}\0${collection}\0${key}`;
    let operation = operations.get(name);
    if (operation === undefined) operations.set(name, (operation = { namespace, collection, key, value: undefined, metadata: undefined }));
    return operation;
  };
  for (const { namespace, writes, metadataWrites, collections } of set.namespaces) {
    for (const { key, value, isDelete } of writes) at(namespace, '', key).value = isDelete ? 'delete' : value;
    for (const { key, entries } of metadataWrites) at(namespace, '', key).metadata = newMetadata(entries);
    for (const hashed of collections) {
      for (const { keyHash, valueHash, isDelete } of hashed.writes) {
        at(namespace, hashed.collection, keyHash).value = isDelete ? 'delete' : valueHash;
      }
      for (const { keyHash, entries } of hashed.metadataWrites) {
        at(namespace, hashed.collection, keyHash).metadata = newMetadata(entries);
      }
    }
  }

  return operations.values();
}

function newMetadata(entries: readonly MetadataEntry[]): 'delete' | Uint8Array {
  return entries.length === 0 ? 'delete' : encodeMetadata(entries);
}
