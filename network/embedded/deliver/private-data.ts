import { ledger as rwsets } from '@hyperledger/fabric-protos';
import type { Collections } from '../definitions/collections.js';

const { NsPvtReadWriteSet, TxPvtReadWriteSet } = rwsets.rwset;

/**
 * The private writes of a transaction that a client may see: of member-only collections those whose members its
 * organisation is among, of others everything that the peer holds. Undefined where nothing is left.
 */
export function visiblePrivateWrites(
  bytes: Uint8Array,
  clientMspId: string,
  collections: Collections,
): rwsets.rwset.TxPvtReadWriteSet | undefined {
  const all = TxPvtReadWriteSet.deserializeBinary(bytes);
  const visible = new TxPvtReadWriteSet();
  visible.setDataModel(all.getDataModel());
  for (const namespace of all.getNsPvtRwsetList()) {
    const kept = namespace.getCollectionPvtRwsetList().filter((set) => {
      const collection = collections.find(namespace.getNamespace(), set.getCollectionName());
      return collection !== undefined && (!collection.memberOnlyRead || collection.isMember(clientMspId));
    });
    if (kept.length === 0) continue;
    const set = new NsPvtReadWriteSet();
    set.setNamespace(namespace.getNamespace());
    set.setCollectionPvtRwsetList(kept);
    visible.addNsPvtRwset(set);
  }
  return visible.getNsPvtRwsetList().length > 0 ? visible : undefined;
}
