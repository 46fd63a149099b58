import { addDays, addMonths } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';

/** The longest term of appointment, in months, since late 2022. */
export const LONGEST_TERM_MONTHS = 36;

/** States whose law allows less. */
export const SHORTER_TERMS: Readonly<Record<string, number>> = { ID: 24, NC: 24 };

/** The longest time without a decision of the governing body, in days. */
export const LONGEST_TEMPORARY_DAYS = 120;

/** Ongoing evaluations are no further apart. */
export const OPPE_MONTHS = 12;

/** The last day of a term that begins on a day. Throws PERIOD_TOO_LONG beyond what the state allows. */
export function termThru(from: PlainDate, months: number, jurisdiction: string): PlainDate {
  const most = SHORTER_TERMS[jurisdiction] ?? LONGEST_TERM_MONTHS;
  if (months > most) throw new DomainError('PERIOD_TOO_LONG', { most });
  return addDays(addMonths(from, months), -1);
}

/** Refuses more than 120 days, both ends included, and a day in the past. Throws PERIOD_TOO_LONG and INVALID_INPUT. */
export function assertTemporary(from: PlainDate, thru: PlainDate): void {
  if (thru < from) throw invalidInput([issue('TOO_SMALL', '/body/thru')]);
  if (thru > addDays(from, LONGEST_TEMPORARY_DAYS - 1)) throw new DomainError('PERIOD_TOO_LONG', { most: LONGEST_TEMPORARY_DAYS });
}
