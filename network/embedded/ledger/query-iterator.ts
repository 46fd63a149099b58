import { TOTAL_QUERY_LIMIT } from './api.js';
import type { KeyValue, ResultBatch, ResultIterator } from './api.js';
import { QueryReads } from './query-reads.js';
import type { RangeQuery } from './read-write-set.js';
import type { KeyReader } from './state-view.js';

/** Something that yields results one by one until undefined. */
export interface ResultSource<T> {
  next(): Promise<T | undefined>;
  close(): void;
}

/** Cuts a source into the batches of the peer: one result more than a batch is read to learn whether there is more. */
export class QueryIterator<T> implements ResultIterator<T> {
  readonly #source: ResultSource<T>;
  readonly #totalLimit: number;
  #pending: T[] = [];
  #read = 0;
  #ended = false;

  constructor(source: ResultSource<T>, totalLimit: number = TOTAL_QUERY_LIMIT) {
    this.#source = source;
    this.#totalLimit = totalLimit;
  }

  async next(limit: number): Promise<ResultBatch<T>> {
    while (!this.#ended && this.#read < this.#totalLimit) {
      const result = await this.#source.next();
      if (result === undefined) break;
      this.#read += 1;
      this.#pending.push(result);
      if (this.#pending.length > limit) return { results: this.#pending.splice(0, limit), hasMore: true };
    }
    const results = this.#pending;
    this.close();

    return { results, hasMore: false };
  }

  close(): void {
    this.#ended = true;
    this.#pending = [];
    this.#source.close();
  }
}

/** A public range as a simulation reads it: remembers what it saw, for the phantom check at commit. */
export class RecordedRange implements ResultSource<KeyValue> {
  readonly namespace: string;
  readonly #reader: KeyReader;
  readonly #startKey: string;
  readonly #queryEnd: string;
  readonly #reads = new QueryReads();
  #endKey = '';
  #exhausted = false;

  constructor(namespace: string, startKey: string, endKey: string, reader: KeyReader) {
    this.namespace = namespace;
    this.#reader = reader;
    this.#startKey = startKey;
    this.#queryEnd = endKey;
  }

  async next(): Promise<KeyValue | undefined> {
    const found = await this.#reader.next();
    if (found === undefined) {
      this.exhaust();
      return undefined;
    }
    this.#reads.add({ key: found.key, version: found.version });
    // The caller may stop here: then the range reaches to this key and no further.
    this.#endKey = found.key;

    return { key: found.key, value: found.value };
  }

  /** The key after the last one, without recording it: the bookmark of a page. */
  async peek(): Promise<string> {
    return (await this.#reader.next())?.key ?? '';
  }

  exhaust(): void {
    this.#exhausted = true;
    this.#endKey = this.#queryEnd;
  }

  close(): void {
    this.#reader.close();
  }

  /** For the read set; once, at the end of the simulation. */
  finish(): RangeQuery {
    return { startKey: this.#startKey, endKey: this.#endKey, exhausted: this.#exhausted, ...this.#reads.finish() };
  }
}
