import { periodOn } from '../coverage/coverage.js';
import type { CoveragePeriod } from '../coverage/coverage.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';

/** Days, both ends included; without `thru` from then on. */
export interface Days {
  readonly from: PlainDate;
  readonly thru?: PlainDate;
}

/** The days on which somebody is insured otherwise than before, or under another plan: ascending, neighbours joined. */
export function changedDays(before: readonly CoveragePeriod[], after: readonly CoveragePeriod[]): readonly Days[] {
  const starts = [...new Set([...before, ...after].flatMap(({ from, thru }) => [from, ...(thru === undefined ? [] : [addDays(thru, 1)])]))].sort((a, b) => (a < b ? -1 : 1));
  const pieces = starts.map((from, index): Days & { readonly differs: boolean } => {
    const next = starts[index + 1];
    return { from, ...present('thru', next === undefined ? undefined : addDays(next, -1)), differs: planOn(before, from) !== planOn(after, from) };
  });
  return pieces.filter(({ differs }) => differs).reduce<readonly Days[]>(joined, []);
}

function joined(days: readonly Days[], { from, thru }: Days): readonly Days[] {
  const last = days.at(-1);
  const isNext = last?.thru !== undefined && addDays(last.thru, 1) === from;
  return isNext ? [...days.slice(0, -1), { from: last.from, ...present('thru', thru) }] : [...days, { from, ...present('thru', thru) }];
}

function planOn(periods: readonly CoveragePeriod[], date: PlainDate): string | undefined {
  return periodOn(periods, date)?.planId;
}
