import { ledger } from '@hyperledger/fabric-protos';
import type { Version } from './api.js';
import type { HashedCollectionSet, KeyRead, KeyWrite, MetadataEntry, NamespaceSet, RangeQuery, ReadWriteSet } from './read-write-set.js';

const { rwset } = ledger;
const { kvrwset } = rwset;

/** One collection's private writes by namespace, as `encodePrivateSets` takes them. */
export interface EncodedPrivateSet {
  readonly namespace: string;
  readonly collection: string;
  readonly bytes: Uint8Array;
}

/** Encodes `rwset.TxReadWriteSet`; the caller has sorted every list. */
export function encodeReadWriteSet(set: ReadWriteSet): Uint8Array {
  const proto = new rwset.TxReadWriteSet();
  proto.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  proto.setNsRwsetList(set.namespaces.map(namespaceProto));

  return proto.serializeBinary();
}

/** Encodes `rwset.TxPvtReadWriteSet`; consecutive collections of one namespace share its entry. */
export function encodePrivateSets(sets: readonly EncodedPrivateSet[]): Uint8Array {
  const proto = new rwset.TxPvtReadWriteSet();
  proto.setDataModel(rwset.TxReadWriteSet.DataModel.KV);
  for (const set of sets) {
    const last = proto.getNsPvtRwsetList().at(-1);
    const namespace = last?.getNamespace() === set.namespace ? last : proto.addNsPvtRwset();
    namespace.setNamespace(set.namespace);
    const collection = namespace.addCollectionPvtRwset();
    collection.setCollectionName(set.collection);
    collection.setRwset(set.bytes);
  }

  return proto.serializeBinary();
}

/** Encodes the `kvrwset.KVRWSet` of one collection's private writes. */
export function encodePrivateSet(writes: readonly KeyWrite[], metadataKeys: readonly string[]): Uint8Array {
  const proto = new kvrwset.KVRWSet();
  proto.setWritesList(writes.map(writeProto));
  for (const key of metadataKeys) proto.addMetadataWrites().setKey(key);

  return proto.serializeBinary();
}

/** Encodes `kvrwset.QueryReads`: the leaves of a range query's Merkle tree are hashes of these bytes. */
export function encodeQueryReads(reads: readonly KeyRead[]): Uint8Array {
  return queryReads(reads).serializeBinary();
}

/** Metadata entries as they are stored with a value: a `kvrwset.KVMetadataWrite` without key. */
export function encodeMetadata(entries: readonly MetadataEntry[]): Uint8Array {
  const proto = new kvrwset.KVMetadataWrite();
  proto.setEntriesList(entries.map(entryProto));

  return proto.serializeBinary();
}

/** Stored metadata by name. */
export function decodeMetadata(bytes: Uint8Array = new Uint8Array(0)): ReadonlyMap<string, Uint8Array> {
  const entries = kvrwset.KVMetadataWrite.deserializeBinary(bytes).getEntriesList();

  return new Map(entries.map((entry) => [entry.getName(), entry.getValue_asU8()]));
}

function namespaceProto(set: NamespaceSet): ledger.rwset.NsReadWriteSet {
  const kv = new kvrwset.KVRWSet();
  kv.setReadsList(set.reads.map(readProto));
  kv.setRangeQueriesInfoList(set.rangeQueries.map(rangeProto));
  kv.setWritesList(set.writes.map(writeProto));
  for (const { key, entries } of set.metadataWrites) {
    const write = kv.addMetadataWrites();
    write.setKey(key);
    write.setEntriesList(entries.map(entryProto));
  }
  const proto = new rwset.NsReadWriteSet();
  proto.setNamespace(set.namespace);
  proto.setRwset(kv.serializeBinary());
  proto.setCollectionHashedRwsetList(set.collections.map(collectionProto));

  return proto;
}

function collectionProto(set: HashedCollectionSet): ledger.rwset.CollectionHashedReadWriteSet {
  const hashed = new kvrwset.HashedRWSet();
  for (const { keyHash, version } of set.reads) {
    const read = hashed.addHashedReads();
    read.setKeyHash(Buffer.from(keyHash, 'hex'));
    if (version !== undefined) read.setVersion(versionProto(version));
  }
  for (const { keyHash, valueHash, isDelete, isPurge } of set.writes) {
    const write = hashed.addHashedWrites();
    write.setKeyHash(Buffer.from(keyHash, 'hex'));
    write.setIsDelete(isDelete);
    write.setValueHash(valueHash);
    write.setIsPurge(isPurge);
  }
  for (const { keyHash, entries } of set.metadataWrites) {
    const write = hashed.addMetadataWrites();
    write.setKeyHash(Buffer.from(keyHash, 'hex'));
    write.setEntriesList(entries.map(entryProto));
  }
  const proto = new rwset.CollectionHashedReadWriteSet();
  proto.setCollectionName(set.collection);
  proto.setHashedRwset(hashed.serializeBinary());
  proto.setPvtRwsetHash(set.privateSetHash);

  return proto;
}

function readProto({ key, version }: KeyRead): ledger.rwset.kvrwset.KVRead {
  const proto = new kvrwset.KVRead();
  proto.setKey(key);
  if (version !== undefined) proto.setVersion(versionProto(version));

  return proto;
}

function writeProto({ key, value, isDelete }: KeyWrite): ledger.rwset.kvrwset.KVWrite {
  const proto = new kvrwset.KVWrite();
  proto.setKey(key);
  proto.setIsDelete(isDelete);
  proto.setValue(value);

  return proto;
}

function entryProto({ name, value }: MetadataEntry): ledger.rwset.kvrwset.KVMetadataEntry {
  const proto = new kvrwset.KVMetadataEntry();
  proto.setName(name);
  proto.setValue(value);

  return proto;
}

function rangeProto(query: RangeQuery): ledger.rwset.kvrwset.RangeQueryInfo {
  const proto = new kvrwset.RangeQueryInfo();
  proto.setStartKey(query.startKey);
  proto.setEndKey(query.endKey);
  proto.setItrExhausted(query.exhausted);
  if (query.reads.length > 0) proto.setRawReads(queryReads(query.reads));
  if (query.summary !== undefined) {
    const summary = new kvrwset.QueryReadsMerkleSummary();
    summary.setMaxDegree(query.summary.maxDegree);
    summary.setMaxLevel(query.summary.maxLevel);
    summary.setMaxLevelHashesList([...query.summary.hashes]);
    proto.setReadsMerkleHashes(summary);
  }

  return proto;
}

function queryReads(reads: readonly KeyRead[]): ledger.rwset.kvrwset.QueryReads {
  const proto = new kvrwset.QueryReads();
  proto.setKvReadsList(reads.map(readProto));

  return proto;
}

function versionProto({ blockNumber, txNumber }: Version): ledger.rwset.kvrwset.Version {
  const proto = new kvrwset.Version();
  proto.setBlockNum(blockNumber);
  proto.setTxNum(txNumber);

  return proto;
}
