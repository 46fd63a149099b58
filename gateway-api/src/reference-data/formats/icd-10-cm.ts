import type { TableFormat } from './format.js';
import { cellOf } from './rows.js';

/**
 * The order file of ICD-10-CM, in fixed columns: order number 1 to 5, code 7 to 13, and in 15 whether it may be billed (1) or
 * is a heading (0).
 */
export const icd10CmFormat: TableFormat = {
  headerLines: 0,
  isRow: () => true,
  read: (text) => {
    cellOf(text.slice(0, 5), 'order number', /^\d{5}$/);
    const isBillable = cellOf(text.slice(14, 15), 'valid', /^[01]$/) === '1';

    return { key: cellOf(text.slice(6, 13), 'code', /^[A-Z][A-Z0-9]{2,6}$/), entry: { type: 'code', ...(!isBillable && { heading: true }) } };
  },
};
