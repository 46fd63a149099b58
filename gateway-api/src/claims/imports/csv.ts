import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse/sync';
import { invalidInput, issue, reject } from '@medaccord/domain';
import type { Issue, Shape } from '@medaccord/domain';

/** A row of a file, with the line of the file on which it stands (the header is line 1). */
export interface Row<T> {
  readonly line: number;
  readonly value: T;
}

const MOST_ISSUES = 1000;

/**
 * Reads a file of comma-separated values (RFC 4180, UTF-8) with a header, whole: what is wrong anywhere is told with line and
 * column before anything is loaded. An empty value counts as left out. Throws INVALID_INPUT with paths `/lines/<n>/<column>`.
 */
export async function readCsv<T>(file: Readable, shape: Shape<T>): Promise<readonly Row<T>[]> {
  const issues: Issue[] = [];
  const [header, ...records] = recordsOf(await textOf(file));
  if (header === undefined || records.length === 0) throw invalidInput([issue('TOO_FEW', '/lines')]);
  const rows = records.map(({ line, fields }) => {
    const path = `/lines/${line}`;
    if (issues.length < MOST_ISSUES && fields.length !== header.fields.length) reject(issues, fields.length < header.fields.length ? 'TOO_FEW' : 'TOO_MANY', path);
    const given = header.fields.flatMap((name, index): [string, string][] => (fields[index] === undefined || fields[index] === '' ? [] : [[name, fields[index]]]));

    return { line, value: issues.length < MOST_ISSUES ? shape(Object.fromEntries(given), path, issues) : (undefined as T) };
  });
  if (issues.length > 0) throw invalidInput(issues.slice(0, MOST_ISSUES));

  return rows;
}

/** A whole number as text, not below a minimum. */
export function wholeNumber(minimum: number): Shape<number> {
  return (value, path, issues) => {
    if (value === undefined) return reject(issues, 'REQUIRED', path);
    if (typeof value !== 'string' || !/^-?\d{1,15}$/.test(value)) return reject(issues, 'NOT_AN_INTEGER', path);

    return Number(value) < minimum ? reject(issues, 'TOO_SMALL', path) : Number(value);
  };
}

/** Rows of the same key that follow each other. */
export function grouped<T>(rows: readonly Row<T>[], keyOf: (value: T) => string): readonly (readonly Row<T>[])[] {
  const groups: Row<T>[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0].value) === keyOf(row.value)) last.push(row);
    else groups.push([row]);
  }

  return groups;
}

async function textOf(file: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk as Buffer);

  return Buffer.concat(chunks).toString('utf8');
}

interface Fields {
  /** The line on which the record begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a text; throws INVALID_INPUT with the line of a broken quote. */
function recordsOf(text: string): readonly Fields[] {
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as readonly unknown[] as readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];

    return records.map(({ record, info }) => ({ line: info.lines - breaksIn(record), fields: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw invalidInput([issue('WRONG_FORMAT', `/lines/${String(error['lines'])}`)]);
  }
}

/** A record is told by the line on which it ends. */
function breaksIn(record: readonly string[]): number {
  return record.reduce((breaks, value) => breaks + value.split('\n').length - 1, 0);
}
