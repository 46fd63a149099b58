import type { PlainDate } from '../shared/dates.js';
import { freeText, object, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import type { IssueLicence } from './commands.js';
import type { IssueAction } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';
import { meaningOf, plainWord } from './status-words.js';
import type { StatusMeaning, StatusWords } from './status-words.js';

/** One row of a board's roster, in the roster's own words. */
export interface LicenceRosterRow {
  readonly number: string;
  readonly status: string;
  readonly effectiveFrom: PlainDate;
  readonly validThru?: PlainDate;
  readonly holder?: string;
  /** The day on which the board's own system recorded the row, where that is not the day of the roster. */
  readonly recordedOn?: PlainDate;
}

/** What all rows of a roster share. */
export interface LicenceRoster extends Omit<LicenceKey, 'number'> {
  readonly importBatch: string;
  /** The day that the roster is of. */
  readonly recordedOn: PlainDate;
  /** The board's own table of status words, where it has one. */
  readonly words?: StatusWords;
}

/** Reads a row. */
export const licenceRosterRowShape: Shape<LicenceRosterRow> = object<LicenceRosterRow>({
  number: freeText(1, 60),
  status: freeText(1, 60),
  effectiveFrom: plainDate,
  validThru: optional(plainDate),
  holder: optional(freeText(1, 120)),
  recordedOn: optional(plainDate),
});

/** Words of rosters in the United States that mean one thing, in capitals without outer blanks. DATES: its own dates tell. */
const WORDS: Readonly<Record<string, StatusMeaning>> = {
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
 * What a roster's word means: the board's own table first, then the general one; UNKNOWN, never ACTIVE, where neither has it
 * ("EXPIRED WA - ACTIVE MSL", "Conditional, Expired"), or where it says expired and the dates do not.
 */
export function rosterMeaning({ status, validThru }: Pick<LicenceRosterRow, 'status' | 'validThru'>, { recordedOn, words }: Pick<LicenceRoster, 'recordedOn' | 'words'>): Exclude<StatusMeaning, 'DATES'> {
  const word = plainWord(status);
  const meaning = meaningOf(word, words) ?? (Object.hasOwn(WORDS, word) ? WORDS[word] : undefined);
  if (meaning !== 'DATES') return meaning ?? 'UNKNOWN';
  return validThru !== undefined && validThru < recordedOn ? 'ACTIVE' : 'UNKNOWN';
}

/** As what a row is imported: discipline is no status that a roster can bring. */
function importedStatus(meaning: Exclude<StatusMeaning, 'DATES'>): IssueAction['status'] {
  return meaning === 'SUSPENDED' || meaning === 'REVOKED' || meaning === 'SURRENDERED' ? 'UNKNOWN' : meaning;
}

/** A printed number in its normal form. */
export function normalNumber(printed: string): string {
  return printed.replace(/\s+/g, '').toUpperCase();
}

/** The licence that a row stands for. The row's own words stay beside what was made of them. */
export function licenceOfRow(row: LicenceRosterRow, roster: LicenceRoster): Omit<IssueLicence, 'actionId'> {
  const { importBatch, recordedOn, words, ...key } = roster;
  const status = importedStatus(rosterMeaning(row, roster));
  const number = normalNumber(row.number);
  return {
    licence: { ...key, number },
    effectiveFrom: row.effectiveFrom,
    // Where the word was not understood, the date would say more than is known: "expired".
    ...present('validThru', status === 'UNKNOWN' ? undefined : row.validThru),
    status,
    ...present('numberAsPrinted', number === row.number ? undefined : row.number),
    ...present('holder', row.holder),
    source: { status: row.status, importBatch, ...present('wordsVersion', words?.version), recordedOn: row.recordedOn ?? recordedOn },
  };
}
