import { addDays, addMonths } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';

/** A query of the National Practitioner Data Bank, as its receipt tells: when, and whether it goes on by itself. */
export interface NpdbQuery {
  readonly on: PlainDate;
  readonly query: 'one-time' | 'continuous';
}

/** Hospitals ask at the application and every two years (45 CFR 60.17), whatever the term of appointment is. */
export const NPDB_QUERY_MONTHS = 24;

/** A continuous query is enrolled for a year at a time. */
export const NPDB_ENROLMENT_MONTHS = 12;

/** Adverse actions are reported within 30 days (45 CFR 60.5, 60.12), if they last longer than 30 days. */
export const NPDB_REPORT_DAYS = 30;

/** By when the next query is due, for a clinician who applied on a day; the queries in any order. */
export function npdbQueryDueOn(appliedOn: PlainDate, queries: readonly NpdbQuery[]): PlainDate {
  const covered = queries.filter(({ on }) => on >= addDays(appliedOn, -NPDB_BEFORE_DAYS)).map(coveredThrough);
  return covered.reduce((latest, through) => (through > latest ? through : latest), appliedOn);
}

/** Days through a period on which a query was overdue: from the first day after what earlier queries cover. */
export function npdbGaps(appliedOn: PlainDate, thru: PlainDate, queries: readonly NpdbQuery[]): readonly { readonly from: PlainDate; readonly thru: PlainDate }[] {
  const inOrder = queries.toSorted((first, second) => (first.on < second.on ? -1 : 1)).filter(({ on }) => on <= thru);
  const gaps: { readonly from: PlainDate; readonly thru: PlainDate }[] = [];
  let covered = appliedOn;
  for (const query of inOrder) {
    if (query.on > covered) gaps.push({ from: addDays(covered, 1), thru: addDays(query.on, -1) });
    const through = coveredThrough(query);
    if (through > covered) covered = through;
  }
  return (covered < thru ? [...gaps, { from: addDays(covered, 1), thru }] : gaps).filter((gap) => gap.from <= gap.thru);
}

/** True where an action against a clinician is to be reported: it lasts longer than 30 days, or has no end. */
export function isReportable({ from, thru }: { readonly from: PlainDate; readonly thru?: PlainDate }): boolean {
  return thru === undefined || thru >= addDays(from, NPDB_REPORT_DAYS);
}

/** How long before the application is signed a query for it may have been made. */
const NPDB_BEFORE_DAYS = 120;

function coveredThrough({ on, query }: NpdbQuery): PlainDate {
  return addMonths(on, query === 'continuous' ? NPDB_ENROLMENT_MONTHS : NPDB_QUERY_MONTHS);
}
