import { createHash } from 'node:crypto';
import { canonicalJson, DomainError, exclusionIdentity, withNews } from '@medaccord/domain';
import type { ExclusionFile, ExclusionRow, FileMonth, Issue } from '@medaccord/domain';
import type { Upload } from '../http/upload.js';
import type { ExclusionStore, KnownRow, LoadCounts, RowVersion, StoredFile } from './exclusion-store.js';
import { readLeieFile } from './leie-file.js';

/** `strict` takes all of a file or nothing; `lenient` takes the rows that can be read and tells the others. */
export const LOADING_MODES = ['strict', 'lenient'] as const;

export type LoadingMode = (typeof LOADING_MODES)[number];

/** One file to load. */
export interface LoadRequest {
  readonly source: string;
  readonly month: FileMonth;
  readonly file: ExclusionFile;
  readonly mode: LoadingMode;
}

/** What became of a file. */
export interface LoadSummary extends StoredFile {
  readonly outcome: 'LOADED' | 'ALREADY_LOADED';
  /** Rows that were not taken, by line and column; more than a thousand are only counted. */
  readonly issues: readonly Issue[];
}

const rowsAtOnce = 500;
const mostIssues = 1000;

/**
 * Loads a published file unchanged, as a stream. It begins to count when all of it is in; the same file again is
 * ALREADY_LOADED. Throws EXCLUSION_FILE_INVALID with line and column of each issue, EXCLUSION_FILE_LOADING and
 * EXCLUSION_FILE_OUT_OF_ORDER.
 */
export async function loadExclusionFile(store: ExclusionStore, operationId: string, upload: Upload, { mode, ...name }: LoadRequest): Promise<LoadSummary> {
  const stored = await store.begin({ ...name, sha256: Buffer.from(upload.digest).toString('hex'), operationId });
  if (stored.status === 'LOADED') return { ...stored, outcome: 'ALREADY_LOADED', issues: [] };
  const load = new FileLoad(store, stored, mode);
  try {
    return { ...(await load.run(upload)), outcome: 'LOADED', issues: load.issues };
  } catch (error) {
    await store.abandon(stored.number);
    throw error;
  }
}

/** One run over a file. */
class FileLoad {
  readonly issues: Issue[] = [];
  readonly #store: ExclusionStore;
  readonly #file: StoredFile;
  readonly #mode: LoadingMode;
  readonly #named = new Set<string>();
  /** Nothing was known before it. */
  #isFirst = false;
  #batch = new Map<string, ExclusionRow>();
  #counts: LoadCounts = { rows: 0, refused: 0, added: 0, changed: 0, dropped: 0 };

  constructor(store: ExclusionStore, file: StoredFile, mode: LoadingMode) {
    this.#store = store;
    this.#file = file;
    this.#mode = mode;
  }

  async run(upload: Upload): Promise<StoredFile> {
    this.#isFirst = (await this.#store.filesOf(this.#file.source)).length === 0;
    for await (const line of readLeieFile(upload.open(), this.#file.file)) {
      this.#count({ rows: 1 });
      if ('row' in line) this.#batch.set(identityOf(line.row), line.row);
      else this.#refuse(line.issues);
      if (this.#batch.size >= rowsAtOnce) await this.#save();
    }
    await this.#save();
    if (this.#mode === 'strict' && this.issues.length > 0) throw new DomainError('EXCLUSION_FILE_INVALID', { refused: this.#counts.refused, issues: this.issues });
    if (this.#file.file === 'full' && !this.#isFirst) await this.#drop();

    return this.#store.finish(this.#file.number);
  }

  #refuse(issues: readonly Issue[]): void {
    this.#count({ refused: 1 });
    this.issues.push(...issues.slice(0, mostIssues - this.issues.length));
  }

  /** Keeps what is news: rows of a full file are mostly those of the month before. */
  async #save(): Promise<void> {
    const batch = this.#batch;
    this.#batch = new Map();
    const known = this.#isFirst ? new Map<string, KnownRow>() : await this.#store.before(this.#file.number, this.#file.source, [...batch.keys()]);
    const versions: RowVersion[] = [];
    for (const [identity, row] of batch) {
      const isRepeated = this.#named.has(identity);
      this.#named.add(identity);
      const before = known.get(identity);
      const after = withNews(before?.row, row);
      if (before?.listed === true && canonicalJson(before.row) === canonicalJson(after)) continue;
      versions.push({ identity, row: after, listed: true });
      if (!isRepeated) this.#count(before === undefined ? { added: 1 } : { changed: 1 });
    }
    await this.#store.add(this.#file.number, versions, this.#counts);
  }

  /** A full file names every exclusion in force: marks those that it no longer names, though nobody told their end. */
  async #drop(): Promise<void> {
    const { number, source } = this.#file;
    const gone = (await this.#store.openBefore(number, source)).filter((identity) => !this.#named.has(identity));
    this.#count({ dropped: gone.length });
    for (let from = 0; from < gone.length; from += rowsAtOnce) {
      const known = await this.#store.before(number, source, gone.slice(from, from + rowsAtOnce));
      await this.#store.add(number, [...known.values()].map(({ identity, row }) => ({ identity, row, listed: false })), this.#counts);
    }
  }

  #count(more: Partial<LoadCounts>): void {
    const counted = { ...this.#counts };
    for (const [name, by] of Object.entries(more) as [keyof LoadCounts, number][]) counted[name] += by;
    this.#counts = counted;
  }
}

function identityOf(row: ExclusionRow): string {
  return createHash('sha256').update(exclusionIdentity(row)).digest('hex');
}
