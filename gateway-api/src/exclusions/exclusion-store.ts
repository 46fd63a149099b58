import { and, arrayOverlaps, asc, desc, eq, inArray, isNotNull, lt, lte, max, or, sql } from 'drizzle-orm';
import { DomainError, familyNameVariants, noLongerListed } from '@medaccord/domain';
import type { ExclusionFile, ExclusionRow, FileMonth, Npi } from '@medaccord/domain';
import type { Database } from '../database/schema.js';
import { exclusionFiles, exclusionRows } from '../database/schema.js';

/** A file as it is kept here: loaded, or on its way. */
export type StoredFile = Omit<typeof exclusionFiles.$inferSelect, 'operationId' | 'touchedAt'>;

/** Which file is loaded. */
export interface FileToLoad {
  readonly source: string;
  readonly month: FileMonth;
  readonly file: ExclusionFile;
  readonly sha256: string;
  readonly operationId: string;
}

/** What a file says of an exclusion. */
export interface RowVersion {
  readonly identity: string;
  readonly row: ExclusionRow;
  /** False: the file should name it and does not. */
  readonly listed: boolean;
}

/** How far a load has come. */
export type LoadCounts = Pick<StoredFile, 'rows' | 'refused' | 'added' | 'changed' | 'dropped'>;

/** A row of a list as known after a file, and the file that told it. */
export interface KnownRow {
  readonly identity: string;
  readonly row: ExclusionRow;
  readonly listed: boolean;
  readonly month: FileMonth;
}

/** A load that has not gone on for so long is one whose process died. */
const abandonedSeconds = 60;

const { number, source, month, file, sha256, status, rows, refused, added, changed, dropped } = exclusionFiles;
const shown = { number, source, month, file, sha256, status, rows, refused, added, changed, dropped };

