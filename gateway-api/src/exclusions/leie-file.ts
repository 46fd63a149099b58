import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { CsvError, Info } from 'csv-parse';
import { DomainError, issue, LEIE_COLUMNS, readLeieRow } from '@medaccord/domain';
import type { ExclusionFile, ExclusionRow, Issue } from '@medaccord/domain';

/** A line of a file: a row, or what is wrong with it, each issue under `/lines/<line>/<column>`. */
export type LeieLine = { readonly row: ExclusionRow } | { readonly issues: readonly Issue[] };

interface ParsedRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: Info;
}

/**
 * Reads a full or monthly file of the OIG as published, as a stream: line 1 names the columns. Throws
 * EXCLUSION_FILE_INVALID at once where a column is missing, as then it is another kind of file.
 */
export async function* readLeieFile(file: Readable, kind: ExclusionFile): AsyncGenerator<LeieLine> {
  const skipped: LeieLine[] = [];
  const parser = parse({ bom: true, columns: columnsOf, info: true, skip_empty_lines: true, skip_records_with_error: true, trim: true });
  parser.on('skip', ({ lines }: CsvError) => skipped.push({ issues: [issue('WRONG_FORMAT', `/lines/${String(lines)}`)] }));
  // What goes wrong on the way ends the parser, and so the loop.
  pipeline(file, parser, () => undefined);
  for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
    yield* skipped.splice(0);
    yield lineOf(record, info.lines, kind);
  }
  yield* skipped;
}

/** Columns may come in any order; all must be there. */
function columnsOf(header: string[]): string[] {
  const missing = LEIE_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new DomainError('EXCLUSION_FILE_INVALID', { issues: missing.map((column) => issue('REQUIRED', `/lines/1/${column}`)) });

  return header;
}

function lineOf(record: Readonly<Record<string, string>>, line: number, kind: ExclusionFile): LeieLine {
  try {
    const row = readLeieRow(record);
    if (kind === 'reinstatements' && row.reinstatedOn === undefined) return { issues: [issue('REQUIRED', `/lines/${line}/REINDATE`)] };

    return { row };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;

    return { issues: (error.details.issues ?? []).map(({ code, path }) => issue(code, `/lines/${line}${path}`)) };
  }
}
