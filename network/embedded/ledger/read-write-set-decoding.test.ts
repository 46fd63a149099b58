import { ledger } from '@hyperledger/fabric-protos';
import { decodeReadWriteSet } from './read-write-set-decoding.js';
import { sha256 } from './sha256.js';

const { rwset } = ledger;
const { kvrwset } = rwset;

describe('a write is a deletion', () => {
  it.each([
    ['that says so, whatever its value', true, 'x', true],
    ['of nothing', false, '', true],
    ['of a value', false, 'x', false],
  ])('%s', (_what, marked, value, expected) => {
    const write = new kvrwset.KVWrite();
    write.setIsDelete(marked);
    write.setValue(Buffer.from(value));
    const set = new kvrwset.KVRWSet();
    set.setWritesList([write]);
    expect(decoded(set.serializeBinary()).writes[0]?.isDelete).toBe(expected);
  });

  it.each([
    ['whose hash says so, whatever its value', true, sha256(Buffer.from('x')), true],
    ['without a hash of a value', false, Buffer.alloc(0), true],
    ['with the hash of nothing', false, sha256(Buffer.alloc(0)), true],
    ['with the hash of a value', false, sha256(Buffer.from('x')), false],
  ])('%s', (_what, marked, valueHash, expected) => {
    const write = new kvrwset.KVWriteHash();
    write.setIsDelete(marked);
    write.setValueHash(valueHash);
    const hashed = new kvrwset.HashedRWSet();
    hashed.setHashedWritesList([write]);
    const collection = new rwset.CollectionHashedReadWriteSet();
    collection.setHashedRwset(hashed.serializeBinary());
    expect(decoded(new Uint8Array(0), [collection]).collections[0]?.writes[0]?.isDelete).toBe(expected);
  });
});

function decoded(publicSet: Uint8Array, collections: ledger.rwset.CollectionHashedReadWriteSet[] = []): ReturnType<typeof decodeReadWriteSet>['namespaces'][number] {
  const namespace = new rwset.NsReadWriteSet();
  namespace.setNamespace('cc');
  namespace.setRwset(publicSet);
  namespace.setCollectionHashedRwsetList(collections);
  const all = new rwset.TxReadWriteSet();
  all.setNsRwsetList([namespace]);
  const [only] = decodeReadWriteSet(all.serializeBinary()).namespaces;
  if (only === undefined) throw new Error('no namespace');
  return only;
}
