import type { CollectionLookup, MissingPrivateData } from './api.js';
import type { BlockStore } from './block-store.js';
import { validationCodes } from './block.js';
import { Draft } from './draft.js';
import { compareKeys } from './key-order.js';
import { indexPrivateSet } from './private-data-arrival.js';
import { isPurged } from './purges.js';
import { decodePrivateSets } from './read-write-set-decoding.js';
import { encodePrivateSet, encodePrivateSets } from './read-write-set-encoding.js';
import type { HashedCollectionSet, KeyWrite, PrivateCollectionSet } from './read-write-set.js';
import { keyHashOf, sameBytes, sha256 } from './sha256.js';
import { hashedSpace, privateSpace } from './spaces.js';
import type { OrganisationView } from './state-view.js';
import type { Store } from './store.js';
import { keyParts, parsePosition, positionPart, storeKeys } from './store-keys.js';
import { decodeTransaction } from './transaction.js';
import { sameVersion } from './version.js';
import { encodeVersionedValue } from './versioned-value.js';

/** Private data that the organisation should hold by its height, and does not. */
export async function missingPrivateData(store: Store, mspId: string, height: number): Promise<MissingPrivateData[]> {
  const stored = await store.iterate(storeKeys.missingRange(mspId)).all();
  const missing = stored.map(([key]) => {
    const [, , position = '', namespace = '', collection = ''] = keyParts(key);
    return { namespace, collection, ...parsePosition(position) };
  });

  return missing.filter(({ blockNumber }) => blockNumber < height);
}

/** Fetches what an organisation lacks from the other members of the collections. */
export class Reconciliation {
  readonly #store: Store;
  readonly #blocks: BlockStore;
  readonly #collections: CollectionLookup;
  readonly #view: OrganisationView;
  readonly #others: readonly string[];
  readonly #draft: Draft;

  constructor(
    store: Store,
    blocks: BlockStore,
    collections: CollectionLookup,
    view: OrganisationView,
    organisations: readonly string[],
  ) {
    this.#store = store;
    this.#blocks = blocks;
    this.#collections = collections;
    this.#view = view;
    this.#others = organisations.filter((mspId) => mspId !== view.mspId);
    this.#draft = new Draft(store);
  }

  /** Writes what was found; answers how much is missing still. */
  async run(): Promise<number> {
    const missing = await missingPrivateData(this.#store, this.#view.mspId, this.#view.height);
    let left = 0;
    for (const gap of missing) if (!this.#fill(gap)) left += 1;
    await this.#store.write(this.#draft.operations());

    return left;
  }

  #fill(gap: MissingPrivateData): boolean {
    const hashed = this.#hashedSet(gap);
    const set = hashed && this.#offered(gap, hashed);
    if (set === undefined) return false;
    const { mspId } = this.#view;
    const position = positionPart(gap.blockNumber, gap.txNumber);
    const key = storeKeys.privateSet(mspId, position);
    const held = this.#draft.get(key);
    const sets = [...(held === undefined ? [] : decodePrivateSets(held)), set].sort(
      (a, b) => compareKeys(a.namespace, b.namespace) || compareKeys(a.collection, b.collection),
    );
    this.#draft.put(key, Buffer.from(encodePrivateSets(sets)));
    this.#draft.remove(storeKeys.missing(mspId, position, gap.namespace, gap.collection));
    indexPrivateSet(this.#draft, mspId, set, gap.blockNumber, gap.txNumber);
    if (this.#isValid(gap)) for (const write of set.writes) this.#apply(gap, write);

    return true;
  }

  #hashedSet({ namespace, collection, blockNumber, txNumber }: MissingPrivateData): HashedCollectionSet | undefined {
    const { readWriteSet } = decodeTransaction(this.#blocks.envelope(blockNumber, txNumber) ?? new Uint8Array(0));
    const found = readWriteSet?.namespaces.find((set) => set.namespace === namespace);

    return found?.collections.find((set) => set.collection === collection);
  }

  #isValid({ blockNumber, txNumber }: MissingPrivateData): boolean {
    const block = this.#blocks.byNumber(blockNumber);
    return block !== undefined && validationCodes(block)[txNumber] === 0;
  }

  /** Another member's copy, less what has been purged meanwhile, if it has every other write that the block shows. */
  #offered(gap: MissingPrivateData, hashed: HashedCollectionSet): PrivateCollectionSet | undefined {
    const { namespace, collection } = gap;
    const members = this.#others.filter((mspId) => this.#collections(namespace, collection)?.isMember(mspId));
    const position = positionPart(gap.blockNumber, gap.txNumber);
    const wanted = hashed.writes.filter(({ keyHash }) => !isPurged(this.#store, namespace, collection, keyHash, gap));
    for (const mspId of members) {
      const stored = this.#store.get(storeKeys.privateSet(mspId, position));
      const set = stored && decodePrivateSets(stored).find((one) => one.namespace === namespace && one.collection === collection);
      const complete = set && pickWrites(set, wanted);
      if (complete !== undefined) return complete.length === set?.writes.length ? set : rebuilt(set, complete);
    }

    return undefined;
  }

  /** The value counts where the channel still has this version of it, or the same value under a newer version. */
  #apply({ namespace, collection, blockNumber, txNumber }: MissingPrivateData, { key, value, isDelete }: KeyWrite): void {
    const version = { blockNumber, txNumber };
    const storeKey = storeKeys.privateState(this.#view.mspId, privateSpace(namespace, collection), key);
    const recorded = this.#view.state.get(hashedSpace(namespace, collection), keyHashOf(key));
    if (recorded === undefined) {
      if (isDelete) this.#draft.remove(storeKey);
    } else if (!isDelete && (sameVersion(recorded.version, version) || sameBytes(recorded.value, sha256(value)))) {
      this.#draft.put(storeKey, encodeVersionedValue({ value, metadata: undefined, version: recorded.version }));
    }
  }
}

/** The set's writes that the block's hashes ask for, or undefined where one is missing or differs. */
function pickWrites(set: PrivateCollectionSet, wanted: HashedCollectionSet['writes']): KeyWrite[] | undefined {
  const byHash = new Map(set.writes.map((write) => [keyHashOf(write.key), write]));
  const picked: KeyWrite[] = [];
  for (const { keyHash, valueHash, isDelete } of wanted) {
    const write = byHash.get(keyHash);
    if (write === undefined || write.isDelete !== isDelete) return undefined;
    if (!isDelete && !sameBytes(sha256(write.value), valueHash)) return undefined;
    picked.push(write);
  }

  return picked;
}

function rebuilt(set: PrivateCollectionSet | undefined, writes: KeyWrite[]): PrivateCollectionSet | undefined {
  return set && { ...set, writes, bytes: encodePrivateSet(writes, set.metadataKeys) };
}
