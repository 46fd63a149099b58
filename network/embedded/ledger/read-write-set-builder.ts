import type { CollectionName, Version } from './api.js';
import { inKeyOrder } from './key-order.js';
import type { HashedCollectionSet, HashedRead, HashedWrite, KeyRead, KeyWrite, MetadataEntry, NamespaceSet, RangeQuery } from './read-write-set.js';
import { encodePrivateSet, encodePrivateSets, encodeReadWriteSet } from './read-write-set-encoding.js';
import type { EncodedPrivateSet } from './read-write-set-encoding.js';
import { keyHashOf, sha256 } from './sha256.js';

const empty = new Uint8Array(0);

interface MetadataChange {
  readonly key: string;
  readonly entries: readonly MetadataEntry[];
}

/** Private keys stay plain here: lists are sorted by the key, not by its hash. */
interface CollectionBuilder {
  readonly reads: Map<string, HashedRead>;
  readonly writes: Map<string, KeyWrite & { readonly isPurge: boolean }>;
  readonly metadata: Map<string, MetadataChange>;
}

interface NamespaceBuilder {
  readonly reads: Map<string, KeyRead>;
  readonly writes: Map<string, KeyWrite>;
  readonly metadata: Map<string, MetadataChange>;
  readonly rangeQueries: Map<string, RangeQuery>;
  readonly collections: Map<string, CollectionBuilder>;
}

/** Collects a simulation's reads and writes; the last read or write of a key stands, and every list comes out sorted. */
export class ReadWriteSetBuilder {
  readonly #namespaces = new Map<string, NamespaceBuilder>();

  read(namespace: string, key: string, version: Version | undefined): void {
    this.#namespace(namespace).reads.set(key, { key, version });
  }

  write(namespace: string, key: string, value: Uint8Array): void {
    this.#namespace(namespace).writes.set(key, { key, value, isDelete: value.length === 0 });
  }

  writeMetadata(namespace: string, key: string, entries: readonly MetadataEntry[]): void {
    this.#namespace(namespace).metadata.set(key, { key, entries });
  }

  /** Two queries over the same range count once; ranges stay in the order of their queries. */
  rangeQuery(namespace: string, query: RangeQuery): void {
    const { rangeQueries } = this.#namespace(namespace);
    const name = JSON.stringify([query.startKey, query.endKey, query.exhausted]);
    if (!rangeQueries.has(name)) rangeQueries.set(name, query);
  }

  hashedRead(namespace: string, collection: string, key: string, version: Version | undefined): void {
    this.#collection(namespace, collection).reads.set(key, { keyHash: keyHashOf(key), version });
  }

  privateWrite(namespace: string, collection: string, key: string, value: Uint8Array, isPurge = false): void {
    this.#collection(namespace, collection).writes.set(key, { key, value, isDelete: value.length === 0, isPurge });
  }

  privateMetadata(namespace: string, collection: string, key: string, entries: readonly MetadataEntry[]): void {
    this.#collection(namespace, collection).metadata.set(key, { key, entries });
  }

  /** Every namespace that was read or written. */
  namespaces(): string[] {
    return [...this.#namespaces.keys()];
  }

  /** Every key of the namespace with a write of its value or metadata; `collection` is empty for public keys. */
  *writtenKeys(namespace: string): Generator<CollectionName & { readonly key: string }> {
    const builder = this.#namespace(namespace);
    for (const key of new Set([...builder.writes.keys(), ...builder.metadata.keys()])) yield { namespace, collection: '', key };
    for (const [collection, { writes, metadata }] of builder.collections) {
      for (const key of new Set([...writes.keys(), ...metadata.keys()])) yield { namespace, collection, key };
    }
  }

  /** The serialized sets; the public one carries the hashes of the private ones. */
  build(): { readonly publicSet: Uint8Array; readonly privateSet: Uint8Array | undefined } {
    const names = [...this.#namespaces.keys()];
    const privateSets: EncodedPrivateSet[] = [];
    const builders = inKeyOrder(new Map(names.map((name) => [name, { name, builder: this.#namespace(name) }])));
    const namespaces = builders.map(({ name, builder }) => buildNamespace(name, builder, privateSets));

    return {
      publicSet: encodeReadWriteSet({ namespaces }),
      privateSet: privateSets.length === 0 ? undefined : encodePrivateSets(privateSets),
    };
  }

  #namespace(name: string): NamespaceBuilder {
    let builder = this.#namespaces.get(name);
    if (builder === undefined) {
      builder = { reads: new Map(), writes: new Map(), metadata: new Map(), rangeQueries: new Map(), collections: new Map() };
      this.#namespaces.set(name, builder);
    }
    return builder;
  }

  #collection(namespace: string, name: string): CollectionBuilder {
    const { collections } = this.#namespace(namespace);
    let builder = collections.get(name);
    if (builder === undefined) collections.set(name, (builder = { reads: new Map(), writes: new Map(), metadata: new Map() }));
    return builder;
  }
}

function buildNamespace(namespace: string, builder: NamespaceBuilder, privateSets: EncodedPrivateSet[]): NamespaceSet {
  const collections = inKeyOrder(new Map([...builder.collections].map(([name, collection]) => [name, { name, collection }])));

  return {
    namespace,
    reads: inKeyOrder(builder.reads),
    rangeQueries: [...builder.rangeQueries.values()],
    writes: inKeyOrder(builder.writes),
    metadataWrites: inKeyOrder(builder.metadata),
    collections: collections.map(({ name, collection }) => buildCollection(namespace, name, collection, privateSets)),
  };
}

function buildCollection(
  namespace: string,
  collection: string,
  builder: CollectionBuilder,
  privateSets: EncodedPrivateSet[],
): HashedCollectionSet {
  const writes = inKeyOrder(builder.writes);
  const metadata = inKeyOrder(builder.metadata);
  let privateSetHash = empty as Uint8Array;
  if (writes.length + metadata.length > 0) {
    // The metadata itself stands with the hashes; the private side only learns which keys it concerns.
    const bytes = encodePrivateSet(writes, metadata.map(({ key }) => key));
    privateSets.push({ namespace, collection, bytes });
    privateSetHash = sha256(bytes);
  }

  return {
    collection,
    reads: inKeyOrder(builder.reads),
    writes: writes.map(hashedWrite),
    metadataWrites: metadata.map(({ key, entries }) => ({ keyHash: keyHashOf(key), entries })),
    privateSetHash,
  };
}

function hashedWrite({ key, value, isDelete, isPurge }: KeyWrite & { readonly isPurge: boolean }): HashedWrite {
  return { keyHash: keyHashOf(key), valueHash: isDelete ? empty : sha256(value), isDelete, isPurge };
}
