import { isPlainDate } from '@medaccord/domain';
import type { PlainDate } from '@medaccord/domain';

/** A period of calendar days, both ends included. */
export interface DateRange {
  readonly from: PlainDate;
  readonly thru: PlainDate;
}

/**
 * Minor units of a decimal amount such as `12.5`, `.50` or `-3`; undefined where it is none, has a part of a cent or
 * exceeds the 10 digits that the standard allows by far.
 */
export function minorUnits(text: string): number | undefined {
  return scaled(text, 2);
}

/** Thousandths of a decimal quantity such as `1.5` or `30.000`; undefined where it is none. */
export function thousandths(text: string): number | undefined {
  return scaled(text, 3);
}

/** An integer count of the decimal's units of 10^-places. */
function scaled(text: string, places: number): number | undefined {
  const match = /^([+-]?)(\d{0,12})(?:\.(\d{0,12}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  if (/[1-9]/.test(fraction.slice(places))) return undefined;
  const magnitude = Number(whole + fraction.slice(0, places).padEnd(places, '0'));

  return sign === '-' && magnitude !== 0 ? -magnitude : magnitude;
}

/** A date by its format qualifier: D8 (CCYYMMDD), DT (with a time, which is dropped) or the first day of an RD8 range. */
export function dateOf(qualifier: string, text: string): PlainDate | undefined {
  return dateRangeOf(qualifier, text)?.from;
}

/** The days of a D8, DT or RD8 value; undefined where it is none, or ends before it begins. */
export function dateRangeOf(qualifier: string, text: string): DateRange | undefined {
  const [first = '', last = first] = text.split('-', 2);
  const isRange = qualifier === 'RD8' || (qualifier === '' && text.includes('-'));
  if (!isRange && text.includes('-')) return undefined;
  const from = plainDate(first);
  const thru = plainDate(last);

  return from === undefined || thru === undefined || thru < from ? undefined : { from, thru };
}

/** The day of CCYYMMDD, with or without a time of day behind it. */
export function plainDate(text: string): PlainDate | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?$/.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const date = `${year}-${month}-${day}`;

  return isPlainDate(date) ? date : undefined;
}
