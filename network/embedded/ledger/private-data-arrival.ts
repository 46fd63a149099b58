import type { CollectionInfo, CollectionLookup, Version } from './api.js';
import type { Draft } from './draft.js';
import { expiringBlock, noteThatDataExpires } from './expiry.js';
import { decodePrivateSets } from './read-write-set-decoding.js';
import { encodePrivateSets } from './read-write-set-encoding.js';
import type { HashedCollectionSet, PrivateCollectionSet, ReadWriteSet } from './read-write-set.js';
import { keyHashOf, sameBytes, sha256 } from './sha256.js';
import { NOTHING } from './store.js';
import { positionPart, storeKeys } from './store-keys.js';
import type { TransientEntry } from './transient-store.js';

/** A private write set that an endorser left, with its hash. */
interface Offer {
  readonly mspId: string;
  readonly set: PrivateCollectionSet;
  readonly hash: Uint8Array;
}

/** One organisation as far as it takes part in the distribution of private data. */
export interface Recipient {
  readonly mspId: string;
  readonly stripped: boolean;
}

/**
 * Stores for every member of a collection the values whose hash the transaction shows: from its own transient store, else
 * from another member's. Where nobody has them, a missing record remains. Done for invalid transactions too, as in Fabric.
 */
export function distributePrivateData(
  draft: Draft,
  recipients: readonly Recipient[],
  collections: CollectionLookup,
  transaction: { readonly set: ReadWriteSet; readonly blockNumber: number; readonly txNumber: number },
  entries: readonly TransientEntry[],
): void {
  const offers = entries.flatMap(({ mspId, privateReadWriteSet }) =>
    decodePrivateSets(privateReadWriteSet).map((set) => ({ mspId, set, hash: sha256(set.bytes) })),
  );
  const { blockNumber, txNumber } = transaction;
  for (const recipient of recipients) {
    const held: PrivateCollectionSet[] = [];
    for (const { namespace, hashed } of privateWrites(transaction.set)) {
      const info = collections(namespace, hashed.collection);
      if (info === undefined || !info.isMember(recipient.mspId)) continue;
      const set = recipient.stripped ? undefined : bestOffer(offers, recipient.mspId, info, namespace, hashed);
      if (set === undefined) {
        draft.put(storeKeys.missing(recipient.mspId, positionPart(blockNumber, txNumber), namespace, info.name), NOTHING);
      } else {
        held.push(set);
        indexPrivateSet(draft, recipient.mspId, set, blockNumber, txNumber);
      }
      scheduleExpiry(draft, recipient.mspId, info, namespace, blockNumber, txNumber);
    }
    if (held.length > 0) {
      draft.put(storeKeys.privateSet(recipient.mspId, positionPart(blockNumber, txNumber)), Buffer.from(encodePrivateSets(held)));
    }
  }
}

/** Finds a stored private write again by the hash of its key, for purges. */
export function indexPrivateSet(draft: Draft, mspId: string, set: PrivateCollectionSet, blockNumber: number, txNumber: number): void {
  const position = positionPart(blockNumber, txNumber);
  for (const { key } of set.writes) {
    draft.put(storeKeys.privateKey(mspId, set.namespace, set.collection, keyHashOf(key), position), Buffer.from(key));
  }
}

/** Stores private write sets that were stored elsewhere already, with index and expiry. */
export function arriveAt(draft: Draft, mspId: string, collections: CollectionLookup, stored: Uint8Array, at: Version): void {
  draft.put(storeKeys.privateSet(mspId, positionPart(at.blockNumber, at.txNumber)), Buffer.from(stored));
  for (const set of decodePrivateSets(stored)) {
    indexPrivateSet(draft, mspId, set, at.blockNumber, at.txNumber);
    const info = collections(set.namespace, set.collection);
    if (info !== undefined) scheduleExpiry(draft, mspId, info, set.namespace, at.blockNumber, at.txNumber);
  }
}

/** Collections to which the transaction wrote. */
export function privateWrites(set: ReadWriteSet): { readonly namespace: string; readonly hashed: HashedCollectionSet }[] {
  return set.namespaces.flatMap(({ namespace, collections }) =>
    collections.filter(({ privateSetHash }) => privateSetHash.length > 0).map((hashed) => ({ namespace, hashed })),
  );
}

function bestOffer(
  offers: readonly Offer[],
  mspId: string,
  info: CollectionInfo,
  namespace: string,
  hashed: HashedCollectionSet,
): PrivateCollectionSet | undefined {
  const matching = offers.filter(
    ({ set, hash }) =>
      set.namespace === namespace && set.collection === hashed.collection && sameBytes(hash, hashed.privateSetHash),
  );
  const own = matching.find((offer) => offer.mspId === mspId);

  return (own ?? matching.find((offer) => info.isMember(offer.mspId)))?.set;
}

function scheduleExpiry(
  draft: Draft,
  mspId: string,
  info: CollectionInfo,
  namespace: string,
  blockNumber: number,
  txNumber: number,
): void {
  const expiry = expiringBlock(info, blockNumber);
  if (expiry === undefined) return;
  noteThatDataExpires(draft);
  draft.put(storeKeys.privateExpiry(mspId, expiry, positionPart(blockNumber, txNumber), namespace, info.name), NOTHING);
}
