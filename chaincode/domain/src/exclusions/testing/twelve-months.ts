import { npiCheckDigit } from '../../shared/ids.js';
import { LEIE_COLUMNS, readLeieRow } from '../leie-row.js';
import type { ExclusionRow } from '../leie-row.js';
import type { MonthlySupplement } from '../excluded-on.js';

/** Jul 2022 to Jun 2023. */
export const MONTHS: readonly string[] = ['2022-07', '2022-08', '2022-09', '2022-10', '2022-11', '2022-12', '2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'];

/** A row as the file has it. */
export function rowOf(changes: Partial<Record<(typeof LEIE_COLUMNS)[number], string>>): Readonly<Record<string, string>> {
  const blank = Object.fromEntries(LEIE_COLUMNS.map((column) => [column, '']));
  return { ...blank, NPI: '0000000000', DOB: '19700102', STATE: 'CA', ZIP: '90001', EXCLTYPE: '1128b4', REINDATE: '00000000', WAIVERDATE: '00000000', ...changes };
}

const compact = (month: string, day: string): string => `${month.replace('-', '')}${day}`;
const after = (index: number): string => MONTHS[index + 1] ?? '2023-07';

/**
 * Month by month: eight persons excluded on the 20th of the next month (files run ahead), every fourth with an NPI; one
 * excluded three months back; from the fourth month on, one of three months before reinstated. One of October has a waiver.
 */
export function supplements(): readonly MonthlySupplement[] {
  return MONTHS.map((month, index) => ({
    month,
    exclusions: [...Array.from({ length: 8 }, (_, person) => newExclusion(index, person)), backdated(index)],
    reinstatements: index < 3 ? [] : [readLeieRow({ ...rawExclusion(index - 3, 0), REINDATE: compact(month, '15') })],
  }));
}

function newExclusion(index: number, person: number): ExclusionRow {
  return readLeieRow(rawExclusion(index, person));
}

function rawExclusion(index: number, person: number): Readonly<Record<string, string>> {
  const nine = `1${String(index * 10 + person).padStart(8, '0')}`;
  return rowOf({
    LASTNAME: `FAMILY${String.fromCharCode(65 + index)}`, FIRSTNAME: `GIVEN${String.fromCharCode(65 + person)}`,
    EXCLDATE: compact(after(index), '20'),
    ...(person % 4 === 0 && { NPI: `${nine}${npiCheckDigit(nine)}` }),
    ...(index === 3 && person === 1 && { WAIVERDATE: '20221201', WVRSTATE: 'AK' }),
  });
}

/** A settlement: the file of a month names a day three months before it. */
function backdated(index: number): ExclusionRow {
  const months = ['2022-04', '2022-05', '2022-06', ...MONTHS];
  return readLeieRow(rowOf({ LASTNAME: 'BACK', FIRSTNAME: `DATED${String.fromCharCode(65 + index)}`, EXCLDATE: compact(months[index] ?? '', '10'), EXCLTYPE: '1128b7' }));
}
