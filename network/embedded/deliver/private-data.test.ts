import { ledger } from '@hyperledger/fabric-protos';
import type { Collections } from '../definitions/collections.js';
import { visiblePrivateWrites } from './private-data.js';

const { TxPvtReadWriteSet, NsPvtReadWriteSet, CollectionPvtReadWriteSet } = ledger.rwset;

/** Private writes to these collections of chaincode `cc`. */
function writesTo(...names: readonly string[]): Uint8Array {
  const namespace = new NsPvtReadWriteSet();
  namespace.setNamespace('cc');
  namespace.setCollectionPvtRwsetList(names.map((name) => {
    const set = new CollectionPvtReadWriteSet();
    set.setCollectionName(name);
    return set;
  }));
  const all = new TxPvtReadWriteSet();
  all.setNsPvtRwsetList([namespace]);
  return all.serializeBinary();
}

const collections = {
  find: (_namespace: string, name: string) => (name === 'unknown' ? undefined : { memberOnlyRead: name === 'closed', isMember: (mspId: string) => mspId === 'A' }),
} as unknown as Collections;

const visible = (client: string, ...names: readonly string[]): readonly string[] | undefined =>
  visiblePrivateWrites(writesTo(...names), client, collections)?.getNsPvtRwsetList()[0]?.getCollectionPvtRwsetList().map((set) => set.getCollectionName());

test('members see all collections that exist, others those that are not for members alone', () => {
  expect(visible('A', 'open', 'closed', 'unknown')).toEqual(['open', 'closed']);
  expect(visible('B', 'open', 'closed', 'unknown')).toEqual(['open']);
});

test('where nothing is left there is no set at all', () => {
  expect(visible('B', 'closed')).toBeUndefined();
  expect(visible('A', 'unknown')).toBeUndefined();
});
