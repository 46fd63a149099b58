import { Readable } from 'node:stream';
import { DomainError } from '@medaccord/domain';
import { readTable } from '../read-table.js';
import type { ReadTable } from '../read-table.js';
import { FORMATS } from './formats.js';
import { cellsOf } from './rows.js';

const read = (table: keyof typeof FORMATS, ...lines: readonly string[]): Promise<ReadTable> => readTable(Readable.from([lines.join('\r\n')]), FORMATS[table]);

/** Line and column of each fault. */
async function faultsOf(table: keyof typeof FORMATS, ...lines: readonly string[]): Promise<readonly string[]> {
  try {
    await read(table, ...lines);
  } catch (error) {
    if (error instanceof DomainError) return (error.details['issues'] as readonly { readonly path: string }[]).map(({ path }) => path);
    throw error;
  }

  return [];
}

// Every row here is invented; the layouts are the publishers'.
const PTP = ['Notice', 'Notice', 'Notice', '', 'Column1/Column2 edits', 'Column 1\tColumn 2\t*=before 1996\tEffective\tDeletion\tModifier\tRationale'];
const MUE = ['"Notice, with a comma"', 'Notice', '"HCPCS/CPT Code",Units,Indicator,Rationale'];

/** A record of HCPCS Level II in fixed columns. */
function hcpcs(code: string, type: string, added: string, ended = ''): string {
  return `${code}00100${type}${'INVENTED'.padEnd(257)}${added.padEnd(8)}20260101${ended.padEnd(8)}N`;
}

describe('publishers’ files', () => {
  test('NCCI pairs: both directions under one key, periods beside each other, a star for no deletion', async () => {
    const rows = ['X0002\tX0001\t\t20200101\t*\t1\tinvented', 'X0001\tX0002\t*\t19960101\t20191231\t0\tinvented', 'X0001\tX0003\t\t20200101\t20200101\t9\tinvented'];
    expect(await read('ncci-ptp', ...PTP, ...rows)).toEqual({
      lines: 8, skipped: 0,
      entries: [
        { key: 'X0001/X0002', entry: { type: 'pair', periods: [{ pays: 'X0002', from: '2020-01-01', modifier: '1' }, { pays: 'X0001', from: '1996-01-01', thru: '2019-12-31', modifier: '0' }] } },
        { key: 'X0001/X0003', entry: { type: 'pair', periods: [{ pays: 'X0001', from: '2020-01-01', thru: '2020-01-01', modifier: '9' }] } },
      ],
    });
  });

  test('unlikely units, after the notices', async () => {
    const { entries } = await read('mue', ...MUE, 'X0001,3,"2 Date of Service Edit: Policy","Invented, too"', '"X0002",0,1 Line Edit,x');
    expect(entries).toEqual([{ key: 'X0001', entry: { type: 'units', most: 3, indicator: '2' } }, { key: 'X0002', entry: { type: 'units', most: 0, indicator: '1' } }]);
  });

  test('ICD-10-CM in fixed columns: headings may not be billed', async () => {
    const { entries } = await read('icd-10-cm', '00001 X00     0 Invented', '00002 X000    1 Invented');
    expect(entries).toEqual([{ key: 'X00', entry: { type: 'code', heading: true } }, { key: 'X000', entry: { type: 'code' } }]);
  });

  test.each([
    ['fixed columns', [hcpcs('X0001', '3', '20200101'), hcpcs('X0001', '4', ''), hcpcs('D0001', '3', '20200101'), hcpcs('X0002', '3', '19990101', '20251231')]],
    ['values with commas', ['Notice', 'HCPC,SEQNUM,RECID,"LONG, INVENTED",ADD DT,ACT EFF DT,TERM DT', 'X0001,00100,3,a,20200101,20200101,', 'X0001,00200,4,b,,,', 'D0001,00100,3,c,20200101,,', 'X0002,00100,3,d,19990101,,20251231']],
  ])('HCPCS Level II in %s: one entry a service, no dental codes', async (_, lines) => {
    expect(await read('hcpcs', ...lines)).toMatchObject({
      skipped: 2, entries: [{ key: 'X0001', entry: { type: 'code', from: '2020-01-01' } }, { key: 'X0002', entry: { type: 'code', from: '1999-01-01', thru: '2025-12-31' } }],
    });
  });

  test('places of service without ranges and unassigned ones; licensed lists with days', async () => {
    expect((await read('place-of-service', 'code,name', '11,Invented', '28-30,Unassigned', '27,Unassigned')).entries.map(({ key }) => key)).toEqual(['11']);
    expect((await read('revenue-code', '\uFEFFCode,Effective,Termination', '0100,2020-01-01,20251231')).entries).toEqual([{ key: '0100', entry: { type: 'code', from: '2020-01-01', thru: '2025-12-31' } }]);
  });

  test('the payer’s own: requirements, expectations of codes and of diagnoses', async () => {
    expect((await read('prior-authorisation', 'code,effective,termination,authorisation,referral', 'X0001,,,Y,N')).entries).toEqual([{ key: 'X0001', entry: { type: 'requirement', authorisation: true, referral: false } }]);
    expect((await read('service-rules', 'code,modifiers,places,youngest,oldest,sex,diagnoses,taxonomies,add_on_to,global_days,visit', 'X0001,25 59,11,0,17,F,J0 K,,*,10,N')).entries[0]?.entry).toEqual({
      type: 'service', modifiers: ['25', '59'], places: ['11'], youngest: 0, oldest: 17, sex: 'F', diagnoses: ['J0', 'K'], addOnTo: ['*'], globalDays: 10, visit: false,
    });
    expect((await read('diagnosis-rules', 'code,youngest,oldest,sex', 'X00.0,18,,')).entries).toEqual([{ key: 'X000', entry: { type: 'diagnosis', youngest: 18 } }]);
  });
});

