import type { PlainDate } from '../shared/dates.js';
import type { ExclusionRow } from './leie-row.js';

/**
 * True where a row excludes on a day: from the day of exclusion to the day before reinstatement, unless the state that is
 * asked about waived it by then (42 CFR 1001.1801).
 */
export function isExcludedOn(row: Pick<ExclusionRow, 'excludedOn' | 'reinstatedOn' | 'waivedOn' | 'waiverState'>, date: PlainDate, state: string): boolean {
  const isOver = row.reinstatedOn !== undefined && row.reinstatedOn <= date;
  const isWaived = row.waivedOn !== undefined && row.waivedOn <= date && row.waiverState === state;
  return row.excludedOn <= date && !isOver && !isWaived;
}

/** What tells one exclusion from every other, whatever is learnt about it later. */
export function exclusionIdentity(row: ExclusionRow): string {
  return JSON.stringify([row.lastName, row.firstName, row.middleName, row.businessName, row.birthDate ?? '', row.npi ?? '', row.type, row.excludedOn]);
}

/** The month of a monthly file, YYYY-MM. */
export type FileMonth = string;

/** One month's two files: new exclusions and reinstatements. */
export interface MonthlySupplement {
  readonly month: FileMonth;
  readonly exclusions: readonly ExclusionRow[];
  readonly reinstatements: readonly ExclusionRow[];
}

/**
 * A list with a month's supplements: a reinstatement ends the exclusion that it names, or stands alone where the list
 * began later; an exclusion that was known is replaced by what the file says now. Supplements are taken in once and in order.
 */
export function afterSupplement(list: ReadonlyMap<string, ExclusionRow>, { exclusions, reinstatements }: MonthlySupplement): ReadonlyMap<string, ExclusionRow> {
  const changed = new Map(list);
  for (const row of [...exclusions, ...reinstatements]) {
    const identity = exclusionIdentity(row);
    changed.set(identity, withNews(changed.get(identity), row));
  }
  return changed;
}

/** What is known of an exclusion after a file names it: what the file leaves open stays as it was. */
export function withNews(known: ExclusionRow | undefined, row: ExclusionRow): ExclusionRow {
  return { ...known, ...row };
}

/**
 * An exclusion that a full file no longer names, though no file told its reinstatement: the list holds what is in force,
 * so it counts as over from the first day of that file's month.
 */
export function noLongerListed(row: ExclusionRow, month: FileMonth): ExclusionRow {
  return { ...row, reinstatedOn: row.reinstatedOn ?? `${month}-01` };
}
