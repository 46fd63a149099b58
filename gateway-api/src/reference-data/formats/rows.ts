import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { isPlainDate } from '@medaccord/domain';

/** A line of a file, with its number from 1. */
export interface FileLine {
  readonly number: number;
  readonly text: string;
}

/** What is wrong with a line: the number, and the column by its name in the file. Never the value, which may be licensed. */
export interface LineFault {
  readonly line: number;
  readonly column: string;
}

/** A row that cannot be read. */
export class RowFault extends Error {
  readonly column: string;

  constructor(column: string) {
    super(column);
    this.column = column;
  }
}

/** The lines of a file that are not blank; a byte order mark is skipped. */
export async function* linesOf(file: Readable): AsyncGenerator<FileLine> {
  let number = 0;
  for await (const text of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() !== '') yield { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text };
  }
}

/** The cells of a line of comma-separated values, with quotes as RFC 4180 has them; a cell does not run over lines. */
export function cellsOf(text: string): readonly string[] {
  const cells: string[] = [];
  let [cell, quoted] = ['', false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"' && quoted && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }

  return [...cells, cell.trim()];
}

/** A cell that must match; throws `RowFault` with the column otherwise. */
export function cellOf(text: string | undefined, column: string, pattern: RegExp): string {
  const cell = (text ?? '').trim();
  if (!pattern.test(cell)) throw new RowFault(column);

  return cell;
}

/** A date as files have it, 20260131 or 2026-01-31; undefined for a blank, a star or zeros. */
export function dateOf(text: string | undefined, column: string): string | undefined {
  const cell = (text ?? '').trim();
  if (cell === '' || cell === '*' || /^0+$/.test(cell)) return undefined;
  const date = cell.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  if (!isPlainDate(date)) throw new RowFault(column);

  return date;
}

/** A date that must be there. */
export function requiredDate(text: string | undefined, column: string): string {
  const date = dateOf(text, column);
  if (date === undefined) throw new RowFault(column);

  return date;
}
