import { LEIE_COLUMNS, npiCheckDigit } from '@medaccord/domain';
import type { ScreenedPerson } from '@medaccord/domain';

type Column = (typeof LEIE_COLUMNS)[number];

/** A row as the files have it. */
export type RawRow = Readonly<Record<Column, string>>;

/** Jul 2022 to Jun 2023. */
export const MONTHS: readonly string[] = ['2022-07', '2022-08', '2022-09', '2022-10', '2022-11', '2022-12', '2023-01', '2023-02', '2023-03', '2023-04', '2023-05', '2023-06'];

/** One month's two files. */
export interface Supplement {
  readonly month: string;
  readonly exclusions: readonly RawRow[];
  readonly reinstatements: readonly RawRow[];
}

export function rawRow(changes: Partial<RawRow>): RawRow {
  const blank = Object.fromEntries(LEIE_COLUMNS.map((column) => [column, ''])) as Record<Column, string>;

  return { ...blank, NPI: '0000000000', DOB: '19700102', STATE: 'CA', ZIP: '90001', EXCLTYPE: '1128b4', REINDATE: '00000000', WAIVERDATE: '00000000', ...changes };
}

/** The file as the OIG publishes it: a line of names, quoted values, CRLF. */
export function csvOf(rows: readonly RawRow[]): string {
  const line = (values: readonly string[]): string => `${values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`;

  return [LEIE_COLUMNS.join(',') + '\r\n', ...rows.map((row) => line(LEIE_COLUMNS.map((column) => row[column])))].join('');
}

/** What the full file of June 2022 holds: five persons excluded in 2021, the fifth of whom the next full file silently drops. */
export const BEFORE: readonly RawRow[] = [0, 1, 2, 3, 4].map((index) => rawRow({ LASTNAME: `EARLIER${letter(index)}`, FIRSTNAME: 'PAT', EXCLDATE: `20210${index + 1}20` }));

/**
 * Month by month: eight persons excluded on the 20th of the next month (files run ahead), every fourth with an NPI; one
 * excluded three months back, after a settlement; from the fourth month on, one of three months before reinstated. One of
 * October has a waiver in Alaska.
 */
export const SUPPLEMENTS: readonly Supplement[] = MONTHS.map((month, index) => ({
  month,
  exclusions: [...Array.from({ length: 8 }, (_, person) => excluded(index, person)), backDated(index)],
  reinstatements: index < 3 ? [] : [{ ...excluded(index - 3, 0), REINDATE: `${month.replace('-', '')}15` }],
}));

/** The person of a row as an organisation would know the same person. */
export function personOf(row: RawRow, npi = '1003357849'): ScreenedPerson {
  return { npi: row.NPI === '0000000000' ? npi : row.NPI, familyNames: [row.LASTNAME], givenName: row.FIRSTNAME, birthDate: '1970-01-02', states: ['CA'], zips: ['90001'] };
}

/** A date of the files as `YYYY-MM-DD`. */
export function dateOf(compact: string): string {
  return `${compact.slice(0, 4)}-${compact.slice(4, 6)}-${compact.slice(6)}`;
}

function excluded(index: number, person: number): RawRow {
  const nine = `1${String(index * 10 + person).padStart(8, '0')}`;

  return rawRow({
    LASTNAME: `FAMILY${letter(index)}`,
    FIRSTNAME: `GIVEN${letter(person)}`,
    EXCLDATE: `${(MONTHS[index + 1] ?? '2023-07').replace('-', '')}20`,
    ...(person % 4 === 0 && { NPI: `${nine}${npiCheckDigit(nine)}` }),
    ...(index === 3 && person === 1 && { WAIVERDATE: '20221201', WVRSTATE: 'AK' }),
  });
}

function backDated(index: number): RawRow {
  const month = ['2022-04', '2022-05', '2022-06', ...MONTHS][index] ?? '';

  return rawRow({ LASTNAME: `SETTLED${letter(index)}`, FIRSTNAME: 'SAM', EXCLDATE: `${month.replace('-', '')}10`, EXCLTYPE: '1128b7' });
}

function letter(index: number): string {
  return String.fromCharCode(65 + index);
}

/** A file of a folder as the OIG publishes it. */
export interface PublishedFile {
  readonly name: string;
  readonly file: 'full' | 'exclusions' | 'reinstatements';
  readonly month: string;
}

/** The OIG's own names: supplements `2207EXCL.csv` and `2207REIN.csv`, the whole list `UPDATED.csv`, which is as new as they are. */
export function publishedFiles(names: readonly string[]): readonly PublishedFile[] {
  const supplements = names.flatMap((name): readonly PublishedFile[] => {
    const [, year = '', month = '', kind = ''] = /^(\d\d)(\d\d)(excl|rein)\.csv$/i.exec(name) ?? [];
    return kind === '' ? [] : [{ name, file: kind.toLowerCase() === 'excl' ? 'exclusions' : 'reinstatements', month: `20${year}-${month}` }];
  });
  const inOrder = supplements.sort((left, right) => (left.month + left.file < right.month + right.file ? -1 : 1));
  const newest = inOrder.at(-1)?.month ?? new Date().toISOString().slice(0, 7);

  return [...inOrder, ...names.filter((name) => /^updated\.csv$/i.test(name)).map((name) => ({ name, file: 'full' as const, month: newest }))];
}
