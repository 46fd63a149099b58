import protobuf from 'google-protobuf';
import type { BinaryWriter } from 'google-protobuf';
import { compareKeys } from './key-order.js';
import { sha256 } from './sha256.js';
import type { SpaceUpdates, StateUpdate, UpdateBatch } from './update-batch.js';
import { versionBytes } from './version.js';

/**
 * Fabric's commit hash: SHA-256 over the validation codes (with length), the block's public and hashed updates and the
 * commit hash before. Two peers that agree on it agree on the whole state so far.
 */
export function computeCommitHash(codes: Uint8Array, updates: UpdateBatch, previous: Uint8Array): Uint8Array {
  return sha256(varint(codes.length), codes, updateBytes(updates), previous);
}

/** `txmgr.Updates`, a message of the peer that it does not publish: repeated KVWrite in field 1. */
function updateBytes(updates: UpdateBatch): Uint8Array {
  const writer = new protobuf.BinaryWriter();
  let namespace = '';
  for (const space of updates.spaces()) {
    writeSpace(writer, space, space.namespace === namespace ? '' : space.namespace);
    namespace = space.namespace;
  }

  return writer.getResultBuffer();
}

/** Namespace and collection stand with the first entry of their run alone. */
function writeSpace(writer: BinaryWriter, { collection, entries }: SpaceUpdates, namespace: string): void {
  let first = true;
  for (const [key, update] of [...entries].sort(([a], [b]) => compareKeys(a, b))) {
    const names = first ? { namespace, collection } : { namespace: '', collection: '' };
    writer.writeMessage(1, update, (message: StateUpdate, inner: BinaryWriter) => {
      writeUpdate(inner, names, collection === '' ? Buffer.from(key) : Buffer.from(key, 'hex'), message);
    });
    first = false;
  }
}

function writeUpdate(
  writer: BinaryWriter,
  names: { readonly namespace: string; readonly collection: string },
  key: Uint8Array,
  { value, version }: StateUpdate,
): void {
  if (names.namespace !== '') writer.writeString(1, names.namespace);
  if (names.collection !== '') writer.writeString(2, names.collection);
  if (key.length > 0) writer.writeBytes(3, key);
  if (value === undefined) writer.writeBool(4, true);
  else writer.writeBytes(5, value);
  writer.writeBytes(6, versionBytes(version));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);

  return Uint8Array.from(bytes);
}
