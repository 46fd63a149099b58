import { addDays } from '../../shared/dates.js';
import { present } from '../../shared/present.js';
import { isDiscipline } from '../licence-event.js';
import type { BoardAction, Discipline, Grace, TimelineEntry } from '../licence-event.js';
import type { LicenceKey } from '../licence-key.js';

export const licence: LicenceKey = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A12345' };

/** The day number so-and-so of few, so that dates of different events often meet. */
export const dayOf = (number: number): string => addDays('2026-01-01', number % 21);

/** Twelve events at most; each consumes some of the numbers. */
const MOST_EVENTS = 12;

/** Arbitrary numbers, used up one after another; zero when they are used up. */
export class Numbers {
  #next = 0;
  constructor(private readonly numbers: readonly number[]) {}

  below(bound: number): number {
    const number = this.numbers[this.#next] ?? 0;
    this.#next += 1;
    return number % bound;
  }

  one<T>(values: readonly [T, ...T[]]): T {
    return values[this.below(values.length)] ?? values[0];
  }

  day(): string {
    return dayOf(this.below(21));
  }
}

/**
 * The timeline that arbitrary numbers stand for: it begins with an issue; corrections keep the type of the action that
 * they correct; voids strike any earlier event. Every valid timeline of few days has such numbers.
 */
export function timelineOf(numbers: readonly number[]): readonly TimelineEntry[] {
  const source = new Numbers(numbers);
  const entries: TimelineEntry[] = [{ sequence: 1, kind: 'INITIAL', action: actionOfType('ISSUE', source, []) }];
  const length = 1 + source.below(MOST_EVENTS);
  while (entries.length < length) entries.push(nextEntry(entries, source));
  return entries;
}

/** The same without hours: every act is in force on the whole of its first day. */
export function inWholeDays(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.map((entry) => {
    if (entry.action === undefined || !('effectiveAt' in entry.action)) return entry;
    const { effectiveAt: _, ...action } = entry.action;
    return { ...entry, action };
  });
}

/** The timeline of the licence's class: extensions, now and then corrected or void. */
export function classTimelineOf(numbers: readonly number[]): readonly TimelineEntry[] {
  const source = new Numbers(numbers);
  const entries: TimelineEntry[] = [];
  const length = source.below(5);
  while (entries.length < length) {
    const sequence = entries.length + 1;
    const target = 1 + source.below(entries.length || 1);
    const kind = entries.length === 0 ? 'INITIAL' : source.one(['INITIAL', 'INITIAL', 'CORRECTION', 'VOID'] as const);
    if (kind === 'VOID') entries.push({ sequence, kind, target });
    else if (kind === 'CORRECTION' && entries[target - 1]?.kind === 'INITIAL') entries.push({ sequence, kind, target, action: actionOfType('EXTEND_CLASS', source, []) });
    else entries.push({ sequence, kind: 'INITIAL', action: actionOfType('EXTEND_CLASS', source, []) });
  }
  return entries;
}

const initialTypes = [
  'SUSPEND', 'SUSPEND', 'RESTRICT', 'ENCUMBER', 'REINSTATE', 'REVOKE', 'SURRENDER', 'ISSUE', 'RENEW', 'REISSUE', 'RENEWAL_FILED', 'RENEWAL_CLOSED', 'EXTEND', 'CHANGE_STATUS',
] as const;
const disciplineTypes = ['SUSPEND', 'RESTRICT', 'ENCUMBER', 'REVOKE', 'SURRENDER'] as const;
const kinds = ['INITIAL', 'INITIAL', 'INITIAL', 'INITIAL', 'CORRECTION', 'REVISION', 'VOID', 'SEAL', 'STAY', 'STAY', 'STAY_LIFTED', 'APPEAL', 'HEARING'] as const;

/** An entry of an arbitrary kind; an issue's renewal where there is nothing that the kind could be about. */
function nextEntry(entries: readonly TimelineEntry[], source: Numbers): TimelineEntry {
  const sequence = entries.length + 1;
  const initial = entries.filter(({ kind }) => kind === 'INITIAL');
  const ids = initial.map((entry) => entry.sequence);
  const kind = source.one(kinds);
  if (kind === 'INITIAL') return { sequence, kind, action: actionOfType(source.one(initialTypes), source, ids) };
  if (kind === 'VOID') return { sequence, kind, target: 1 + source.below(sequence - 1) };
  const possible = kind === 'CORRECTION' ? initial : kind === 'STAY_LIFTED' ? entries.filter((entry) => entry.kind === 'STAY') : initial.filter(({ action }) => isDiscipline(action));
  const target = possible[source.below(possible.length || 1)];
  if (target?.action === undefined) return { sequence, kind: 'INITIAL', action: actionOfType('RENEW', source, ids) };
  const about = { sequence, kind, target: target.sequence };
  if (kind === 'SEAL') return about;
  return { ...about, action: actionOfType(typeAbout(kind, target.action.type, source), source, ids) };
}

function typeAbout(kind: 'CORRECTION' | 'REVISION' | 'STAY' | 'STAY_LIFTED' | 'APPEAL' | 'HEARING', target: BoardAction['type'], source: Numbers): BoardAction['type'] {
  if (kind === 'CORRECTION') return target;
  if (kind === 'REVISION') return source.one(disciplineTypes);
  return kind === 'STAY_LIFTED' ? 'LIFT_STAY' : kind;
}

function actionOfType(type: BoardAction['type'], source: Numbers, ids: readonly number[]): BoardAction {
  const begin = timed(source.day(), source);
  const { effectiveFrom } = begin;
  switch (type) {
    case 'STAY':
      return { type, by: 'COURT', ...begin, ...present('effectiveThru', source.one([undefined, addDays(effectiveFrom, source.below(9))])), ...present('codes', source.one([undefined, undefined, ['TEST']])) };
    case 'DESIGNATE_PRINCIPAL':
      return { type, effectiveFrom, rule: 'imlc/1', principal: licence };
    case 'LIFT_STAY':
      return { type, ...begin };
    case 'APPEAL':
    case 'HEARING':
      return { type, effectiveFrom };
    case 'REINSTATE':
      return { type, ...begin, ends: ids.filter(() => source.below(2) === 0) };
    case 'SUSPEND':
    case 'RESTRICT':
    case 'ENCUMBER':
    case 'REVOKE':
    case 'SURRENDER':
      return discipline(type, begin, source);
    default:
      return validity(type, effectiveFrom, source);
  }
}

type Begin = Pick<Discipline, 'effectiveFrom' | 'effectiveAt'>;

/** One act in three begins at an hour. */
function timed(effectiveFrom: string, source: Numbers): Begin {
  return { effectiveFrom, ...present('effectiveAt', source.one([undefined, undefined, { time: '17:00', zone: 'America/Los_Angeles' }])) };
}

type ValidityType = 'ISSUE' | 'RENEW' | 'REISSUE' | 'RENEWAL_FILED' | 'RENEWAL_CLOSED' | 'EXTEND' | 'EXTEND_CLASS' | 'CHANGE_STATUS';

function validity(type: ValidityType, effectiveFrom: string, source: Numbers): BoardAction {
  switch (type) {
    case 'ISSUE':
      return { type, effectiveFrom, ...present('validThru', source.one([undefined, source.day()])), ...grace(source), status: source.one(['ACTIVE', 'UNKNOWN', 'ACTIVE', 'UNKNOWN', 'INACTIVE']) };
    case 'RENEW':
    case 'REISSUE':
      return { type, effectiveFrom, validThru: source.day(), ...grace(source) };
    case 'RENEWAL_FILED':
      return { type, effectiveFrom, continues: source.below(3) > 0 };
    case 'RENEWAL_CLOSED':
      return { type, effectiveFrom, outcome: source.one(['DENIED', 'WITHDRAWN']) };
    case 'EXTEND':
      return { type, effectiveFrom, validThru: source.day(), ...grace(source) };
    case 'EXTEND_CLASS':
      return { type, effectiveFrom, validThru: source.day(), ...grace(source), expiring: { from: source.day(), thru: source.day() } };
    case 'CHANGE_STATUS':
      return { type, effectiveFrom, status: source.one(['ACTIVE', 'ACTIVE', 'INACTIVE', 'RETIRED', 'SUPERSEDED', 'ISSUED_IN_ERROR']) };
  }
}

function discipline(type: Discipline['type'], begin: Begin, source: Numbers): Discipline {
  switch (type) {
    case 'REVOKE':
      return { type, ...begin, basisCodes: ['TEST'] };
    case 'SURRENDER':
      return { type, ...begin, inLieuOfDiscipline: source.below(2) === 0 };
    case 'SUSPEND':
      return suspension(source.one([false, true]), begin, source);
    case 'RESTRICT':
      return { type, restrictionCodes: source.one([['TEST'], ['TEST', 'CHAPERONE']]), ...term(begin, source) };
    case 'ENCUMBER':
      return { type, encumbrance: source.one(['PROBATION', 'CONDITION', 'REPRIMAND', 'FINE', 'MONITORING']), ...term(begin, source) };
  }
}

function suspension(summary: boolean, begin: Begin, source: Numbers): Discipline {
  const hearing = { by: addDays(begin.effectiveFrom, source.below(9)), unheard: source.one(['DISSOLVES', 'DISSOLVES', 'STANDS'] as const) };
  return { type: 'SUSPEND', summary, ...present('hearing', summary && source.below(3) > 0 ? hearing : undefined), ...term(begin, source) };
}

function grace(source: Numbers): { grace?: Grace } {
  return present('grace', source.one([undefined, { thru: source.day(), practice: source.below(2) === 0 }]));
}

function term(begin: Begin, source: Numbers): Begin & { effectiveThru?: string; automaticReinstatement: boolean; basisCodes: readonly string[] } {
  const length = source.one([undefined, source.below(9)]);
  const effectiveThru = length === undefined ? undefined : addDays(begin.effectiveFrom, length);
  return { ...begin, ...present('effectiveThru', effectiveThru), automaticReinstatement: effectiveThru !== undefined && source.below(2) === 1, basisCodes: ['TEST'] };
}
