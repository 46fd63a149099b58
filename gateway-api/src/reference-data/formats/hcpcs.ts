import type { TableFormat, TableRow } from './format.js';
import { RowFault, cellOf, cellsOf, dateOf } from './rows.js';

/** First line of a service; others go on with its text, or are modifiers. */
const FIRST = '3';
/** Dental codes are the ADA's and not loaded. */
const DENTAL = 'D';

/**
 * HCPCS Level II as CMS publishes it. Fixed columns: code 1 to 5, record type 11, day added 269 to 276, day of termination
 * 285 to 292. Or comma-separated values under the column names HCPC, RECID, ADD DT and TERM DT.
 */
export const hcpcsFormat: TableFormat = {
  headerLines: 20,
  isHeading: (text) => /^"?HCPC"?,/i.test(text),
  isRow: (text) => /^[A-Z]\d{4}\d{5}[3478]/.test(text),
  read: (text, heading) => (heading.length === 0 ? fixed(text) : separated(text, heading)),
};

function fixed(text: string): TableRow | undefined {
  return rowOf({ code: text.slice(0, 5), type: text.slice(10, 11), added: text.slice(268, 276), ended: text.slice(284, 292) });
}

function separated(text: string, heading: readonly string[]): TableRow | undefined {
  const cells = cellsOf(text);
  const named = (name: string): string => cells[heading.findIndex((one) => one.toUpperCase() === name)] ?? '';

  return rowOf({ code: named('HCPC'), type: named('RECID'), added: named('ADD DT'), ended: named('TERM DT') });
}

function rowOf({ code, type, added, ended }: { readonly code: string; readonly type: string; readonly added: string; readonly ended: string }): TableRow | undefined {
  if (!/^[3478]$/.test(type)) throw new RowFault('record type');
  if (type !== FIRST || code.startsWith(DENTAL)) return undefined;
  const [from, thru] = [dateOf(added, 'day added'), dateOf(ended, 'day of termination')];

  return { key: cellOf(code, 'code', /^[A-Z]\d{4}$/), entry: { type: 'code', ...(from !== undefined && { from }), ...(thru !== undefined && { thru }) } };
}
