import type { KeyPolicy } from '../ledger/api.js';

/**
 * Which keys a simulation wrote, by namespace and collection: what decides whose endorsement the transaction needs.
 * The read-write set alone does not tell, as it holds private keys only as hashes.
 */
export class Footprint {
  readonly #writes = new Map<string, Map<string, Set<string>>>();

  /** Notes a write of a value or of metadata; the empty collection is the public state. */
  wrote(namespace: string, collection: string, key: string): void {
    const collections = entry(this.#writes, namespace, () => new Map<string, Set<string>>());
    entry(collections, collection, () => new Set<string>()).add(key);
  }

  get namespaces(): Iterable<string> {
    return this.#writes.keys();
  }

  collections(namespace: string): Iterable<string> {
    return this.#writes.get(namespace)?.keys() ?? [];
  }

  /** True where a key was written that has no policy of its own, so that the namespace's or collection's counts. */
  wroteUnpolicedKey(namespace: string, collection: string, policies: readonly KeyPolicy[]): boolean {
    const keys = this.#writes.get(namespace)?.get(collection) ?? new Set<string>();
    const policed = new Set<string>();
    for (const policy of policies) {
      if (policy.namespace === namespace && policy.collection === collection) policed.add(policy.key);
    }
    return [...keys].some((key) => !policed.has(key));
  }
}

function entry<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = create();
    map.set(key, value);
  }
  return value;
}
