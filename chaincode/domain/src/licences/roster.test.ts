import { parse } from '../shared/parse.js';
import { issueLicenceShape } from './commands.js';
import { standing } from './fold-standing.js';
import { licenceOfRow } from './roster.js';
import type { LicenceRoster, LicenceRosterRow } from './roster.js';
import { actionId } from './testing/licences.js';

const roster: LicenceRoster = { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', importBatch: 'wa-2026-03', recordedOn: '2026-03-01' };
const row = (status: string, validThru?: string): LicenceRosterRow => ({ number: 'rn 60 123', status, effectiveFrom: '2020-01-01', ...(validThru === undefined ? {} : { validThru }) });

/** What the imported licence permits on the day of the roster. */
function read(of: LicenceRosterRow): string {
  const { licence, effectiveFrom, validThru, status } = licenceOfRow(of, roster);
  const action = { type: 'ISSUE', effectiveFrom, status, ...(validThru === undefined ? {} : { validThru }) } as const;
  const { lifecycle, authority } = standing({ licence, entries: [{ sequence: 1, kind: 'INITIAL', action }] }, roster.recordedOn);
  return `${lifecycle} ${authority}`;
}

describe('a row of a roster', () => {
  test.each([
    ['ACTIVE', '2027-12-31', 'ACTIVE FULL'],
    ['Current', '2027-12-31', 'ACTIVE FULL'],
    ['ACTIVE', '2026-02-28', 'EXPIRED NONE'],
    ['EXPIRED', '2026-02-28', 'EXPIRED NONE'],
    ['Delinquent', '2026-02-28', 'EXPIRED NONE'],
    ['Expired', '2027-12-31', 'UNKNOWN UNKNOWN'],
    ['Expired', undefined, 'UNKNOWN UNKNOWN'],
    ['Inactive', '2027-12-31', 'INACTIVE NONE'],
    ['CurrentInactive', '2027-12-31', 'INACTIVE NONE'],
    ['SUPERSEDED', '2027-12-31', 'SUPERSEDED NONE'],
    ['EXPIRED WA - ACTIVE MSL', '2025-06-30', 'UNKNOWN UNKNOWN'], // golden scenario h
    ['Conditional, Expired', '2025-06-30', 'UNKNOWN UNKNOWN'],
    ['Expired COVID-19', '2025-06-30', 'UNKNOWN UNKNOWN'],
    ['CLOSED', '2025-06-30', 'UNKNOWN UNKNOWN'],
    ['Void', '2025-06-30', 'UNKNOWN UNKNOWN'],
    ['__proto__', '2025-06-30', 'UNKNOWN UNKNOWN'],
  ])('of status “%s” valid thru %s reads %s', (status, validThru, expected) => {
    expect(read(row(status, validThru))).toBe(expected);
  });

  test('keeps its own words beside what was made of them, and can be issued', () => {
    const licence = licenceOfRow({ ...row('Current', '2027-12-31'), holder: 'Doe, Jane' }, roster);
    expect(licence).toEqual({
      licence: { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN', number: 'RN60123' },
      effectiveFrom: '2020-01-01',
      validThru: '2027-12-31',
      status: 'ACTIVE',
      numberAsPrinted: 'rn 60 123',
      holder: 'Doe, Jane',
      source: { status: 'Current', importBatch: 'wa-2026-03', recordedOn: '2026-03-01' },
    });
    expect(parse(issueLicenceShape, { ...licence, actionId: actionId(1) })).toMatchObject({ status: 'ACTIVE' });
  });
});
