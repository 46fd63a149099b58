import type { KeyModification, KeyPolicy, KeyValue, Page, ResultIterator, SimulationResult, Simulator } from './api.js';
import { SimulationError, TOTAL_QUERY_LIMIT } from './api.js';
import type { CollectionAccess } from './collection-access.js';
import { PrivateSimulation } from './private-simulation.js';
import { QueryIterator, RecordedRange } from './query-iterator.js';
import type { ResultSource } from './query-iterator.js';
import { ReadWriteSetBuilder } from './read-write-set-builder.js';
import { decodeMetadata } from './read-write-set-encoding.js';
import { SimulationRules } from './simulation-rules.js';
import type { OrganisationView } from './state-view.js';

/** Name of the metadata entry that holds a key's endorsement policy. */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

const deletion = new Uint8Array(0);

/** Answers a key's history at the view's height, newest first. */
export type HistorySource = (view: OrganisationView, namespace: string, key: string) => ResultSource<KeyModification>;

/** One transaction's view of one organisation's ledger; see `Simulator`. */
export class LedgerSimulator implements Simulator {
  readonly #view: OrganisationView;
  readonly #history: HistorySource;
  readonly #builder = new ReadWriteSetBuilder();
  readonly #rules: SimulationRules;
  readonly #private: PrivateSimulation;
  readonly #ranges: RecordedRange[] = [];
  readonly #open: ResultSource<unknown>[] = [];
  #released = false;

  /** Takes over the view: `finish` and `discard` release it. */
  constructor(view: OrganisationView, txId: string, access: CollectionAccess, history: HistorySource) {
    this.#view = view;
    this.#history = history;
    this.#rules = new SimulationRules(txId);
    this.#private = new PrivateSimulation(view, this.#builder, this.#rules, access);
  }

  get mspId(): string {
    return this.#view.mspId;
  }

  get height(): number {
    return this.#view.height;
  }

  async getState(namespace: string, key: string): Promise<Uint8Array | undefined> {
    return (await this.getStates(namespace, [key]))[0];
  }

