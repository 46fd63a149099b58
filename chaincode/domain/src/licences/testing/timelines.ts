import { addDays } from '../../shared/dates.js';
import { present } from '../../shared/present.js';
import type { BoardAction, TimelineEntry } from '../licence-event.js';
import type { LicenceKey } from '../licence-key.js';

export const licence: LicenceKey = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A12345' };

/** The day number so-and-so of few, so that dates of different events often meet. */
export const dayOf = (number: number): string => addDays('2026-01-01', number % 21);

/** Ten events at most; each consumes some of the numbers. */
const MOST_EVENTS = 10;

/** Arbitrary numbers, used up one after another; zero when they are used up. */
class Numbers {
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

function nextEntry(entries: readonly TimelineEntry[], source: Numbers): TimelineEntry {
  const sequence = entries.length + 1;
  const initial = entries.filter(({ kind }) => kind === 'INITIAL');
  const ids = initial.map((entry) => entry.sequence);
  const kind = source.one(['INITIAL', 'INITIAL', 'INITIAL', 'CORRECTION', 'VOID'] as const);
  if (kind === 'INITIAL') return { sequence, kind, action: actionOfType(source.one(['SUSPEND', 'RESTRICT', 'REINSTATE', 'REVOKE', 'ISSUE']), source, ids) };
  if (kind === 'VOID') return { sequence, kind, target: 1 + source.below(sequence - 1) };
  const target = initial[source.below(initial.length)];
  return { sequence, kind, target: target?.sequence ?? 1, action: actionOfType(target?.action?.type ?? 'ISSUE', source, ids) };
}

function actionOfType(type: BoardAction['type'], source: Numbers, ids: readonly number[]): BoardAction {
  const effectiveFrom = source.day();
  switch (type) {
    case 'ISSUE':
      return { type, effectiveFrom, ...present('validThru', source.one([undefined, source.day()])), status: source.one(['ACTIVE', 'UNKNOWN']) };
    case 'REVOKE':
      return { type, effectiveFrom, basisCodes: ['TEST'] };
    case 'REINSTATE':
      return { type, effectiveFrom, ends: ids.filter(() => source.below(2) === 0) };
    case 'SUSPEND':
      return { type, summary: source.one([false, true]), ...term(effectiveFrom, source) };
    case 'RESTRICT':
      return { type, restrictionCodes: ['TEST'], ...term(effectiveFrom, source) };
  }
}

function term(effectiveFrom: string, source: Numbers): { effectiveFrom: string; effectiveThru?: string; automaticReinstatement: boolean; basisCodes: readonly string[] } {
  const length = source.one([undefined, source.below(9)]);
  const effectiveThru = length === undefined ? undefined : addDays(effectiveFrom, length);
  return { effectiveFrom, ...present('effectiveThru', effectiveThru), automaticReinstatement: effectiveThru !== undefined && source.below(2) === 1, basisCodes: ['TEST'] };
}
