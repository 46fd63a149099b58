import { pairKey } from '@medaccord/domain';
import type { TableFormat } from './format.js';
import { RowFault, cellOf, dateOf, requiredDate } from './rows.js';

const code = /^[A-Z0-9]{5}$/;

/**
 * CMS's procedure-to-procedure edits: text with tabs after at most six lines of notice and column names. Columns: column 1,
 * column 2, existed before 1996, effective, deleted, modifier indicator, rationale. The parts of a quarter are loaded as
 * one file, one after the other without their headers.
 */
export const ncciPtpFormat: TableFormat = {
  headerLines: 6,
  isRow: (text) => text.split('\t').slice(0, 2).every((cell) => code.test(cell.trim())),
  read: (text) => {
    const [first, second, , effective, deletion, modifier] = text.split('\t');
    const [pays, other] = [cellOf(first, 'column 1', code), cellOf(second, 'column 2', code)];
    if (pays === other) throw new RowFault('column 2');
    const thru = dateOf(deletion, 'deletion date');
    const period = { pays, from: requiredDate(effective, 'effective date'), ...(thru !== undefined && { thru }), modifier: indicatorOf(modifier) };

    return { key: pairKey(pays, other), entry: { type: 'pair', periods: [period] } };
  },
};

function indicatorOf(text: string | undefined): '0' | '1' | '9' {
  return cellOf(text, 'modifier indicator', /^[019]$/) as '0' | '1' | '9';
}
