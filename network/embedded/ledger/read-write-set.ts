import type { Version } from './api.js';

/** A key and the version at which it was read; undefined where the key did not exist. */
export interface KeyRead {
  readonly key: string;
  readonly version: Version | undefined;
}

/** Above `MAX_DEGREE` results a range query records hashes instead of the reads themselves. */
export interface MerkleSummary {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly hashes: readonly Uint8Array[];
}

/** What a range query saw, for the phantom check. */
export interface RangeQuery {
  readonly startKey: string;
  /** The query's end where it was read to its end, else the last key that was read (inclusive). */
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly reads: readonly KeyRead[];
  readonly summary: MerkleSummary | undefined;
}

/** A write; an empty value deletes. */
export interface KeyWrite {
  readonly key: string;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
}

export interface MetadataEntry {
  readonly name: string;
  readonly value: Uint8Array;
}

/** Replaces all metadata of a key; no entries deletes it. */
export interface MetadataWrite {
  readonly key: string;
  readonly entries: readonly MetadataEntry[];
}

/** Key hashes are lower-case hex throughout the ledger. */
export interface HashedRead {
  readonly keyHash: string;
  readonly version: Version | undefined;
}

export interface HashedWrite {
  readonly keyHash: string;
  readonly valueHash: Uint8Array;
  readonly isDelete: boolean;
  readonly isPurge: boolean;
}

export interface HashedMetadataWrite {
  readonly keyHash: string;
  readonly entries: readonly MetadataEntry[];
}

/** What a transaction's block shows of one collection. */
export interface HashedCollectionSet {
  readonly collection: string;
  readonly reads: readonly HashedRead[];
  readonly writes: readonly HashedWrite[];
  readonly metadataWrites: readonly HashedMetadataWrite[];
  /** SHA-256 of the serialized private write set; empty where the transaction wrote nothing to the collection. */
  readonly privateSetHash: Uint8Array;
}

/** Reads and writes of one namespace (chaincode). */
export interface NamespaceSet {
  readonly namespace: string;
  readonly reads: readonly KeyRead[];
  readonly rangeQueries: readonly RangeQuery[];
  readonly writes: readonly KeyWrite[];
  readonly metadataWrites: readonly MetadataWrite[];
  readonly collections: readonly HashedCollectionSet[];
}

/** `rwset.TxReadWriteSet`, decoded. */
export interface ReadWriteSet {
  readonly namespaces: readonly NamespaceSet[];
}

/** Private writes of one collection: the plain keys and values behind the hashes. */
export interface PrivateCollectionSet {
  readonly namespace: string;
  readonly collection: string;
  readonly writes: readonly KeyWrite[];
  /** Keys of which only metadata is written (the metadata itself stands with the hashes). */
  readonly metadataKeys: readonly string[];
  /** Serialized `kvrwset.KVRWSet`; its SHA-256 is the collection's `privateSetHash`. */
  readonly bytes: Uint8Array;
}

/** True where the transaction wrote to a collection whose values some organisation should hold. */
export function writesPrivateData(set: ReadWriteSet): boolean {
  return set.namespaces.some(({ collections }) => collections.some(({ privateSetHash }) => privateSetHash.length > 0));
}
