import type { CollectionLookup, MissingPrivateData } from './api.js';
import { Draft } from './draft.js';
import { compareKeys } from './key-order.js';
import { indexPrivateSet } from './private-data-arrival.js';
import { isPurged } from './purges.js';
import { decodePrivateSets } from './read-write-set-decoding.js';
import { encodePrivateSet, encodePrivateSets } from './read-write-set-encoding.js';
import type { KeyWrite, PrivateCollectionSet } from './read-write-set.js';
import { keyHashOf, sameBytes, sha256 } from './sha256.js';
import { hashedSpace, privateSpace } from './spaces.js';
import type { OrganisationView } from './state-view.js';
import type { Store } from './store.js';
import { keyParts, parsePosition, positionPart, storeKeys } from './store-keys.js';
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
  readonly #collections: CollectionLookup;
  readonly #view: OrganisationView;
  readonly #others: readonly string[];
  readonly #draft: Draft;

  constructor(
    store: Store,
    collections: CollectionLookup,
    view: OrganisationView,
    organisations: readonly string[],
  ) {
    this.#store = store;
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
    const set = this.#offered(gap);
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
    for (const write of set.writes) this.#apply(gap, write);

    return true;
  }

  /** Another member's copy, whose hash was checked when it arrived there, less what has been purged meanwhile. */
  #offered({ namespace, collection, ...version }: MissingPrivateData): PrivateCollectionSet | undefined {
    const members = this.#others.filter((mspId) => this.#collections(namespace, collection)?.isMember(mspId));
    const offered = members
      .flatMap((mspId) => this.#sets(mspId, positionPart(version.blockNumber, version.txNumber)))
      .find((set) => set.namespace === namespace && set.collection === collection);
    if (offered === undefined) return undefined;
    const writes = offered.writes.filter(({ key }) => !isPurged(this.#store, namespace, collection, keyHashOf(key), version));

    return writes.length === offered.writes.length ? offered : { ...offered, writes, bytes: encodePrivateSet(writes, offered.metadataKeys) };
  }

  #sets(mspId: string, position: string): PrivateCollectionSet[] {
    const stored = this.#store.get(storeKeys.privateSet(mspId, position));
    return stored === undefined ? [] : decodePrivateSets(stored);
  }

  /** The value counts where it is what the channel has now, be it under a newer version; an invalid transaction's seldom is. */
  #apply({ namespace, collection }: MissingPrivateData, { key, value }: KeyWrite): void {
    const storeKey = storeKeys.privateState(this.#view.mspId, privateSpace(namespace, collection), key);
    const recorded = this.#view.state.get(hashedSpace(namespace, collection), keyHashOf(key));
    if (recorded === undefined) {
      this.#draft.remove(storeKey);
    } else if (sameBytes(recorded.value, sha256(value))) {
      this.#draft.put(storeKey, encodeVersionedValue({ value, metadata: undefined, version: recorded.version }));
    }
  }
}
