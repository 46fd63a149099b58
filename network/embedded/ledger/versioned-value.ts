import type { Version } from './api.js';

/** A committed value with the transaction that wrote it and its metadata (`encodeMetadata`). */
export interface VersionedValue {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array | undefined;
  readonly version: Version;
}

export interface VersionedKey extends VersionedValue {
  readonly key: string;
}

const HEADER = 14;

/** Stored form: block (6 bytes), transaction (4), metadata length (4), metadata, value. */
export function encodeVersionedValue({ value, metadata, version }: VersionedValue): Buffer {
  const metadataLength = metadata?.length ?? 0;
  const bytes = Buffer.allocUnsafe(HEADER + metadataLength + value.length);
  bytes.writeUIntBE(version.blockNumber, 0, 6);
  bytes.writeUInt32BE(version.txNumber, 6);
  bytes.writeUInt32BE(metadataLength, 10);
  if (metadata !== undefined) bytes.set(metadata, HEADER);
  bytes.set(value, HEADER + metadataLength);

  return bytes;
}

/** Inverse of `encodeVersionedValue`; the parts share the memory of `bytes`. */
export function decodeVersionedValue(bytes: Buffer): VersionedValue {
  const metadataLength = bytes.readUInt32BE(10);

  return {
    value: bytes.subarray(HEADER + metadataLength),
    metadata: metadataLength === 0 ? undefined : bytes.subarray(HEADER, HEADER + metadataLength),
    version: { blockNumber: bytes.readUIntBE(0, 6), txNumber: bytes.readUInt32BE(6) },
  };
}
