import { and, asc, eq, gt, inArray, isNull, like, lte, sql } from 'drizzle-orm';
import type { NpdbReportType } from '@medaccord/domain';
import { boardEvents, boardLicences, ledgerCheckpoints, npdbReports } from '../database/schema.js';
import type { Database } from '../database/schema.js';

/** A licence of an own board. */
export interface IndexedLicence {
  readonly licenceId: string;
  readonly board: string;
  readonly holder: string | null;
  readonly holderWords: string;
  readonly importBatch: string | null;
  readonly sequence: number;
}

/** One event of such a licence, where it stands in the chain. */
export interface IndexedEvent {
  readonly position: number;
  readonly licenceId: string;
  readonly sequence: number;
  readonly board: string;
  readonly transactionId: string;
  readonly recordedAt: Date;
  readonly type: string;
  readonly reportType: NpdbReportType | null;
  readonly reportDueOn: string | null;
}

/** A report that is due, or was sent. */
export interface DueReport extends IndexedEvent {
  readonly controlNumber: string | null;
  readonly sentOn: string | null;
}

const checkpoint = 'board index';

/** Licences of the own boards and their events, out of the blocks. Ids sort by their bytes, whatever the database's language is. */
export class BoardIndexStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next block to read. */
  async nextBlock(): Promise<number> {
    const [row] = await this.#database.select({ next: ledgerCheckpoints.blockNumber }).from(ledgerCheckpoints).where(eq(ledgerCheckpoints.name, checkpoint));

    return row?.next ?? 0;
  }

  /** The last event known of each of these licences. */
  async sequences(licenceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (licenceIds.length === 0) return new Map();
    const rows = await this.#database.select({ id: boardLicences.licenceId, sequence: boardLicences.sequence }).from(boardLicences).where(inArray(boardLicences.licenceId, [...licenceIds]));

    return new Map(rows.map(({ id, sequence }) => [id, sequence]));
  }

  /** Keeps what a block brought, and that it was read: together, so that no reader of the feed sees half of a block. */
  async keep(block: number, licences: readonly IndexedLicence[], events: readonly IndexedEvent[]): Promise<void> {
    await this.#database.transaction(async (transaction) => {
      for (const some of chunks(licences)) {
        await transaction.insert(boardLicences).values(some).onConflictDoUpdate({
          target: boardLicences.licenceId,
          set: { holder: sql`excluded.holder`, holderWords: sql`excluded.holder_words`, importBatch: sql`excluded.import_batch`, sequence: sql`greatest(board_licences.sequence, excluded.sequence)` },
        });
      }
      for (const some of chunks(events)) {
        await transaction.insert(boardEvents).values(some).onConflictDoUpdate({
          target: [boardEvents.licenceId, boardEvents.sequence],
          set: { type: sql`excluded.type`, reportType: sql`excluded.report_type`, reportDueOn: sql`excluded.report_due_on` },
        });
      }
      const next = block + 1;
      await transaction.insert(ledgerCheckpoints).values({ name: checkpoint, blockNumber: next }).onConflictDoUpdate({ target: ledgerCheckpoints.name, set: { blockNumber: sql`greatest(ledger_checkpoints.block_number, ${next})` } });
    });
  }

  /** Events known of these licences, as they stand in the index. */
  async eventsOf(licenceIds: readonly string[]): Promise<readonly IndexedEvent[]> {
    return licenceIds.length === 0 ? [] : this.#database.select().from(boardEvents).where(inArray(boardEvents.licenceId, [...licenceIds]));
  }

  /** Events of a board after a position. */
  async feed(board: string, after: number, limit: number): Promise<readonly IndexedEvent[]> {
    return this.#database.select().from(boardEvents).where(and(eq(boardEvents.board, board), gt(boardEvents.position, after))).orderBy(asc(boardEvents.position)).limit(limit);
  }

  /** Ids of a board's licences that begin so, after an id; of one import only, where it is named. */
  async licenceIds(board: string, wanted: { readonly after: string; readonly limit: number; readonly importBatch?: string; readonly prefix?: string }): Promise<readonly string[]> {
    const { after, limit, importBatch, prefix } = wanted;
    const id = sql`${boardLicences.licenceId} COLLATE "C"`;
    const rows = await this.#database.select({ id: boardLicences.licenceId }).from(boardLicences)
      .where(and(eq(boardLicences.board, board), sql`${id} > ${after}`, importBatch === undefined ? undefined : eq(boardLicences.importBatch, importBatch), prefix === undefined ? undefined : sql`starts_with(${boardLicences.licenceId}, ${prefix})`))
      .orderBy(sql`${id} ASC`).limit(limit);

    return rows.map((row) => row.id);
  }

  /** Licences whose holder's name has words that begin so, each of them. */
  async byHolder(words: readonly string[], limit: number): Promise<readonly string[]> {
    const rows = await this.#database.select({ id: boardLicences.licenceId }).from(boardLicences)
      .where(and(...words.map((word) => like(boardLicences.holderWords, `% ${word}%`))))
      .orderBy(sql`${boardLicences.licenceId} COLLATE "C" ASC`).limit(limit);

    return rows.map((row) => row.id);
  }

  /** What a board is to report by a day and has not, the most urgent first; or, of all, what was sent too. */
  async reports(board: string, wanted: { readonly dueBy: string; readonly withSent: boolean; readonly limit: number }): Promise<readonly DueReport[]> {
    const joined = await this.#database.select().from(boardEvents)
      .leftJoin(npdbReports, and(eq(npdbReports.licenceId, boardEvents.licenceId), eq(npdbReports.sequence, boardEvents.sequence)))
      .where(and(eq(boardEvents.board, board), sql`${boardEvents.reportType} IS NOT NULL`, lte(boardEvents.reportDueOn, wanted.dueBy), wanted.withSent ? undefined : isNull(npdbReports.controlNumber)))
      .orderBy(asc(boardEvents.reportDueOn), asc(boardEvents.position)).limit(wanted.limit);

    return joined.map(({ board_events: event, npdb_reports: report }) => ({ ...event, controlNumber: report?.controlNumber ?? null, sentOn: report?.sentOn ?? null }));
  }

  /** Notes that a report was sent; the first word stays. */
  async markReported(report: { readonly licenceId: string; readonly sequence: number; readonly controlNumber: string; readonly sentOn: string; readonly recordedBy: string }): Promise<void> {
    await this.#database.insert(npdbReports).values(report).onConflictDoUpdate({ target: [npdbReports.licenceId, npdbReports.sequence], set: { controlNumber: report.controlNumber, sentOn: report.sentOn, recordedBy: report.recordedBy } });
  }

  /** The data bank's numbers of reports on these licences, by `<licence id> <sequence>`. */
  async controlNumbers(licenceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = licenceIds.length === 0 ? [] : await this.#database.select().from(npdbReports).where(inArray(npdbReports.licenceId, [...licenceIds]));

    return new Map(rows.map(({ licenceId, sequence, controlNumber }) => [`${licenceId} ${sequence}`, controlNumber]));
  }

  /** What a board recorded on a day (UTC), in the order of the chain. */
  async eventsOn(board: string, from: Date, before: Date): Promise<readonly IndexedEvent[]> {
    return this.#database.select().from(boardEvents).where(and(eq(boardEvents.board, board), sql`${boardEvents.recordedAt} >= ${from.toISOString()}::timestamptz`, sql`${boardEvents.recordedAt} < ${before.toISOString()}::timestamptz`)).orderBy(asc(boardEvents.position));
  }
}

/** A statement takes a bounded number of parameters. */
export function chunks<T>(values: readonly T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
}