describe('faults', () => {
  test.each<[string, keyof typeof FORMATS, readonly string[], readonly string[]]>([
    ['NCCI: date, modifier, a code with itself', 'ncci-ptp', [...PTP, 'X0001\tX0002\t\t20201301\t*\t1\t', 'X0001\tX0002\t\t20200101\t*\t2\t', 'X0001\tX0001\t\t20200101\t*\t1\t'], ['/lines/7/effective date', '/lines/8/modifier indicator', '/lines/9/column 2']],
    ['NCCI: a part’s header in the middle', 'ncci-ptp', [...PTP, 'X0001\tX0002\t\t20200101\t*\t1\t', 'Notice'], ['/lines/8/column 1']],
    ['MUE: units, indicator', 'mue', [...MUE, 'X0001,many,1 Line Edit,x', 'X0002,1,4 Other,x'], ['/lines/4/units', '/lines/5/adjudication indicator']],
    ['MUE: one code twice with different units', 'mue', [...MUE, 'X0001,1,1 Line,x', 'X0001,1,1 Line,x', 'X0001,2,1 Line,x'], ['/lines/6/code']],
    ['ICD-10-CM: a line of another file', 'icd-10-cm', ['code,effective'], ['/lines/1/order number']],
    ['HCPCS: record type', 'hcpcs', [hcpcs('X0001', '3', '20200101'), hcpcs('X0002', '5', '')], ['/lines/2/record type']],
    ['a list that ends before it begins', 'cpt', ['code,effective,termination', 'X0001,2020-01-02,2020-01-01'], ['/lines/2/termination']],
    ['a list without column names', 'rarc', Array.from({ length: 21 }, () => 'N1,x'), ['/lines/21/code']],
    ['rules: days, yes or no', 'service-rules', ['code,global_days,visit', 'X0001,30,N', 'X0002,,maybe'], ['/lines/2/global_days', '/lines/3/visit']],
    ['a file without a row', 'mue', MUE, ['/lines']],
  ])('%s', async (_, table, lines, expected) => {
    expect(await faultsOf(table, ...lines)).toEqual(expected);
  });

  test('are told a hundred at most, and never with a value', async () => {
    const faults = await faultsOf('cpt', 'code', ...Array.from({ length: 150 }, () => 'SECRET'));
    expect(faults).toHaveLength(100);
    expect(faults.join()).not.toContain('SECRET');
  });
});

test('comma-separated cells with quotes', () => {
  expect(cellsOf('a, "b ""c"", d",,e')).toEqual(['a', 'b "c", d', '', 'e']);
});

test('progress is told as lines are read', async () => {
  const seen: number[] = [];
  const lines = Array.from({ length: 200_000 }, (_, index) => index.toString(36).toUpperCase().padStart(5, '0'));
  await readTable(Readable.from([['code', ...lines].join('\n')]), FORMATS.cpt, (count) => seen.push(count));
  expect(seen).toEqual([100_000, 200_000]);
});