/** Exclusion files and their rows in the database. A file counts once it is LOADED; its rows are versions, never rewritten. */
export class ExclusionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Begins to load a file, or finds that it has been loaded. What a load that died left behind is removed first. Throws
   * EXCLUSION_FILE_LOADING and EXCLUSION_FILE_OUT_OF_ORDER.
   */
  async begin(wanted: FileToLoad): Promise<StoredFile> {
    return this.#database.transaction(async (transaction) => {
      await transaction.execute(sql`LOCK TABLE exclusion_files IN SHARE ROW EXCLUSIVE MODE`);
      const dead = or(eq(exclusionFiles.operationId, wanted.operationId), lt(exclusionFiles.touchedAt, sql`now() - make_interval(secs => ${abandonedSeconds})`));
      await transaction.delete(exclusionFiles).where(and(eq(status, 'LOADING'), dead));
      const stored = await transaction.select(shown).from(exclusionFiles).where(eq(source, wanted.source)).orderBy(asc(number));
      const same = stored.find((one) => one.month === wanted.month && one.file === wanted.file && one.sha256 === wanted.sha256);
      if (same?.status === 'LOADED') return same;
      if (stored.some((one) => one.status === 'LOADING')) throw new DomainError('EXCLUSION_FILE_LOADING');
      if (stored.some((one) => one.month > wanted.month)) throw new DomainError('EXCLUSION_FILE_OUT_OF_ORDER');
      const [begun] = await transaction.insert(exclusionFiles).values({ ...wanted, status: 'LOADING' }).returning(shown);
      if (begun === undefined) throw new DomainError('UNEXPECTED_FAULT');

      return begun;
    });
  }

  /** The newest version of each of these exclusions before a file. */
  async before(fileNumber: number, list: string, identities: readonly string[]): Promise<ReadonlyMap<string, KnownRow>> {
    const known = await this.#versions(and(eq(source, list), lt(exclusionRows.fileNumber, fileNumber), inArray(exclusionRows.identity, [...identities])));

    return new Map(known.map((one) => [one.identity, one]));
  }

  /** Keeps what a file says, and how far it has been read. */
  async add(fileNumber: number, versions: readonly RowVersion[], counts: LoadCounts): Promise<void> {
    const values = versions.map(({ identity, row, listed }) => ({ identity, fileNumber, listed, npi: row.npi ?? null, familyNames: [...familyNameVariants([row.lastName])], document: row }));
    if (values.length > 0) await this.#database.insert(exclusionRows).values(values).onConflictDoUpdate({ target: [exclusionRows.identity, exclusionRows.fileNumber], set: { document: sql`excluded.document`, listed: sql`excluded.listed` } });
    await this.#database.update(exclusionFiles).set({ ...counts, touchedAt: sql`now()` }).where(eq(number, fileNumber));
  }

  /** Exclusions of which no file before this one told an end: those that it should name if it is a full one. */
  async openBefore(fileNumber: number, list: string): Promise<readonly string[]> {
    const known = await this.#database
      .selectDistinctOn([exclusionRows.identity], { identity: exclusionRows.identity, open: sql<boolean>`${exclusionRows.listed} AND ${exclusionRows.document} ->> 'reinstatedOn' IS NULL` })
      .from(exclusionRows)
      .innerJoin(exclusionFiles, and(eq(number, exclusionRows.fileNumber), eq(status, 'LOADED')))
      .where(and(eq(source, list), lt(exclusionRows.fileNumber, fileNumber)))
      .orderBy(asc(exclusionRows.identity), desc(exclusionRows.fileNumber));

    return known.filter(({ open }) => open).map(({ identity }) => identity);
  }

  /** From now on the file counts. */
  async finish(fileNumber: number): Promise<StoredFile> {
    const [finished] = await this.#database.update(exclusionFiles).set({ status: 'LOADED', touchedAt: sql`now()` }).where(eq(number, fileNumber)).returning(shown);
    if (finished === undefined) throw new DomainError('EXCLUSION_FILE_LOADING');
    // Ten thousands of new rows: a database that has not looked at them yet would read all of them for every question.
    await this.#database.execute(sql`ANALYZE exclusion_rows`);

    return finished;
  }

  /** Removes a file that cannot be read, with its rows. */
  async abandon(fileNumber: number): Promise<void> {
    await this.#database.delete(exclusionFiles).where(and(eq(number, fileNumber), eq(status, 'LOADING')));
  }

  /** Every file of a list in the order of loading. */
  async files(list: string): Promise<readonly StoredFile[]> {
    return this.#database.select(shown).from(exclusionFiles).where(eq(source, list)).orderBy(asc(number));
  }

  /** The newest loaded file of that name. Throws EXCLUSION_FILE_NOT_FOUND. */
  async loaded(list: string, ofMonth: FileMonth, kind: ExclusionFile): Promise<StoredFile> {
    const [found] = await this.#database.select(shown).from(exclusionFiles).where(and(eq(source, list), eq(month, ofMonth), eq(file, kind), eq(status, 'LOADED'))).orderBy(desc(number)).limit(1);
    if (found === undefined) throw new DomainError('EXCLUSION_FILE_NOT_FOUND');

    return found;
  }

  /**
   * The files that make up a list as known in a month (all that are loaded where left out): the newest full file and what
   * came after it, or all files where there is no full one.
   */
  async filesOf(list: string, knownIn?: FileMonth): Promise<readonly StoredFile[]> {
    const known = (await this.files(list)).filter((one) => one.status === 'LOADED' && (knownIn === undefined || one.month <= knownIn));
    const full = known.findLastIndex((one) => one.file === 'full');

    return full === -1 ? known : known.slice(full);
  }

  /** Rows with one of these NPIs or family names, as known after a file. */
  async candidates(list: string, lastFile: number, npis: readonly Npi[], familyNames: readonly string[]): Promise<readonly KnownRow[]> {
    const names = familyNames.length === 0 ? undefined : arrayOverlaps(exclusionRows.familyNames, [...familyNames]);
    const known = await this.#versions(and(eq(source, list), lte(exclusionRows.fileNumber, lastFile), or(inArray(exclusionRows.npi, [...npis]), names)));

    return known.map(withEnd);
  }

  /** Every row that has an NPI, as known after a file. */
  async numbered(list: string, lastFile: number): Promise<readonly KnownRow[]> {
    const known = await this.#versions(and(eq(source, list), lte(exclusionRows.fileNumber, lastFile), isNotNull(exclusionRows.npi)));

    return known.map(withEnd);
  }

  /** The newest month of a list of which a file is loaded. */
  async newestMonth(list: string): Promise<FileMonth | undefined> {
    const [found] = await this.#database.select({ month: max(month) }).from(exclusionFiles).where(and(eq(source, list), eq(status, 'LOADED')));

    return found?.month ?? undefined;
  }

  async #versions(condition: ReturnType<typeof and>): Promise<readonly KnownRow[]> {
    return this.#database
      .selectDistinctOn([exclusionRows.identity], { identity: exclusionRows.identity, row: exclusionRows.document, listed: exclusionRows.listed, month })
      .from(exclusionRows)
      .innerJoin(exclusionFiles, and(eq(number, exclusionRows.fileNumber), eq(status, 'LOADED')))
      .where(condition)
      .orderBy(asc(exclusionRows.identity), desc(exclusionRows.fileNumber));
  }
}

function withEnd(one: KnownRow): KnownRow {
  return one.listed ? one : { ...one, row: noLongerListed(one.row, one.month) };
}
