import { present } from '@medaccord/domain';
import type { InstitutionalFacts, InstitutionalProcedure, Occurrence } from '@medaccord/domain';
import { codesOf } from './claim-codes.js';
import type { ClaimCode, ContentNotes } from './claim-codes.js';
import type { ClaimLoop } from './claim-loops.js';
import { find, findDate, partyOf, providerOf } from './claim-parties.js';
import { element } from './segment.js';
import { optionalTextOf, textOf, unreadable } from './unreadable.js';
import { dateOf, dateRangeOf, minorUnits, plainDate } from './values.js';

/** As many as the claim's document holds: those of two segments of each kind, and 25 procedures. */
const MOST = { procedures: 25, conditions: 24, occurrences: 48, values: 24 } as const;

/** What an institution's claim says besides what every claim says: its statement, admission, codes and people. */
export function institutionalFactsOf(loop: ClaimLoop, facilityType: string, notes: ContentNotes): InstitutionalFacts {
  return {
    facilityType,
    ...statementOf(loop),
    ...present('admission', admissionOf(loop)),
    ...present('dischargeTime', optionalTextOf(findDate(loop.segments, '096'), 3)),
    ...present('patientStatus', optionalTextOf(find(loop.segments, 'CL1'), 3)),
    ...present('drg', codesOf(loop, ['DR'], 1, notes)[0]?.parts[1]),
    procedures: codesOf(loop, ['BBR', 'BBQ', 'BR', 'BQ'], MOST.procedures, notes).map(procedureOf),
    conditions: codesOf(loop, ['BG'], MOST.conditions, notes).map(({ parts }) => parts[1] ?? ''),
    occurrences: codesOf(loop, ['BH', 'BI'], MOST.occurrences, notes).map(occurrenceOf),
    values: codesOf(loop, ['BE'], MOST.values, notes).map(valueOf),
    ...peopleOf(loop),
  };
}

/** The days that the bill covers; a date that is none stays as billed, for the front end to reject. */
export function statementOf({ segments }: ClaimLoop): Pick<InstitutionalFacts, 'statementFrom' | 'statementThru'> {
  const dtp = findDate(segments, '434');
  const text = dtp === undefined ? '' : textOf(dtp, 3);
  const range = dateRangeOf(dtp === undefined ? '' : element(dtp, 2), text) ?? { from: text, thru: text };

  return { statementFrom: range.from, statementThru: range.thru };
}

function admissionOf({ segments }: ClaimLoop): InstitutionalFacts['admission'] {
  const [dtp, cl1] = [findDate(segments, '435'), find(segments, 'CL1')];
  const text = dtp === undefined ? '' : textOf(dtp, 3);
  const time = /^\d{8}(\d{4})$/.exec(text)?.[1];
  const admission = {
    ...present('date', text === '' ? undefined : (plainDate(text) ?? text)),
    ...present('time', time),
    ...present('type', optionalTextOf(cl1, 1)),
    ...present('source', optionalTextOf(cl1, 2)),
  };

  return Object.keys(admission).length === 0 ? undefined : admission;
}

function procedureOf({ parts: [qualifier = '', code = '', format = '', date = ''] }: ClaimCode): InstitutionalProcedure {
  return { qualifier, code: code.replaceAll('.', ''), ...present('date', date === '' ? undefined : (dateOf(format, date) ?? date)) };
}

/** An occurrence has one day (BH), a span of them two (BI). */
function occurrenceOf({ parts: [qualifier, code = '', format = '', text = ''] }: ClaimCode): Occurrence {
  const days = dateRangeOf(format, text) ?? { from: text, thru: text };

  return qualifier === 'BI' ? { code, ...days } : { code, from: days.from };
}

function valueOf({ segment, element: number, parts: [, code = '', , , amount = ''] }: ClaimCode): InstitutionalFacts['values'][number] {
  const amountMinor = minorUnits(amount);
  if (amountMinor === undefined || amountMinor < 0 || !Number.isSafeInteger(amountMinor)) throw unreadable('NOT_AN_AMOUNT', segment, number);

  return { code, amountMinor };
}

function peopleOf(loop: ClaimLoop): Pick<InstitutionalFacts, 'attending' | 'operating' | 'otherOperating'> {
  const provider = (code: string): ReturnType<typeof providerOf> | undefined => {
    const party = partyOf([loop], code);
    return party === undefined ? undefined : providerOf(party);
  };

  return { ...present('attending', provider('71')), ...present('operating', provider('72')), ...present('otherOperating', provider('ZZ')) };
}
