import { present } from '@medaccord/domain';
import type { TableFormat, TableRow } from './format.js';
import { RowFault, cellOf, cellsOf, dateOf } from './rows.js';

/** The cells of a line by the names of their columns. */
type Named = (column: string) => string;

/** Comma-separated values under column names of which the first is `code`; further columns are not looked at. */
function listOf(read: (named: Named, code: string) => TableRow | undefined): TableFormat {
  return {
    headerLines: 20,
    isHeading: (text) => /^"?code"?(,|$)/i.test(text),
    read: (text, heading) => {
      const cells = cellsOf(text);
      const named: Named = (column) => cells[heading.findIndex((one) => one.toLowerCase() === column)] ?? '';

      return read(named, named('code').toUpperCase());
    },
  };
}

/** The days between which a row is valid. */
function daysOf(named: Named): { readonly from?: string; readonly thru?: string } {
  const [from, thru] = [dateOf(named('effective'), 'effective'), dateOf(named('termination'), 'termination')];
  if (from !== undefined && thru !== undefined && thru < from) throw new RowFault('termination');

  return { ...(from !== undefined && { from }), ...(thru !== undefined && { thru }) };
}

/** A list of codes: `code,effective,termination`. */
export function codeListFormat(pattern: RegExp): TableFormat {
  return listOf((named, code) => ({ key: cellOf(code, 'code', pattern), entry: { type: 'code', ...daysOf(named) } }));
}

/** Places of service: `code,name`; ranges and unassigned codes are not taken. */
export const placeOfServiceFormat: TableFormat = listOf((named, code) => {
  if (/^\d{2}-\d{2}$/.test(code) || /^unassigned/i.test(named('name'))) return undefined;

  return { key: cellOf(code, 'code', /^\d{2}$/), entry: { type: 'code', ...daysOf(named) } };
});

/** What the payer wants before a service: `code,effective,termination,authorisation,referral`, the last two Y or N. */
export const requirementFormat: TableFormat = listOf((named, code) => ({
  key: cellOf(code, 'code', /^[A-Z0-9]{5}$/),
  entry: { type: 'requirement', ...daysOf(named), authorisation: isYes(named, 'authorisation'), referral: isYes(named, 'referral') },
}));

/**
 * What the payer expects of a code: `code,modifiers,places,youngest,oldest,sex,diagnoses,taxonomies,add_on_to,global_days,
 * visit`. Lists have blanks between; an empty cell is not looked at.
 */
export const serviceRulesFormat: TableFormat = listOf((named, code) => {
  const globalDays = whole(named, 'global_days', /^(|0|10|90)$/);

  return {
    key: cellOf(code, 'code', /^[A-Z0-9]{5}$/),
    entry: {
      type: 'service',
      ...words(named, 'modifiers', 'modifiers'), ...words(named, 'places', 'places'), ...patientOf(named),
      ...words(named, 'diagnoses', 'diagnoses'), ...words(named, 'taxonomies', 'taxonomies'), ...words(named, 'add_on_to', 'addOnTo'),
      ...(globalDays !== undefined && { globalDays: globalDays as 0 | 10 | 90 }),
      ...(named('visit') !== '' && { visit: isYes(named, 'visit') }),
    },
  };
});

/** What a diagnosis says of the patient: `code,youngest,oldest,sex`. */
export const diagnosisRulesFormat: TableFormat = listOf((named, code) => ({
  key: cellOf(code.replace('.', ''), 'code', /^[A-Z][A-Z0-9]{2,6}$/),
  entry: { type: 'diagnosis', ...patientOf(named) },
}));

function patientOf(named: Named): { readonly youngest?: number; readonly oldest?: number; readonly sex?: 'F' | 'M' } {
  const [youngest, oldest] = [whole(named, 'youngest', /^\d{0,3}$/), whole(named, 'oldest', /^\d{0,3}$/)];
  const sex = cellOf(named('sex'), 'sex', /^[FM]?$/);

  return { ...(youngest !== undefined && { youngest }), ...(oldest !== undefined && { oldest }), ...(sex !== '' && { sex: sex as 'F' | 'M' }) };
}

function whole(named: Named, column: string, pattern: RegExp): number | undefined {
  const cell = cellOf(named(column), column, pattern);

  return cell === '' ? undefined : Number(cell);
}

function words<K extends string>(named: Named, column: string, field: K): Partial<Record<K, readonly string[]>> {
  const cell = cellOf(named(column), column, /^([A-Z0-9]{1,10}|\*)?( +([A-Z0-9]{1,10}|\*))*$/);

  return present(field, cell === '' ? undefined : cell.split(/ +/));
}

function isYes(named: Named, column: string): boolean {
  return cellOf(named(column), column, /^[YN]$/) === 'Y';
}
