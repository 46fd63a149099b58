import { addMonths } from '../shared/dates.js';
import { afterSupplement, exclusionIdentity, isExcludedOn } from './excluded-on.js';
import type { ExclusionRow } from './leie-row.js';
import { supplements } from './testing/twelve-months.js';

/** The list before and after each month's files. */
function replay(): readonly { readonly month: string; readonly before: ReadonlyMap<string, ExclusionRow>; readonly after: ReadonlyMap<string, ExclusionRow> }[] {
  let list: ReadonlyMap<string, ExclusionRow> = new Map();
  return supplements().map((supplement) => {
    const before = list;
    list = afterSupplement(list, supplement);
    return { month: supplement.month, before, after: list };
  });
}

const find = (list: ReadonlyMap<string, ExclusionRow>, row: ExclusionRow): ExclusionRow | undefined => list.get(exclusionIdentity(row));

describe('golden (a): twelve months, file by file', () => {
  const steps = replay();

  test('every exclusion is unknown before its file and scheduled after it', () => {
    for (const [index, { exclusions }] of supplements().entries()) {
      const { before, after } = steps[index] ?? { before: new Map<string, ExclusionRow>(), after: new Map<string, ExclusionRow>() };
      for (const row of exclusions) {
        expect(find(before, row)).toBeUndefined();
        const known = find(after, row);
        expect(known && [isExcludedOn(known, row.excludedOn, 'CA'), isExcludedOn(known, addMonths(row.excludedOn, -1), 'CA')]).toEqual([true, false]);
      }
    }
  });

  test('the twelve back-dated rows exclude on days that lie before their file', () => {
    const late = supplements().map(({ month, exclusions }) => exclusions.filter(({ excludedOn }) => excludedOn < `${month}-01`));
    expect(late.map((rows) => rows.length)).toEqual(Array.from({ length: 12 }, () => 1));
    for (const [index, [row]] of late.entries()) {
      const known = row && find(steps[index]?.after ?? new Map(), row);
      expect(known && isExcludedOn(known, `${steps[index]?.month ?? ''}-01`, 'CA')).toBe(true);
    }
  });

  test('every reinstatement ends what began three months before, and not the day before', () => {
    const reinstated = supplements().flatMap(({ reinstatements }, index) => reinstatements.map((row) => ({ row, index })));
    expect(reinstated).toHaveLength(9);
    for (const { row, index } of reinstated) {
      const [before, after] = [find(steps[index]?.before ?? new Map(), row), find(steps[index]?.after ?? new Map(), row)];
      const day = row.reinstatedOn ?? '';
      expect(before && isExcludedOn(before, day, 'CA')).toBe(true);
      expect(after && [isExcludedOn(after, day, 'CA'), isExcludedOn(after, addMonths(day, -1), 'CA')]).toEqual([false, true]);
    }
  });

  test('at the end 108 rows are known, 9 of them reinstated', () => {
    const rows = [...(steps.at(-1)?.after.values() ?? [])];
    // 12 months of 8 new and 1 back-dated = 108; all begun by 2023-07-20
    expect(rows).toHaveLength(108);
    expect(rows.filter((row) => isExcludedOn(row, '2023-07-20', 'CA'))).toHaveLength(99);
    expect(rows.filter((row) => isExcludedOn(row, '2023-07-19', 'CA'))).toHaveLength(91); // June's 8 begin on 2023-07-20
    expect(rows.filter((row) => isExcludedOn(row, '2023-07-20', 'AK'))).toHaveLength(98); // one waived there
    expect(rows.filter(({ npi }) => npi === undefined)).toHaveLength(84); // 2 of 9 have an NPI: 108 - 24
  });
});
