import type { PlainDate } from '../shared/dates.js';
import { freeText, object, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import type { IssueLicence } from './commands.js';
import type { IssueAction } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';

/** One row of a board's roster, in the roster's own words. */
export interface LicenceRosterRow {
  readonly number: string;
  readonly status: string;
  readonly effectiveFrom: PlainDate;
  readonly validThru?: PlainDate;
  readonly holder?: string;
}

/** What all rows of a roster share. */
export interface LicenceRoster extends Omit<LicenceKey, 'number'> {
  readonly importBatch: string;
  /** The day that the roster is of. */
  readonly recordedOn: PlainDate;
}

/** Reads a row. */
export const licenceRosterRowShape: Shape<LicenceRosterRow> = object<LicenceRosterRow>({
  number: freeText(1, 60),
  status: freeText(1, 60),
  effectiveFrom: plainDate,
  validThru: optional(plainDate),
  holder: optional(freeText(1, 120)),
});

/** Words of rosters in the United States that mean one thing, in capitals without outer blanks. DATES: its own dates tell. */
const WORDS: Readonly<Record<string, IssueAction['status'] | 'DATES'>> = {
  ACTIVE: 'ACTIVE',
  CURRENT: 'ACTIVE',
  EXPIRED: 'DATES',
  DELINQUENT: 'DATES',
  INACTIVE: 'INACTIVE',
  CURRENTINACTIVE: 'INACTIVE',
  RETIRED: 'RETIRED',
  SUPERSEDED: 'SUPERSEDED',
};

/**
 * What a roster's word means: UNKNOWN, never ACTIVE, where the word is not one of the table ("EXPIRED WA - ACTIVE MSL",
 * "Conditional, Expired"), or where it says expired and the dates do not.
 */
export function rosterStatus({ status, validThru }: Pick<LicenceRosterRow, 'status' | 'validThru'>, recordedOn: PlainDate): IssueAction['status'] {
  const word = status.trim().toUpperCase();
  const meaning = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (meaning !== 'DATES') return meaning ?? 'UNKNOWN';
  return validThru !== undefined && validThru < recordedOn ? 'ACTIVE' : 'UNKNOWN';
}

/** The licence that a row stands for. The row's own words stay beside what was made of them. */
export function licenceOfRow(row: LicenceRosterRow, { importBatch, recordedOn, ...key }: LicenceRoster): Omit<IssueLicence, 'actionId'> {
  const status = rosterStatus(row, recordedOn);
  const number = row.number.replace(/\s+/g, '').toUpperCase();
  return {
    licence: { ...key, number },
    effectiveFrom: row.effectiveFrom,
    // Where the word was not understood, the date would say more than is known: "expired".
    ...present('validThru', status === 'UNKNOWN' ? undefined : row.validThru),
    status,
    ...present('numberAsPrinted', number === row.number ? undefined : row.number),
    ...present('holder', row.holder),
    source: { status: row.status, importBatch, recordedOn },
  };
}
