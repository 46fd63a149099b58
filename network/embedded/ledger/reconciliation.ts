import type { CollectionLookup, MissingPrivateData } from './api.js';
import type { BlockStore } from './block-store.js';
import type { OrganisationView } from './state-view.js';
import type { Store } from './store.js';
import { keyParts, parsePosition, storeKeys } from './store-keys.js';

/** Private data that the organisation should hold by its height, and does not. */
export async function missingPrivateData(store: Store, mspId: string, height: number): Promise<MissingPrivateData[]> {
  const stored = await store.iterate(storeKeys.missingRange(mspId)).all();
  const missing = stored.map(([key]) => {
    const [, , position = '', namespace = '', collection = ''] = keyParts(key);
    return { namespace, collection, ...parsePosition(position) };
  });

  return missing.filter(({ blockNumber }) => blockNumber < height);
}

export async function reconcile(
  store: Store,
  _blocks: BlockStore,
  view: OrganisationView,
  _organisations: readonly string[],
  _collections: CollectionLookup,
): Promise<number> {
  return (await missingPrivateData(store, view.mspId, view.height)).length;
}
