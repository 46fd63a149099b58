import { ledger as rwsets } from '@hyperledger/fabric-protos';
import type { Collections } from '../definitions/collections.js';
import type { Ledger } from '../ledger/api.js';

const { TxPvtReadWriteSet, NsPvtReadWriteSet } = rwsets.rwset;

export interface DisseminationOptions {
  readonly ledger: Ledger;
  readonly collections: Collections;
  /** Organisations whose peers can be reached now. */
  readonly reachable: () => readonly string[];
}

/** Hands the private writes of an endorsed proposal to the peers that keep them until the transaction commits. */
export class Dissemination {
  constructor(private readonly options: DisseminationOptions) {}

  /** Keeps everything at the endorser, and each collection's part at other members as its definition asks. */
  async distribute(endorser: string, txId: string, privateWrites: Uint8Array): Promise<void> {
    const { ledger } = this.options;
    for (const { mspId, part } of this.#parts(endorser, privateWrites)) {
      await ledger.storeTransient(mspId, txId, part);
    }
    await ledger.storeTransient(endorser, txId, privateWrites);
  }

  #parts(endorser: string, privateWrites: Uint8Array): { mspId: string; part: Uint8Array }[] {
    const all = TxPvtReadWriteSet.deserializeBinary(privateWrites);
    const parts = new Map<string, rwsets.rwset.TxPvtReadWriteSet>();
    for (const namespace of all.getNsPvtRwsetList()) {
      for (const collection of namespace.getCollectionPvtRwsetList()) {
        for (const mspId of this.#receivers(endorser, namespace.getNamespace(), collection.getCollectionName())) {
          addTo(parts, mspId, namespace.getNamespace(), collection);
        }
      }
    }
    return [...parts].map(([mspId, part]) => ({ mspId, part: part.serializeBinary() }));
  }

  #receivers(endorser: string, namespace: string, name: string): string[] {
    const collection = this.options.collections.find(namespace, name);
    if (!collection) return [];
    const eligible = this.options.reachable().filter((mspId) => mspId !== endorser && collection.isMember(mspId));
    if (eligible.length < collection.requiredPeers) {
      const plan = `could not build private data dissemination plan for chaincode ${namespace} and collection ${name}`;
      throw new Error(
        `${plan}: required to disseminate to at least ${collection.requiredPeers} peers, but know of only ${eligible.length} eligible peers`,
      );
    }
    return eligible.slice(0, collection.maximumPeers);
  }
}

function addTo(
  parts: Map<string, rwsets.rwset.TxPvtReadWriteSet>,
  mspId: string,
  namespace: string,
  collection: rwsets.rwset.CollectionPvtReadWriteSet,
): void {
  const part = parts.get(mspId) ?? new TxPvtReadWriteSet();
  parts.set(mspId, part);
  let set = part.getNsPvtRwsetList().find((known) => known.getNamespace() === namespace);
  if (!set) {
    set = new NsPvtReadWriteSet();
    set.setNamespace(namespace);
    part.addNsPvtRwset(set);
  }
  set.addCollectionPvtRwset(collection);
}
