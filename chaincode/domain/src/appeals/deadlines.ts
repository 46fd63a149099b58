import { addDays, isPlainDate, monthAfter } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { flag, integer, object } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** How long there is to ask for a level of appeal, and how long to decide it. */
export interface LevelTerms {
  /** Days after the decision that is appealed. */
  readonly fileWithinDays: number;
  readonly decideWithinDays: number;
}

/** The appeals of a product, or of a contract. */
export interface AppealTerms {
  readonly first: LevelTerms;
  readonly second: LevelTerms;
  /** Whether there is a second level before the external one. */
  readonly hasSecond: boolean;
  /** A member's external review; months, as the law counts. */
  readonly externalFileWithinMonths: number;
  readonly externalDecideWithinDays: number;
  /** Hours to decide where health would suffer by waiting; the same on every level. */
  readonly urgentHours: number;
}

/**
 * What applies where a product says nothing else: 180 days to file and 60 to decide after the service, external review within
 * four months and 45 days, 72 hours where it is urgent (29 CFR 2560.503-1, 45 CFR 147.136).
 */
export const COMMERCIAL_APPEALS: AppealTerms = {
  first: { fileWithinDays: 180, decideWithinDays: 60 },
  second: { fileWithinDays: 60, decideWithinDays: 60 },
  hasSecond: true,
  externalFileWithinMonths: 4,
  externalDecideWithinDays: 45,
  urgentHours: 72,
};

const level: Shape<LevelTerms> = object<LevelTerms>({ fileWithinDays: integer(1, 3660), decideWithinDays: integer(1, 3660) });

/** Reads such terms. */
export const appealTermsShape: Shape<AppealTerms> = object<AppealTerms>({
  first: level, second: level, hasSecond: flag, externalFileWithinMonths: integer(1, 60), externalDecideWithinDays: integer(1, 3660), urgentHours: integer(1, 720),
});

/** The level of an appeal: within the insurer, or by an independent review organisation. */
export const APPEAL_LEVELS = ['FIRST', 'SECOND', 'EXTERNAL'] as const;

/** The level of an appeal. */
export type AppealLevel = (typeof APPEAL_LEVELS)[number];

/** The last day on which a level may be asked for. */
export function lastDayToFile(terms: AppealTerms, level: AppealLevel, decidedOn: PlainDate): PlainDate {
  if (level === 'EXTERNAL') return monthsAfter(decidedOn, terms.externalFileWithinMonths);
  return addDays(decidedOn, (level === 'FIRST' ? terms.first : terms.second).fileWithinDays);
}

/** The last day on which a level is to be decided; an urgent one is due in hours, of which a begun day counts whole. */
export function lastDayToDecide(terms: AppealTerms, level: AppealLevel, filedOn: PlainDate, urgent: boolean): PlainDate {
  if (urgent) return addDays(filedOn, Math.ceil(terms.urgentHours / 24));
  if (level === 'EXTERNAL') return addDays(filedOn, terms.externalDecideWithinDays);
  return addDays(filedOn, (level === 'FIRST' ? terms.first : terms.second).decideWithinDays);
}

/** The same day months later; where that month has no such day, the first of the month after it (45 CFR 147.136(d)(2)(i)). */
export function monthsAfter(date: PlainDate, months: number): PlainDate {
  const same = `${monthAfter(date, months)}-${date.slice(8, 10)}`;
  return isPlainDate(same) ? same : `${monthAfter(date, months + 1)}-01`;
}
