import { isPlainDate } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { invalidInput, issue } from '../shared/errors.js';
import type { Issue } from '../shared/errors.js';
import type { IssueCode } from '../shared/error-codes.js';
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
  const wrong = (code: IssueCode, column: string): undefined => void issues.push(issue(code, `/${column}`));
  for (const column of LEIE_COLUMNS) if (row[column] === undefined) wrong('REQUIRED', column);
  const cell = (column: string): string => (row[column] ?? '').trim();
  const date = (column: string): PlainDate | undefined => {
    const read = leieDate(cell(column));
    return read === null ? wrong('NOT_A_DATE', column) : read;
  };
  const npi = cell('NPI');
  const hasNpi = npi !== '' && npi !== NO_NPI;
  if (hasNpi && !isNpi(npi)) wrong('CHECK_DIGIT', 'NPI');
  if (cell('LASTNAME') === '' && cell('BUSNAME') === '') wrong('REQUIRED', 'LASTNAME');
  const excludedOn = date('EXCLDATE') ?? wrong('REQUIRED', 'EXCLDATE') ?? '';
  const read: ExclusionRow = {
    lastName: cell('LASTNAME'), firstName: cell('FIRSTNAME'), middleName: cell('MIDNAME'), businessName: cell('BUSNAME'), general: cell('GENERAL'), specialty: cell('SPECIALTY'), upin: cell('UPIN'),
    ...present('npi', hasNpi ? npi : undefined),
    ...present('birthDate', date('DOB')),
    address: cell('ADDRESS'), city: cell('CITY'), state: cell('STATE'), zip: cell('ZIP'), type: cell('EXCLTYPE'), excludedOn,
    ...present('reinstatedOn', date('REINDATE')),
    ...present('waivedOn', date('WAIVERDATE')),
    ...present('waiverState', cell('WVRSTATE') === '' ? undefined : cell('WVRSTATE')),
  };
  if (issues.length > 0) throw invalidInput(issues);
  return read;
}

/** How the files write that there is no NPI. */
const NO_NPI = '0000000000';

/** YYYYMMDD; undefined where there is none (empty, `00000000`), null where it is no date. */
function leieDate(text: string): PlainDate | undefined | null {
  if (text === '' || text === '00000000') return undefined;
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  return /^\d{8}$/.test(text) && isPlainDate(date) ? date : null;
}
