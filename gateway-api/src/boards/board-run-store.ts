import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { DomainError } from '@medaccord/domain';
import type { ErrorCode } from '@medaccord/domain';
import { boardExtractNumbers, boardFindings, boardRuns } from '../database/schema.js';
import type { Database } from '../database/schema.js';
import type { BoardFinding, BoardRun } from './board-records.js';
import { chunks } from './board-index-store.js';

/** Tells how far a run is, and what it found since the last time. */
export type NoteProgress = (counts: Readonly<Record<string, number>>, findings?: readonly BoardFinding[]) => Promise<void>;

type NewRun = Pick<BoardRun, 'id' | 'kind' | 'board' | 'label' | 'startedBy'>;

/** Runs of boards with what they found. A run has its operation's id, so that a resend goes on with it. */
export class BoardRunStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps a run's progress while the work goes on, and how it ended; throws what the work throws. */
  async during<T>(run: NewRun, work: (note: NoteProgress) => Promise<T>): Promise<T> {
    await this.#database.insert(boardRuns).values({ ...run, status: 'RUNNING', counts: {} }).onConflictDoUpdate({ target: boardRuns.id, set: { status: 'RUNNING', code: null, touchedAt: sql`now()` } });
    try {
      const result = await work((counts, findings = []) => this.#note(run.id, counts, findings));
      await this.#end(run.id, 'DONE', null);

      return result;
    } catch (error) {
      await this.#end(run.id, 'STOPPED', error instanceof DomainError ? error.code : 'UNEXPECTED_FAULT');
      throw error;
    }
  }

  /** Runs of a board, the newest first. */
  async runs(board: string, limit: number): Promise<readonly BoardRun[]> {
    const rows = await this.#database.select().from(boardRuns).where(eq(boardRuns.board, board)).orderBy(desc(boardRuns.startedAt), asc(boardRuns.id)).limit(limit);

    return rows.map(shown);
  }

  /** Throws BOARD_RUN_NOT_FOUND, also for another board's. */
  async find(board: string, id: string): Promise<BoardRun> {
    const [row] = await this.#database.select().from(boardRuns).where(and(eq(boardRuns.id, id), eq(boardRuns.board, board)));
    if (row === undefined) throw new DomainError('BOARD_RUN_NOT_FOUND');

    return shown(row);
  }

  /** What a run found, by number, after one. */
  async findings(runId: string, after: string, limit: number): Promise<readonly BoardFinding[]> {
    const number = sql`${boardFindings.licenceNumber} COLLATE "C"`;
    const rows = await this.#database.select().from(boardFindings).where(and(eq(boardFindings.runId, runId), sql`${number} > ${after}`)).orderBy(sql`${number} ASC`, asc(boardFindings.finding)).limit(limit);

    return rows.map(({ licenceNumber, finding, detail }) => ({ number: licenceNumber, finding, detail }));
  }

  /** Notes numbers that an extract has: those of them that it had before, which are named twice. */
  async noteNumbers(runId: string, numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const fresh = new Set<string>();
    for (const some of chunks(numbers)) {
      const rows = await this.#database.insert(boardExtractNumbers).values(some.map((licenceNumber) => ({ runId, licenceNumber }))).onConflictDoNothing().returning({ number: boardExtractNumbers.licenceNumber });
      for (const { number } of rows) fresh.add(number);
    }

    return new Set(numbers.filter((number) => !fresh.has(number)));
  }

  /** Which of these numbers the extract does not have. */
  async missingFrom(runId: string, numbers: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#database.select({ number: boardExtractNumbers.licenceNumber }).from(boardExtractNumbers)
      .where(and(eq(boardExtractNumbers.runId, runId), sql`${boardExtractNumbers.licenceNumber} IN ${[...numbers]}`));
    const there = new Set(rows.map(({ number }) => number));

    return numbers.filter((number) => !there.has(number));
  }

  /** Forgets the numbers of an extract, and what a run over it found before it was interrupted. */
  async forget(runId: string, alsoFindings: boolean): Promise<void> {
    await this.#database.delete(boardExtractNumbers).where(eq(boardExtractNumbers.runId, runId));
    if (alsoFindings) await this.#database.delete(boardFindings).where(and(eq(boardFindings.runId, runId), gt(boardFindings.licenceNumber, '')));
  }

  async #note(runId: string, counts: Readonly<Record<string, number>>, findings: readonly BoardFinding[]): Promise<void> {
    for (const some of chunks(findings)) {
      await this.#database.insert(boardFindings).values(some.map(({ number, finding, detail }) => ({ runId, licenceNumber: number, finding, detail }))).onConflictDoNothing();
    }
    await this.#database.update(boardRuns).set({ counts, touchedAt: sql`now()` }).where(eq(boardRuns.id, runId));
  }

  async #end(runId: string, status: BoardRun['status'], code: ErrorCode | null): Promise<void> {
    await this.#database.update(boardRuns).set({ status, code, touchedAt: sql`now()` }).where(eq(boardRuns.id, runId));
  }
}

function shown({ code, startedAt, touchedAt, ...run }: typeof boardRuns.$inferSelect): BoardRun {
  return { ...run, ...(code === null ? {} : { code }), startedAt: startedAt.toISOString(), touchedAt: touchedAt.toISOString() };
}
