import { ledger } from '@hyperledger/fabric-protos';
import type { Collections } from '../definitions/collections.js';
import type { Ledger } from '../ledger/api.js';
import { Dissemination } from './dissemination.js';

const { TxPvtReadWriteSet, NsPvtReadWriteSet, CollectionPvtReadWriteSet } = ledger.rwset;

/** Private writes of A's peer to one collection; answers at whom they are kept. */
async function keepersOf(collection: string, reachable: readonly string[]): Promise<readonly string[]> {
  const set = new CollectionPvtReadWriteSet();
  set.setCollectionName(collection);
  const namespace = new NsPvtReadWriteSet();
  namespace.setNamespace('cc');
  namespace.setCollectionPvtRwsetList([set]);
  const all = new TxPvtReadWriteSet();
  all.setNsPvtRwsetList([namespace]);
  const keepers: string[] = [];
  const kept = { storeTransient: (mspId: string) => { keepers.push(mspId); return Promise.resolve(); } } as unknown as Ledger;
  const shared = { isMember: (mspId: string) => mspId !== 'D', requiredPeers: 1, maximumPeers: 1 };
  const collections = { find: (_namespace: string, name: string) => (name === 'shared' ? shared : undefined) } as unknown as Collections;
  await new Dissemination({ ledger: kept, collections, reachable: () => reachable }).distribute('A', 'tx', all.serializeBinary());
  return keepers;
}

test('values are kept at the endorser and at as many other members as the collection asks for', async () => {
  expect(await keepersOf('shared', ['A', 'D', 'B', 'C'])).toEqual(['B', 'A']);
});

test('too few members that can be reached are an error', async () => {
  await expect(keepersOf('shared', ['A', 'D'])).rejects.toThrow('required to disseminate to at least 1 peers, but know of only 0 eligible peers');
});

test('a collection that is no longer defined goes no further', async () => {
  expect(await keepersOf('gone', ['A', 'B'])).toEqual(['A']);
});
