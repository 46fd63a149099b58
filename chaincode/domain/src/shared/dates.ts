/** A calendar day, `YYYY-MM-DD`, without time zone. Plain dates compare as strings. */
export type PlainDate = string;

/** A moment in UTC to the millisecond, `YYYY-MM-DDTHH:MM:SS.mmmZ`. Instants compare as strings. */
export type Instant = string;

const MILLISECONDS_PER_DAY = 86_400_000;
const MILLISECONDS_PER_MINUTE = 60_000;

/** True for a day that exists in the Gregorian calendar, years 1900 to 2199. */
export function isPlainDate(text: string): boolean {
  const match = /^(19|20|21)(\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = fields(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** True for an instant with a real date and a time of day. */
export function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(text) && isPlainDate(text.slice(0, 10));
}

/** The date `days` later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** The month, `YYYY-MM`, that lies `months` after a day's. */
export function monthAfter(date: PlainDate, months: number): string {
  const [year, month] = fields(date);
  const count = year * 12 + month - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${two((count % 12) + 1)}`;
}

/** The same day `months` later, or that month's last day where it has no such day. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = fields(`${monthAfter(date, months)}-${date.slice(8, 10)}`);
  return `${monthAfter(date, months)}-${two(Math.min(day, daysInMonth(year, month)))}`;
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** Every date from `from` to `to`, both included; empty when `to` is earlier. */
export function datesThrough(from: PlainDate, to: PlainDate): PlainDate[] {
  const first = toDayNumber(from);
  return Array.from({ length: Math.max(0, toDayNumber(to) - first + 1) }, (_, offset) => fromDayNumber(first + offset));
}

/** True when `date` lies in the period; a period without `thru` is open-ended, and both ends are included. */
export function covers(period: { readonly from: PlainDate; readonly thru?: PlainDate }, date: PlainDate): boolean {
  return period.from <= date && (period.thru === undefined || date <= period.thru);
}

/** The instant of a count of milliseconds since 1970-01-01T00:00:00.000Z. */
export function instantOf(milliseconds: number): Instant {
  const day = Math.floor(milliseconds / MILLISECONDS_PER_DAY);
  const time = milliseconds - day * MILLISECONDS_PER_DAY;
  const [hours, minutes, seconds] = [Math.floor(time / 3_600_000), Math.floor(time / 60_000) % 60, Math.floor(time / 1000) % 60];
  return `${fromDayNumber(day)}T${two(hours)}:${two(minutes)}:${two(seconds)}.${String(time % 1000).padStart(3, '0')}Z`;
}

/** Milliseconds since 1970-01-01T00:00:00.000Z. */
export function millisecondsOf(instant: Instant): number {
  const [hours, minutes] = [Number(instant.slice(11, 13)), Number(instant.slice(14, 16))];
  const [seconds, fraction] = [Number(instant.slice(17, 19)), Number(instant.slice(20, 23))];
  return toDayNumber(instant.slice(0, 10)) * MILLISECONDS_PER_DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

/** The calendar day of an instant where clocks are `utcOffsetMinutes` ahead of UTC (behind when negative). */
export function dateOfInstant(instant: Instant, utcOffsetMinutes: number): PlainDate {
  return instantOf(millisecondsOf(instant) + utcOffsetMinutes * MILLISECONDS_PER_MINUTE).slice(0, 10);
}

function fields(date: PlainDate): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Days since 1970-01-01. Counts in years that begin in March, so that the leap day is the last day of its year, and in
 * eras of 400 years (146 097 days), after which the Gregorian calendar repeats.
 */
function toDayNumber(date: PlainDate): number {
  const [year, month, day] = fields(date);
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function fromDayNumber(dayNumber: number): PlainDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapCorrection = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapCorrection) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
