import type { Readable } from 'node:stream';
import { invalidInput, issue } from '@medaccord/domain';
import type { ReferenceEntry } from '@medaccord/domain';
import type { TableFormat, TableRow } from './formats/format.js';
import { RowFault, cellsOf, linesOf } from './formats/rows.js';
import type { FileLine, LineFault } from './formats/rows.js';

/** The entries of a file, in order of their keys. */
export interface ReadTable {
  readonly entries: readonly TableRow[];
  /** Lines that are not blank. */
  readonly lines: number;
  /** Rows that the table does not take, such as dental codes. */
  readonly skipped: number;
}

/** More faults than this are not told: the file is another one. */
const MOST_FAULTS = 100;
/** Lines between two words of progress. */
const PROGRESS = 100_000;

/**
 * Reads a publisher's file. A file is taken as a whole or not at all: throws INVALID_INPUT with the line and the column of
 * each fault, where one key is said twice with different entries, and for a file without a row.
 */
export async function readTable(file: Readable, format: TableFormat, progress: (lines: number) => void = () => undefined): Promise<ReadTable> {
  const reading = new TableReading(format);
  for await (const line of linesOf(file)) {
    reading.take(line);
    if (reading.lines % PROGRESS === 0) progress(reading.lines);
  }

  return reading.result();
}

class TableReading {
  readonly #format: TableFormat;
  readonly #entries = new Map<string, ReferenceEntry>();
  readonly #faults: LineFault[] = [];
  #heading: readonly string[] | undefined;
  #skipped = 0;
  lines = 0;

  constructor(format: TableFormat) {
    this.#format = format;
  }

  take(line: FileLine): void {
    this.lines += 1;
    if (this.#heading === undefined && this.#isBeforeRows(line)) return;
    if (this.#faults.length >= MOST_FAULTS) return;
    try {
      this.#add(line.number, this.#format.read(line.text, this.#heading ?? []));
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      this.#faults.push({ line: line.number, column: error.column });
    }
  }

  result(): ReadTable {
    if (this.#faults.length > 0) throw invalidInput(this.#faults.map(({ line, column }) => issue('WRONG_FORMAT', `/lines/${line}/${column}`)));
    if (this.#entries.size === 0) throw invalidInput([issue('TOO_SHORT', '/lines')]);
    const entries = [...this.#entries].sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, entry]) => ({ key, entry }));

    return { entries, lines: this.lines, skipped: this.#skipped };
  }

  /** True for the lines above the rows; remembers the column names. More of them than the format has are rows with faults. */
  #isBeforeRows({ text }: FileLine): boolean {
    if (this.#format.isHeading?.(text) === true) {
      this.#heading = cellsOf(text);
      return true;
    }
    const isRow = this.#format.isRow?.(text) === true || this.lines > this.#format.headerLines;
    if (isRow) this.#heading = [];

    return !isRow;
  }

  #add(line: number, row: TableRow | undefined): void {
    if (row === undefined) {
      this.#skipped += 1;
      return;
    }
    const known = this.#entries.get(row.key);
    const joined = known === undefined ? row.entry : join(known, row.entry);
    if (joined === undefined) this.#faults.push({ line, column: 'code' });
    else this.#entries.set(row.key, joined);
  }
}

/** Two rows of one key: periods stand beside each other, equal rows are one, anything else contradicts itself. */
function join(known: ReferenceEntry, next: ReferenceEntry): ReferenceEntry | undefined {
  if (known.type === 'pair' && next.type === 'pair') return { type: 'pair', periods: [...known.periods, ...next.periods] };

  return JSON.stringify(known) === JSON.stringify(next) ? known : undefined;
}