  // Reads are answered from memory or by LevelDB at once; they are promises because the seam leaves that open.
  getStates(namespace: string, keys: readonly string[]): Promise<(Uint8Array | undefined)[]> {
    return settle(() => {
      this.#rules.beforeRead();
      return keys.map((key) => this.#read(namespace, key)?.value);
    });
  }

  setState(namespace: string, key: string, value: Uint8Array): void {
    this.#rules.beforeWrite();
    this.#builder.write(namespace, key, value);
  }

  deleteState(namespace: string, key: string): void {
    this.setState(namespace, key, deletion);
  }

  getStateRange(namespace: string, startKey: string, endKey: string): Promise<ResultIterator<KeyValue>> {
    return settle(() => {
      this.#rules.beforeRead();
      return new QueryIterator(this.#openRange(namespace, startKey, endKey));
    });
  }

  async getStatePage(namespace: string, startKey: string, endKey: string, pageSize: number, bookmark: string): Promise<Page> {
    this.#rules.beforePaginatedQuery();
    const limit = queryLimit(pageSize);
    const range = this.#openRange(namespace, bookmark === '' ? startKey : bookmark, endKey);
    const results: KeyValue[] = [];
    while (results.length < limit) {
      const result = await range.next();
      if (result === undefined) break;
      results.push(result);
    }
    const next = await range.peek();
    range.close();

    return { results, bookmark: next };
  }

  getHistory(namespace: string, key: string): Promise<ResultIterator<KeyModification>> {
    return settle(() => {
      this.#rules.beforeRead();
      const source = this.#history(this.#view, namespace, key);
      this.#open.push(source);
      return new QueryIterator(source);
    });
  }

  getStateMetadata(namespace: string, key: string): Promise<ReadonlyMap<string, Uint8Array>> {
    return settle(() => {
      this.#rules.beforeRead();
      return decodeMetadata(this.#read(namespace, key)?.metadata);
    });
  }

  /** Replaces all metadata of the key, as the peer does. */
  setStateMetadata(namespace: string, key: string, name: string, value: Uint8Array): Promise<void> {
    return settle(() => {
      this.#rules.beforeWrite();
      this.#builder.writeMetadata(namespace, key, [{ name, value }]);
    });
  }

  getPrivateData(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined> {
    return settle(() => this.#private.value(namespace, collection, key));
  }

  getPrivateDataMultiple(namespace: string, collection: string, keys: readonly string[]): Promise<(Uint8Array | undefined)[]> {
    return settle(() => this.#private.values(namespace, collection, keys));
  }

  getPrivateDataHash(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined> {
    return settle(() => this.#private.valueHash(namespace, collection, key));
  }

  setPrivateData(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.#private.write(namespace, collection, key, value);
  }

  deletePrivateData(namespace: string, collection: string, key: string): void {
    this.#private.write(namespace, collection, key, deletion);
  }

  purgePrivateData(namespace: string, collection: string, key: string): void {
    this.#private.purge(namespace, collection, key);
  }

  getPrivateDataRange(namespace: string, collection: string, startKey: string, endKey: string, limit?: number): Promise<ResultIterator<KeyValue>> {
    return settle(() => {
      const source = this.#private.range(namespace, collection, startKey, endKey);
      this.#open.push(source);
      return new QueryIterator(source, queryLimit(limit));
    });
  }

  getPrivateDataMetadata(namespace: string, collection: string, key: string): Promise<ReadonlyMap<string, Uint8Array>> {
    return settle(() => decodeMetadata(this.#private.metadata(namespace, collection, key)));
  }

  setPrivateDataMetadata(namespace: string, collection: string, key: string, name: string, value: Uint8Array): Promise<void> {
    return settle(() => {
      this.#private.writeMetadata(namespace, collection, key, name, value);
    });
  }

  finish(): SimulationResult {
    if (this.#rules.spent) throw new SimulationError('this function should only be called once on a transaction simulator instance');
    for (const range of this.#ranges) this.#builder.rangeQuery(range.namespace, range.finish());
    const { publicSet, privateSet } = this.#builder.build();
    const keyPolicies = this.#keyPolicies();
    this.discard();

    return {
      publicReadWriteSet: publicSet,
      privateReadWriteSet: privateSet,
      privateReads: this.#private.valuesRead,
      keyPolicies,
    };
  }

  discard(): void {
    this.#rules.finish();
    for (const source of this.#open) source.close();
    if (this.#released) return;
    this.#released = true;
    this.#view.release();
  }

  #read(namespace: string, key: string): { readonly value: Uint8Array; readonly metadata: Uint8Array | undefined } | undefined {
    const found = this.#view.state.get(namespace, key);
    this.#builder.read(namespace, key, found?.version);

    return found;
  }

  #openRange(namespace: string, startKey: string, endKey: string): RecordedRange {
    const range = new RecordedRange(namespace, startKey, endKey, this.#view.state.range(namespace, startKey, endKey));
    this.#ranges.push(range);
    this.#open.push(range);

    return range;
  }

  #keyPolicies(): KeyPolicy[] {
    const namespaces = this.#builder.namespaces().filter((namespace) => this.#view.state.mayHaveMetadata(namespace));
    const policies: KeyPolicy[] = [];
    for (const written of namespaces.flatMap((namespace) => [...this.#builder.writtenKeys(namespace)])) {
      const { namespace, collection, key } = written;
      const metadata =
        collection === ''
          ? this.#view.state.get(namespace, key)?.metadata
          : this.#private.committedMetadata(namespace, collection, key);
      const policy = decodeMetadata(metadata).get(VALIDATION_PARAMETER);
      if (policy !== undefined) policies.push({ ...written, policy });
    }

    return policies;
  }
}

/** Results of a query in all: as many as asked for, and never more than the peer gives. */
function queryLimit(asked = 0): number {
  return asked > 0 ? Math.min(asked, TOTAL_QUERY_LIMIT) : TOTAL_QUERY_LIMIT;
}

/** Runs now; a refusal rejects. */
function settle<T>(action: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(action());
  });
}
