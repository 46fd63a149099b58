import { DomainError, licenceId, licenceKeyShape, licenceRosterRowShape, normalNumber, parse, present, rosterMeaning } from '@medaccord/domain';
import type { LicenceKey, LicenceRosterRow, LicenceView, StatusMeaning, StatusWords } from '@medaccord/domain';
import type { CsvRow } from '../credentials/csv-rows.js';
import { csvRows } from '../credentials/csv-rows.js';
import type { Upload } from '../http/upload.js';
import type { BoardFinding } from './board-records.js';
import type { BoardIndex } from './board-index.js';
import type { BoardIndexStore } from './board-index-store.js';
import type { BoardRunStore, NoteProgress } from './board-run-store.js';
import { columnNames } from './requests.js';
import type { ExtractName } from './requests.js';

/** How many licences of an extract and the ledger agree, and how many do not. */
export interface ReconciliationCounts extends Readonly<Record<string, number>> {
  readonly rows: number;
  readonly equal: number;
  readonly different: number;
  readonly missingOnLedger: number;
  readonly missingInExtract: number;
  /** Rows that cannot be read, or that name a licence once more. */
  readonly refused: number;
}

/** What a reconciliation works with. */
export interface ReconciliationParts {
  readonly index: BoardIndex;
  readonly store: BoardIndexStore;
  readonly runs: BoardRunStore;
}

/** The extract of a run. */
export interface RunExtract extends ExtractName {
  readonly board: string;
  readonly runId: string;
  readonly words?: StatusWords;
}

/** One field on which extract and ledger differ. */
interface Difference {
  readonly field: string;
  readonly extract: string | null;
  readonly ledger: string | null;
}

const rowsAtOnce = 500;

/**
 * Compares an extract of the board's own system with the ledger, as of the extract's day: 500 rows at a time, so that neither
 * file nor ledger is ever held. What is equal is counted; all else is a finding of the run. Begun again it begins anew and
 * finds the same.
 */
export async function reconcile(parts: ReconciliationParts, upload: Upload, extract: RunExtract, note: NoteProgress): Promise<ReconciliationCounts> {
  await parts.runs.forget(extract.runId, true);
  await parts.index.catchUp();
  const run = new Reconciliation(parts, extract, note);
  const file = upload.open();
  try {
    for await (const row of csvRows(file)) await run.take(row);
  } finally {
    file.destroy();
  }
  await run.compareRest();
  await run.missingInExtract();
  await parts.runs.forget(extract.runId, false);

  return run.counts;
}

class Reconciliation {
  readonly #parts: ReconciliationParts;
  readonly #extract: RunExtract;
  readonly #note: NoteProgress;
  readonly #names: ReadonlyMap<string, string>;
  #rows: { readonly key: LicenceKey; readonly row: LicenceRosterRow }[] = [];
  #findings: BoardFinding[] = [];
  counts: ReconciliationCounts = { rows: 0, equal: 0, different: 0, missingOnLedger: 0, missingInExtract: 0, refused: 0 };

  constructor(parts: ReconciliationParts, extract: RunExtract, note: NoteProgress) {
    this.#parts = parts;
    this.#extract = extract;
    this.#note = note;
    this.#names = columnNames(extract.columns);
  }

