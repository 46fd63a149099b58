import type { TableFormat } from './format.js';
import { cellOf, cellsOf } from './rows.js';

/**
 * CMS's medically unlikely edits: comma-separated values after lines of copyright notice and the column names. Columns: code,
 * units, adjudication indicator (`2 Date of Service Edit: Policy`), rationale.
 */
export const mueFormat: TableFormat = {
  headerLines: 15,
  isHeading: (text) => /^"?HCPCS/i.test(text),
  read: (text) => {
    const [code, most, indicator] = cellsOf(text);

    return {
      key: cellOf(code, 'code', /^[A-Z0-9]{5}$/),
      entry: { type: 'units', most: Number(cellOf(most, 'units', /^\d{1,6}$/)), indicator: cellOf(indicator, 'adjudication indicator', /^[123]\b/).slice(0, 1) as '1' | '2' | '3' },
    };
  },
};
