import { DomainError, licenceId, licenceOfRow, licenceRosterRowShape, parse } from '@medaccord/domain';
import type { ErrorCode, Issue, ItemOutcome, LicenceId, LicenceKey, LicenceRoster } from '@medaccord/domain';
import type { Upload } from '../http/upload.js';
import type { WriteRequest } from '../idempotency/write-request.js';
import type { BatchOutcome, Proof, Recorded, RegistryClient } from '../ledger/registry-client.js';
import { actionIdOf } from './action-id.js';
import { csvRows } from './csv-rows.js';
import type { CsvRow } from './csv-rows.js';

/** A row that did not become a licence. */
export interface RefusedRow {
  /** From 1, in the order of the file, its first record not counted. */
  readonly row: number;
  readonly code: ErrorCode;
  readonly issues?: readonly Issue[];
}

/** What became of a roster. */
export interface RosterImport {
  readonly counts: { readonly rows: number; readonly issued: number; readonly alreadyRecorded: number; readonly refused: number; readonly unknown: number };
  /** Status words of the roster that were not understood, and how often: their licences are UNKNOWN. */
  readonly unmapped: readonly { readonly word: string; readonly rows: number }[];
  /** The first thousand. */
  readonly refused: readonly RefusedRow[];
  readonly proofs: readonly Proof[];
}

interface ReadRow {
  readonly row: number;
  readonly item: { readonly licence: LicenceKey; readonly actionId: string };
}

/** A transaction that was sent and not yet answered. */
interface UnderWay {
  readonly rows: readonly ReadRow[];
  readonly licences: ReadonlySet<LicenceId>;
  readonly answer: Promise<Recorded<BatchOutcome<ItemOutcome<'ISSUED'>>>>;
}

const rowsPerBatch = 500;
/** Endorsing one and committing another go on at the same time; more gain nothing. */
const mostUnderWay = 4;
const mostRefused = 1000;

/** Is told how far an import is, after each transaction, and which rows were refused since the last time. */
export type RosterProgress = (counts: RosterImport['counts'], refused: readonly RefusedRow[]) => Promise<void>;

/**
 * Issues the licences of a roster (CSV: number, status, effectiveFrom, validThru, holder, recordedOn) in transactions of 500
 * rows, several at a time. Where the process dies meanwhile, the same request goes on with those that are missing; a roster
 * that is imported again changes nothing.
 */
export async function importRoster(registry: RegistryClient, write: WriteRequest, upload: Upload, roster: LicenceRoster, progress: RosterProgress = () => Promise.resolve()): Promise<RosterImport> {
  const run = new RosterRun(registry, write, roster, progress);
  const file = upload.open();
  try {
    for await (const row of csvRows(file)) await run.take(row);

    return await run.end();
  } finally {
    file.destroy();
    await run.quiet();
  }
}

class RosterRun {
  readonly #registry: RegistryClient;
  readonly #write: WriteRequest;
  readonly #roster: LicenceRoster;
  readonly #progress: RosterProgress;
  readonly #unmapped = new Map<string, number>();
  readonly #refused: RefusedRow[] = [];
  readonly #proofs: Proof[] = [];
  readonly #counts = { rows: 0, issued: 0, alreadyRecorded: 0, refused: 0, unknown: 0 };
  readonly #underWay: UnderWay[] = [];
  #batch: ReadRow[] = [];
  #batches = 0;
  #untold: RefusedRow[] = [];

  constructor(registry: RegistryClient, write: WriteRequest, roster: LicenceRoster, progress: RosterProgress) {
    this.#registry = registry;
    this.#write = write;
    this.#roster = roster;
    this.#progress = progress;
  }

  async take({ number, fields }: CsvRow): Promise<void> {
    this.#counts.rows += 1;
    try {
      const licence = licenceOfRow(parse(licenceRosterRowShape, fields), this.#roster);
      if (licence.status === 'UNKNOWN') this.#noteUnmapped(fields['status'] ?? '');
      this.#batch.push({ row: number, item: { ...licence, actionId: actionIdOf(this.#write, number) } });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#refuse({ row: number, code: error.code, ...(error.details.issues === undefined ? {} : { issues: error.details.issues }) });
    }
    if (this.#batch.length === rowsPerBatch) await this.#send();
  }

  async end(): Promise<RosterImport> {
    await this.#send();
    while (this.#underWay.length > 0) await this.#settleOldest();
    await this.#tell();
    const unmapped = [...this.#unmapped].map(([word, rows]) => ({ word, rows })).sort((a, b) => b.rows - a.rows);

    return { counts: this.#counts, unmapped, refused: this.#refused, proofs: this.#proofs };
  }

  /** Resolves when nothing is under way any more, whatever became of it. */
  async quiet(): Promise<void> {
    await Promise.allSettled(this.#underWay.map(({ answer }) => answer));
  }

  /** A licence that stands in two transactions is the one of the earlier row, so the later waits for it. */
  async #send(): Promise<void> {
    const rows = this.#batch;
    if (rows.length === 0) return;
    this.#batch = [];
    const ids = rows.map(({ item }) => licenceId(item.licence));
    while (this.#underWay.length >= mostUnderWay || this.#underWay.some(({ licences }) => ids.some((id) => licences.has(id)))) await this.#settleOldest();
    this.#batches += 1;
    const answer = this.#registry.issueLicences(this.#write, { items: rows.map(({ item }) => item) }, `roster ${this.#batches}`);
    // It is awaited in its turn; until then a refusal is nobody's.
    answer.catch(() => undefined);
    this.#underWay.push({ rows, licences: new Set(ids), answer });
  }

  /** In the order of the roster, so that the counts are those of one after the other. */
  async #settleOldest(): Promise<void> {
    const oldest = this.#underWay[0];
    if (oldest === undefined) return;
    const { outcomes, proof } = await oldest.answer;
    this.#underWay.shift();
    this.#proofs.push(proof);
    for (const [index, outcome] of outcomes.entries()) this.#count(outcome, oldest.rows[index]?.row ?? 0);
    await this.#tell();
  }

  async #tell(): Promise<void> {
    const refused = this.#untold;
    this.#untold = [];
    await this.#progress({ ...this.#counts }, refused);
  }

  #count(outcome: ItemOutcome<'ISSUED'>, row: number): void {
    if (outcome.outcome === 'REFUSED') this.#refuse({ row, code: outcome.code, ...(outcome.issues === undefined ? {} : { issues: outcome.issues }) });
    else if (outcome.outcome === 'ISSUED') this.#counts.issued += 1;
    else this.#counts.alreadyRecorded += 1;
  }

  #refuse(refused: RefusedRow): void {
    this.#counts.refused += 1;
    this.#untold.push(refused);
    if (this.#refused.length < mostRefused) this.#refused.push(refused);
  }

  #noteUnmapped(word: string): void {
    this.#counts.unknown += 1;
    this.#unmapped.set(word, (this.#unmapped.get(word) ?? 0) + 1);
  }
}
