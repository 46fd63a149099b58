import { gunzipSync, gzipSync } from 'node:zlib';
import { and, eq } from 'drizzle-orm';
import type { Database } from '../database/schema.js';
import { referenceEntries } from '../database/schema.js';
import type { TableRow } from './formats/format.js';

/** Entries of one row of the database. */
const PAGE = 5000;

/** The entries of tables under their roots: what is found under a root can never change. */
export class ReferenceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps the entries; those that are kept already stay. */
  async save(root: string, entries: readonly TableRow[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      for (let page = 0; page * PAGE < entries.length; page += 1) {
        const content = gzipSync(JSON.stringify(entries.slice(page * PAGE, (page + 1) * PAGE)));
        await transaction.insert(referenceEntries).values({ root, page, content }).onConflictDoNothing();
      }
    });
  }

  /** The entries in order of their keys, page by page; none where the root is not known here. */
  async *entries(root: string): AsyncGenerator<TableRow> {
    for (let page = 0; ; page += 1) {
      const [row] = await this.#database.select({ content: referenceEntries.content }).from(referenceEntries).where(and(eq(referenceEntries.root, root), eq(referenceEntries.page, page)));
      if (row === undefined) return;
      yield* JSON.parse(gunzipSync(row.content).toString('utf8')) as readonly TableRow[];
    }
  }
}