  async take({ number, fields }: CsvRow): Promise<void> {
    this.#count('rows');
    try {
      const row = parse(licenceRosterRowShape, this.#named(fields));
      const { jurisdiction, board, type } = this.#extract;
      this.#rows.push({ key: parse(licenceKeyShape, { jurisdiction, board, type, number: normalNumber(row.number) }), row });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#find('refused', { number: `row ${number}`, finding: 'REFUSED', detail: { code: error.code, issues: error.details.issues ?? [] } });
    }
    if (this.#rows.length === rowsAtOnce) await this.compareRest();
  }

  /** Compares the rows that have not been compared. */
  async compareRest(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    const { runId, recordedOn } = this.#extract;
    const twice = new Set(await this.#parts.runs.noteNumbers(runId, [...new Set(rows.map(({ key }) => key.number))]));
    const views = new Map((await this.#parts.index.views([...new Set(rows.map(({ key }) => licenceId(key)))], recordedOn)).map((view) => [view.licence.licence.number, view] as const));
    for (const { key, row } of rows) {
      if (twice.has(key.number)) this.#find('refused', { number: key.number, finding: 'REFUSED', detail: { code: 'NAMED_TWICE' } });
      else this.#compare(row, key.number, views.get(key.number));
      twice.add(key.number);
    }
    await this.#tell();
  }

  /** Finds licences of the ledger that the extract does not have; one whose issue is void is no licence. */
  async missingInExtract(): Promise<void> {
    const { jurisdiction, board, type, runId, recordedOn } = this.#extract;
    const prefix = licenceId({ jurisdiction, board, type, number: '' });
    for (let after = ''; ;) {
      const ids = await this.#parts.store.licenceIds(board, { after, limit: rowsAtOnce, prefix });
      const last = ids.at(-1);
      if (last === undefined) return;
      after = last;
      const missing = await this.#parts.runs.missingFrom(runId, ids.map((id) => id.slice(prefix.length)));
      const views = await this.#parts.index.views(missing.map((number) => `${prefix}${number}`), recordedOn);
      for (const view of views.filter(({ issuedOn }) => issuedOn !== undefined)) {
        this.#find('missingInExtract', { number: view.licence.licence.number, finding: 'MISSING_IN_EXTRACT', detail: { lifecycle: view.standing.lifecycle, ...present('validThru', view.validThru), ...present('holder', view.licence.holder) } });
      }
      await this.#tell();
    }
  }

  #compare(row: LicenceRosterRow, number: string, view: LicenceView | undefined): void {
    if (view?.issuedOn === undefined) {
      this.#find('missingOnLedger', { number, finding: 'MISSING_ON_LEDGER', detail: { ...row } });
      return;
    }
    const fields = differences(row, view, rosterMeaning(row, this.#extract), this.#extract.recordedOn);
    if (fields.length === 0) this.#count('equal');
    else this.#find('different', { number, finding: 'DIFFERENT', detail: { fields } });
  }

  #named(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    if (this.#names.size === 0) return fields;
    // With names of its own an extract may have any number of other columns.
    return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => {
      const known = this.#names.get(name);

      return known === undefined ? [] : [[known, value]];
    }));
  }

  async #tell(): Promise<void> {
    const findings = this.#findings;
    this.#findings = [];
    await this.#note(this.counts, findings);
  }

  #find(count: keyof ReconciliationCounts & string, finding: BoardFinding): void {
    this.#count(count);
    this.#findings.push(finding);
  }

  #count(name: string): void {
    this.counts = { ...this.counts, [name]: (this.counts[name] ?? 0) + 1 };
  }
}

/** Where extract and ledger differ; a field that the extract does not have is not compared. */
function differences(row: LicenceRosterRow, view: LicenceView, meaning: Exclude<StatusMeaning, 'DATES'>, day: string): readonly Difference[] {
  const said = saidBy(row, meaning, day);
  const compared: readonly (readonly [field: string, extract: string | undefined, ledger: string | undefined])[] = [
    ['status', said, statusOf(view, said)],
    ['effectiveFrom', row.effectiveFrom, view.issuedOn],
    // As what is not understood the import keeps no date: it would say more than is known.
    ['validThru', meaning === 'UNKNOWN' ? undefined : row.validThru, view.validThru],
    ['holder', row.holder, view.licence.holder],
  ];

  return compared.filter(([, extract, ledger]) => extract !== undefined && extract !== ledger).map(([field, extract, ledger]) => ({ field, extract: extract ?? null, ledger: ledger ?? null }));
}

/** The status that a row tells, in the ledger's words: a licence that was valid until a day before is expired. */
function saidBy({ validThru }: LicenceRosterRow, meaning: Exclude<StatusMeaning, 'DATES'>, day: string): string {
  return meaning === 'ACTIVE' && validThru !== undefined && validThru < day ? 'EXPIRED' : meaning;
}

/** The ledger's status in the words of extracts, which know no lapse beside expiry. */
function statusOf({ standing: { lifecycle, encumbrances } }: LicenceView, said: string): string {
  const suspended = encumbrances.some(({ type, stayed }) => stayed !== true && (type === 'SUSPENSION' || type === 'SUMMARY_SUSPENSION'));
  if (lifecycle === 'LAPSED' && said === 'EXPIRED') return 'EXPIRED';

  return lifecycle === 'ACTIVE' && suspended ? 'SUSPENDED' : lifecycle;
}
