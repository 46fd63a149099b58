import { put, remove } from './store.js';
import type { Store, StoreOperation } from './store.js';

/** Writes that are not stored yet, readable as though they were; one operation per key remains. */
export class Draft {
  readonly #store: Store;
  readonly #changes = new Map<string, Buffer | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  get(key: string): Buffer | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#store.get(key);
  }

  put(key: string, value: Buffer): void {
    this.#changes.set(key, value);
  }

  remove(key: string): void {
    this.#changes.set(key, undefined);
  }

  add(operations: readonly StoreOperation[]): void {
    for (const operation of operations) {
      if (operation.type === 'put') this.put(operation.key, operation.value);
      else this.remove(operation.key);
    }
  }

  operations(): StoreOperation[] {
    return [...this.#changes].map(([key, value]) => (value === undefined ? remove(key) : put(key, value)));
  }
}
