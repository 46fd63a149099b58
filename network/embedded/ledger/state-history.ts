import { StateCache } from './state-cache.js';
import { StateView } from './state-view.js';
import type { StoreSnapshot } from './store.js';
import { storeKeys } from './store-keys.js';
import { committedValue } from './update-batch.js';
import type { UpdateBatch } from './update-batch.js';

const CACHE_BYTES = 64 * 1024 * 1024;

/**
 * The shared state at every height at which some organisation still stands. LevelDB keeps the versions; a height is given
 * up when the last organisation has passed it.
 */
export class StateHistory {
  readonly #cache = new StateCache(CACHE_BYTES);
  readonly #views = new Map<number, StateView>();
  #newest: StateView;

  constructor(height: number, snapshot: StoreSnapshot) {
    this.#newest = this.#view(height, snapshot);
  }

  get newest(): StateView {
    return this.#newest;
  }

  /** The state at a height that no organisation has passed; of a height from before the start, the newest. */
  at(height: number): StateView {
    return this.#views.get(height) ?? this.#newest;
  }

  /** The state after one more block. */
  append(height: number, snapshot: StoreSnapshot, updates: UpdateBatch): void {
    for (const { space, entries } of updates.spaces()) {
      for (const [key, update] of entries) this.#cache.set(storeKeys.state(space, key), committedValue(update), height);
    }
    this.#newest = this.#view(height, snapshot);
  }

  /** Gives up heights below the lowest at which an organisation stands. */
  forgetBelow(height: number): void {
    for (const [known, view] of this.#views) {
      if (known >= height) continue;
      this.#views.delete(known);
      view.snapshot.release();
    }
  }

  #view(height: number, snapshot: StoreSnapshot): StateView {
    const view = new StateView(height, snapshot, this.#cache, () => this.#newest.height);
    this.#views.set(height, view);

    return view;
  }
}
