import { DomainError, LEIE_COLUMNS, present, readLeieRow } from '@medaccord/domain';
import type { ExclusionRow } from '@medaccord/domain';
import type { TableFormat } from './format.js';
import { RowFault, cellsOf } from './rows.js';

/** The OIG's list of excluded individuals and entities. Rows without an NPI cannot be found by one and are not taken. */
export const exclusionsFormat: TableFormat = {
  headerLines: 5,
  isHeading: (text) => cellsOf(text)[0]?.toUpperCase() === LEIE_COLUMNS[0],
  read: (text, heading) => {
    const cells = cellsOf(text);
    const { npi, excludedOn, reinstatedOn, waivedOn, waiverState } = rowOf(Object.fromEntries(heading.map((column, index) => [column.toUpperCase(), cells[index]])));
    if (npi === undefined) return undefined;

    return { key: npi, entry: { type: 'exclusion', periods: [{ excludedOn, ...present('reinstatedOn', reinstatedOn), ...present('waivedOn', waivedOn), ...present('waiverState', waiverState) }] } };
  },
};

function rowOf(row: Readonly<Record<string, string | undefined>>): ExclusionRow {
  try {
    return readLeieRow(row);
  } catch (error) {
    const [first] = error instanceof DomainError ? ((error.details['issues'] ?? []) as readonly { readonly path: string }[]) : [];
    throw first === undefined ? error : new RowFault(first.path.replace('/', ''));
  }
}
