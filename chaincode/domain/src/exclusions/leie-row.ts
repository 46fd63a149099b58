import { isPlainDate } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { invalidInput, issue } from '../shared/errors.js';
import type { Issue } from '../shared/errors.js';
import { isNpi } from '../shared/ids.js';
import type { Npi } from '../shared/ids.js';
import { present } from '../shared/present.js';

/** Columns of the List of Excluded Individuals and Entities, as the files of the OIG name them. */
export const LEIE_COLUMNS = [
  'LASTNAME', 'FIRSTNAME', 'MIDNAME', 'BUSNAME', 'GENERAL', 'SPECIALTY', 'UPIN', 'NPI', 'DOB', 'ADDRESS', 'CITY', 'STATE', 'ZIP', 'EXCLTYPE', 'EXCLDATE', 'REINDATE', 'WAIVERDATE', 'WVRSTATE',
] as const;

/** One exclusion, of a person or of a business. */
export interface ExclusionRow {
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly businessName: string;
  readonly general: string;
  readonly specialty: string;
  readonly upin: string;
  /** Three of four rows have none (`0000000000`). */
  readonly npi?: Npi;
  readonly birthDate?: PlainDate;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  /** The section of the Social Security Act, such as `1128b4`: the licence was revoked or suspended. */
  readonly type: string;
  readonly excludedOn: PlainDate;
  readonly reinstatedOn?: PlainDate;
  readonly waivedOn?: PlainDate;
  readonly waiverState?: string;
}

/**
 * Reads a row of the full or of a monthly file; both have the same columns. Throws INVALID_INPUT with every issue under
 * the name of the column, never with its value.
 */
export function readLeieRow(row: Readonly<Record<string, string | undefined>>): ExclusionRow {
  const issues: Issue[] = [];
  for (const column of LEIE_COLUMNS) if (row[column] === undefined) issues.push(issue('REQUIRED', `/${column}`));
  const cell = (column: (typeof LEIE_COLUMNS)[number]): string => (row[column] ?? '').trim();
  const date = (column: (typeof LEIE_COLUMNS)[number]): PlainDate | undefined => leieDate(cell(column), `/${column}`, issues);
  if (cell('LASTNAME') === '' && cell('BUSNAME') === '') issues.push(issue('REQUIRED', '/LASTNAME'));
  const excludedOn = date('EXCLDATE');
  const read: Omit<ExclusionRow, 'excludedOn'> = {
    lastName: cell('LASTNAME'), firstName: cell('FIRSTNAME'), middleName: cell('MIDNAME'), businessName: cell('BUSNAME'), general: cell('GENERAL'), specialty: cell('SPECIALTY'), upin: cell('UPIN'),
    ...present('npi', leieNpi(cell('NPI'), issues)),
    ...present('birthDate', date('DOB')),
    address: cell('ADDRESS'), city: cell('CITY'), state: cell('STATE'), zip: cell('ZIP'), type: cell('EXCLTYPE'),
    ...present('reinstatedOn', date('REINDATE')),
    ...present('waivedOn', date('WAIVERDATE')),
    ...present('waiverState', cell('WVRSTATE') === '' ? undefined : cell('WVRSTATE')),
  };
  if (excludedOn === undefined) throw invalidInput([...issues, issue('REQUIRED', '/EXCLDATE')]);
  if (issues.length > 0) throw invalidInput(issues);
  return { ...read, excludedOn };
}

/** How the files write that there is no NPI. */
const NO_NPI = '0000000000';

function leieNpi(npi: string, issues: Issue[]): Npi | undefined {
  if (npi === '' || npi === NO_NPI) return undefined;
  if (!isNpi(npi)) issues.push(issue('CHECK_DIGIT', '/NPI'));
  return npi;
}

/** YYYYMMDD; undefined where there is none (empty, `00000000`). */
function leieDate(text: string, path: string, issues: Issue[]): PlainDate | undefined {
  if (text === '' || text === '00000000') return undefined;
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  if (/^\d{8}$/.test(text) && isPlainDate(date)) return date;
  issues.push(issue('NOT_A_DATE', path));
  return undefined;
}
