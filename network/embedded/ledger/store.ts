import { ClassicLevel } from 'classic-level';
import type { BatchOperation, Iterator as LevelIterator, Snapshot } from 'classic-level';
import type { KeyRange } from './store-keys.js';

type Database = ClassicLevel<string, Buffer>;

/** One write of a batch. */
export type StoreOperation = BatchOperation<Database, string, Buffer>;

/** A record of a range. */
export type StoreEntry = readonly [key: string, value: Buffer];

export const NOTHING = Buffer.alloc(0);

export function put(key: string, value: Buffer): StoreOperation {
  return { type: 'put', key, value };
}

export function remove(key: string): StoreOperation {
  return { type: 'del', key };
}

/** Reads of the database as it stood when the snapshot was taken; shared, and released by its last user. */
export class StoreSnapshot {
  readonly #database: Database;
  readonly #snapshot: Snapshot;
  #users = 1;

  constructor(database: Database) {
    this.#database = database;
    this.#snapshot = database.snapshot();
  }

  get(key: string): Buffer | undefined {
    return this.#database.getSync(key, { snapshot: this.#snapshot });
  }

  iterate(range: KeyRange, reverse = false): RangeReader {
    return new RangeReader(this.#database.iterator({ ...range, reverse, snapshot: this.#snapshot }));
  }

  retain(): this {
    this.#users += 1;
    return this;
  }

  release(): void {
    this.#users -= 1;
    // LevelDB only unlinks the snapshot here; nobody has to wait for it.
    if (this.#users === 0) void this.#snapshot.close();
  }
}

/** Pulls the records of a range in batches; opened lazily by LevelDB, closed at its end or by `close`. */
export class RangeReader {
  readonly #iterator: LevelIterator<Database, string, Buffer>;
  #buffer: StoreEntry[] = [];
  #at = 0;
  #closed = false;

  constructor(iterator: LevelIterator<Database, string, Buffer>) {
    this.#iterator = iterator;
  }

  /** The next record, or undefined at the end (and after `close`). */
  async next(): Promise<StoreEntry | undefined> {
    if (this.#at === this.#buffer.length) {
      if (this.#closed) return undefined;
      this.#buffer = await this.#iterator.nextv(READ_AHEAD);
      this.#at = 0;
      if (this.#buffer.length === 0) this.close();
    }
    const entry = this.#buffer[this.#at];
    this.#at += 1;

    return entry;
  }

  async all(): Promise<StoreEntry[]> {
    const entries: StoreEntry[] = [];
    for (let entry = await this.next(); entry !== undefined; entry = await this.next()) entries.push(entry);

    return entries;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#buffer = [];
    this.#at = 0;
    void this.#iterator.close();
  }
}

const READ_AHEAD = 256;

/** The LevelDB database of one ledger; a second process that opens the same directory is refused by LevelDB's lock. */
export class Store {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  static async open(directory: string): Promise<Store> {
    const database: Database = new ClassicLevel(directory, {
      keyEncoding: 'utf8',
      valueEncoding: 'buffer',
      writeBufferSize: 16 * 1024 * 1024,
      cacheSize: 32 * 1024 * 1024,
    });
    await database.open();

    return new Store(database);
  }

  get(key: string): Buffer | undefined {
    return this.#database.getSync(key);
  }

  iterate(range: KeyRange, reverse = false): RangeReader {
    return new RangeReader(this.#database.iterator({ ...range, reverse }));
  }

  snapshot(): StoreSnapshot {
    return new StoreSnapshot(this.#database);
  }

  /** All or nothing, and on disk when it resolves. */
  async write(operations: readonly StoreOperation[]): Promise<void> {
    await this.#database.batch([...operations], { sync: true });
  }

  /** Survives the end of the process, though not of the machine: for what an acknowledged block does not rest on. */
  async writeUnsynced(operations: readonly StoreOperation[]): Promise<void> {
    await this.#database.batch([...operations]);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
