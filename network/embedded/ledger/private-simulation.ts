import { SimulationError } from './api.js';
import type { KeyValue } from './api.js';
import type { CollectionAccess } from './collection-access.js';
import type { ResultSource } from './query-iterator.js';
import type { ReadWriteSetBuilder } from './read-write-set-builder.js';
import { keyHashOf } from './sha256.js';
import type { SimulationRules } from './simulation-rules.js';
import { hashedSpace, privateSpace } from './spaces.js';
import type { OrganisationView } from './state-view.js';
import { formatVersion, sameVersion } from './version.js';
import type { VersionedValue } from './versioned-value.js';

const deletion = new Uint8Array(0);

/** The calls of a simulation that concern collections. */
export class PrivateSimulation {
  readonly #view: OrganisationView;
  readonly #builder: ReadWriteSetBuilder;
  readonly #rules: SimulationRules;
  readonly #access: CollectionAccess;
  readonly #valuesRead = new Map<string, { readonly namespace: string; readonly collection: string }>();

  constructor(view: OrganisationView, builder: ReadWriteSetBuilder, rules: SimulationRules, access: CollectionAccess) {
    this.#view = view;
    this.#builder = builder;
    this.#rules = rules;
    this.#access = access;
  }

  /** Collections of which a value was asked by key. */
  get valuesRead(): readonly { readonly namespace: string; readonly collection: string }[] {
    return [...this.#valuesRead.values()];
  }

  /** Refuses where the channel has another version of the value than this organisation (or it has none at all). */
  value(namespace: string, collection: string, key: string): Uint8Array | undefined {
    this.#access.checkRead(namespace, collection);
    this.#rules.beforeRead();
    const held = this.#view.getPrivate(privateSpace(namespace, collection), key);
    const recorded = this.#hashed(namespace, collection, key)?.version;
    if (!sameVersion(recorded, held?.version)) {
      const versions = `Public hash version = ${formatVersion(recorded)}, Private data version = ${formatVersion(held?.version)}`;
      throw new SimulationError(`private data matching public hash version is not available. ${versions}`);
    }
    this.#recordValueRead(namespace, collection, key, held);

    return held?.value;
  }

  /** As the peer's GET_STATE_MULTIPLE: a value that this organisation lacks is simply absent, and conflicts at commit. */
  values(namespace: string, collection: string, keys: readonly string[]): (Uint8Array | undefined)[] {
    this.#access.checkRead(namespace, collection);
    this.#rules.beforeRead();
    const space = privateSpace(namespace, collection);

    return keys.map((key) => {
      const held = this.#view.getPrivate(space, key);
      this.#recordValueRead(namespace, collection, key, held);
      return held?.value;
    });
  }

  valueHash(namespace: string, collection: string, key: string): Uint8Array | undefined {
    this.#access.checkExists(namespace, collection);
    this.#rules.beforeRead();

    return this.#readHashed(namespace, collection, key)?.value;
  }

  /** Serialized metadata, read with the hash. */
  metadata(namespace: string, collection: string, key: string): Uint8Array | undefined {
    this.#access.checkRead(namespace, collection);
    this.#rules.beforeRead();

    return this.#readHashed(namespace, collection, key)?.metadata;
  }

  /** Committed metadata of a key that is written, outside the read set. */
  committedMetadata(namespace: string, collection: string, key: string): Uint8Array | undefined {
    return this.#hashed(namespace, collection, key)?.metadata;
  }

  write(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.#beforeWrite(namespace, collection);
    this.#builder.privateWrite(namespace, collection, key, value);
  }

  purge(namespace: string, collection: string, key: string): void {
    this.#beforeWrite(namespace, collection);
    this.#builder.privateWrite(namespace, collection, key, deletion, true);
  }

  writeMetadata(namespace: string, collection: string, key: string, name: string, value: Uint8Array): void {
    this.#beforeWrite(namespace, collection);
    this.#builder.privateMetadata(namespace, collection, key, [{ name, value }]);
  }

  /** Values that this organisation holds; no phantom check exists for them, hence no writes beside it. */
  range(namespace: string, collection: string, startKey: string, endKey: string): ResultSource<KeyValue> {
    this.#access.checkRead(namespace, collection);
    this.#rules.beforePrivateQuery();
    const reader = this.#view.privateRange(privateSpace(namespace, collection), startKey, endKey);

    return {
      async next() {
        const found = await reader.next();
        return found === undefined ? undefined : { key: found.key, value: found.value };
      },
      close: () => {
        reader.close();
      },
    };
  }

  #beforeWrite(namespace: string, collection: string): void {
    this.#access.checkWrite(namespace, collection);
    this.#rules.beforeWrite();
  }

  #hashed(namespace: string, collection: string, key: string): VersionedValue | undefined {
    return this.#view.state.get(hashedSpace(namespace, collection), keyHashOf(key));
  }

  #readHashed(namespace: string, collection: string, key: string): VersionedValue | undefined {
    const hashed = this.#hashed(namespace, collection, key);
    this.#builder.hashedRead(namespace, collection, key, hashed?.version);

    return hashed;
  }

  #recordValueRead(namespace: string, collection: string, key: string, held: VersionedValue | undefined): void {
    this.#builder.hashedRead(namespace, collection, key, held?.version);
    this.#valuesRead.set(`${namespace}\0${collection}`, { namespace, collection });
  }
}
