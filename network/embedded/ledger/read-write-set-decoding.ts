import { ledger } from '@hyperledger/fabric-protos';
import type { Version } from './api.js';
import type {
  HashedCollectionSet,
  HashedMetadataWrite,
  HashedRead,
  HashedWrite,
  KeyRead,
  KeyWrite,
  MerkleSummary,
  MetadataEntry,
  MetadataWrite,
  NamespaceSet,
  PrivateCollectionSet,
  RangeQuery,
  ReadWriteSet,
} from './read-write-set.js';
import { sameBytes, sha256 } from './sha256.js';

type Kv = typeof ledger.rwset.kvrwset;
type Instance<K extends keyof Kv> = Kv[K] extends abstract new (...args: never) => infer T ? T : never;

const { rwset } = ledger;
const { kvrwset } = rwset;
const hashOfNothing = sha256(new Uint8Array(0));

/** Decodes `rwset.TxReadWriteSet`; throws on bytes that are none. */
export function decodeReadWriteSet(bytes: Uint8Array): ReadWriteSet {
  return { namespaces: rwset.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList().map(namespaceSet) };
}

/** Decodes `rwset.TxPvtReadWriteSet`, one entry per collection. */
export function decodePrivateSets(bytes: Uint8Array): PrivateCollectionSet[] {
  const namespaces = rwset.TxPvtReadWriteSet.deserializeBinary(bytes).getNsPvtRwsetList();

  return namespaces.flatMap((ns) =>
    ns.getCollectionPvtRwsetList().map((set) => decodePrivateSet(ns.getNamespace(), set.getCollectionName(), set.getRwset_asU8())),
  );
}

function decodePrivateSet(namespace: string, collection: string, bytes: Uint8Array): PrivateCollectionSet {
  const set = kvrwset.KVRWSet.deserializeBinary(bytes);
  const writes = set.getWritesList().map(keyWrite);
  const metadataKeys = set.getMetadataWritesList().map((write) => write.getKey());

  return { namespace, collection, writes, metadataKeys, bytes };
}

function namespaceSet(ns: ledger.rwset.NsReadWriteSet): NamespaceSet {
  const set = kvrwset.KVRWSet.deserializeBinary(ns.getRwset_asU8());

  return {
    namespace: ns.getNamespace(),
    reads: set.getReadsList().map(keyRead),
    rangeQueries: set.getRangeQueriesInfoList().map(rangeQuery),
    writes: set.getWritesList().map(keyWrite),
    metadataWrites: set.getMetadataWritesList().map(metadataWrite),
    collections: ns.getCollectionHashedRwsetList().map(hashedCollection),
  };
}

function hashedCollection(collection: ledger.rwset.CollectionHashedReadWriteSet): HashedCollectionSet {
  const set = kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());

  return {
    collection: collection.getCollectionName(),
    reads: set.getHashedReadsList().map(hashedRead),
    writes: set.getHashedWritesList().map(hashedWrite),
    metadataWrites: set.getMetadataWritesList().map(hashedMetadataWrite),
    privateSetHash: collection.getPvtRwsetHash_asU8(),
  };
}

function keyRead(read: Instance<'KVRead'>): KeyRead {
  return { key: read.getKey(), version: version(read.getVersion()) };
}

function keyWrite(write: Instance<'KVWrite'>): KeyWrite {
  const value = write.getValue_asU8();
  return { key: write.getKey(), value, isDelete: write.getIsDelete() || value.length === 0 };
}

function metadataWrite(write: Instance<'KVMetadataWrite'>): MetadataWrite {
  return { key: write.getKey(), entries: write.getEntriesList().map(metadataEntry) };
}

function metadataEntry(entry: Instance<'KVMetadataEntry'>): MetadataEntry {
  return { name: entry.getName(), value: entry.getValue_asU8() };
}

function hashedRead(read: Instance<'KVReadHash'>): HashedRead {
  return { keyHash: hex(read.getKeyHash_asU8()), version: version(read.getVersion()) };
}

function hashedWrite(write: Instance<'KVWriteHash'>): HashedWrite {
  const valueHash = write.getValueHash_asU8();
  const isDelete = write.getIsDelete() || valueHash.length === 0 || sameBytes(valueHash, hashOfNothing);

  return { keyHash: hex(write.getKeyHash_asU8()), valueHash, isDelete, isPurge: write.getIsPurge() };
}

function hashedMetadataWrite(write: Instance<'KVMetadataWriteHash'>): HashedMetadataWrite {
  return { keyHash: hex(write.getKeyHash_asU8()), entries: write.getEntriesList().map(metadataEntry) };
}

function rangeQuery(info: Instance<'RangeQueryInfo'>): RangeQuery {
  const summary = info.getReadsMerkleHashes();

  return {
    startKey: info.getStartKey(),
    endKey: info.getEndKey(),
    exhausted: info.getItrExhausted(),
    reads: info.getRawReads()?.getKvReadsList().map(keyRead) ?? [],
    summary: summary === undefined ? undefined : merkleSummary(summary),
  };
}

function merkleSummary(summary: Instance<'QueryReadsMerkleSummary'>): MerkleSummary {
  return { maxDegree: summary.getMaxDegree(), maxLevel: summary.getMaxLevel(), hashes: summary.getMaxLevelHashesList_asU8() };
}

function version(proto: Instance<'Version'> | undefined): Version | undefined {
  return proto === undefined ? undefined : { blockNumber: proto.getBlockNum(), txNumber: proto.getTxNum() };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
