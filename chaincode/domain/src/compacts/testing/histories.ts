import { addDays } from '../../shared/dates.js';
import { present } from '../../shared/present.js';
import type { BoardAction, TimelineEntry } from '../../licences/licence-event.js';
import type { LicenceKey } from '../../licences/licence-key.js';
import { dayOf, Numbers, timelineOf } from '../../licences/testing/timelines.js';
import type { ForeignEvent } from '../derived-effect.js';

const licenceIn = (jurisdiction: string): LicenceKey => ({ jurisdiction, board: `${jurisdiction.toLowerCase()}-medical`, type: 'MD', number: 'A1' });

/** The licences of one physician: that of the principal state, and three others. */
export const licencesOfTest = [licenceIn('CA'), licenceIn('NV'), licenceIn('WA'), licenceIn('OR')] as const;

/** A licence with its events. */
export interface History {
  readonly licence: LicenceKey;
  readonly entries: readonly TimelineEntry[];
}

/** How many arbitrary numbers one history uses at most. */
export const NUMBERS_PER_HISTORY = 180;

/** The histories that arbitrary numbers stand for: every licence is designated, most under the first; ninety days end within them. */
export function historiesOf(numbers: readonly (readonly number[])[]): readonly History[] {
  return licencesOfTest.map((licence, index) => {
    const own = numbers[index] ?? [];
    const source = new Numbers(own.slice(130));
    const [issue, ...later] = timelineOf(own.slice(0, 130));
    const joined: TimelineEntry = { sequence: 2, kind: 'INITIAL', action: designation(source) };
    return { licence, entries: [...(issue === undefined ? [] : [issue]), joined, ...later.map((entry) => inCompact(entry, source))] };
  });
}

/** An event of an ordinary history, one place later; its renewals become designations. */
function inCompact({ sequence, kind, target, action }: TimelineEntry, source: Numbers): TimelineEntry {
  const entry = { sequence: sequence + 1, kind, ...present('target', target === undefined ? undefined : later(target)) };
  const isOrder = kind === 'STAY_LIFTED' || ((kind === 'INITIAL' || kind === 'REVISION') && ['SUSPEND', 'REVOKE', 'SURRENDER'].includes(action?.type ?? ''));
  const enteredOn = isOrder ? source.one([undefined, addDays(dayOf(source.below(21)), -source.one([0, 30, 80, 88, 100])), dayOf(source.below(21))]) : undefined;
  return { ...entry, ...present('action', action && translated(action, source)), ...present('enteredOn', enteredOn) };
}

function translated(action: BoardAction, source: Numbers): BoardAction {
  if (action.type === 'RENEW' || action.type === 'EXTEND') return designation(source);
  if (action.type !== 'REINSTATE') return action;
  return { ...action, ends: action.ends.map(later), ...present('endsDerived', source.one([undefined, [foreign(source), foreign(source)]])) };
}

function designation(source: Numbers): BoardAction {
  const [first, second] = licencesOfTest;
  return { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: addDays(dayOf(source.below(21)), -source.one([0, 120, 120])), rule: source.one(['imlc/1', 'imlc/1', 'imlc/1', 'imlc/1', 'imlc/1', 'nlc/1']), principal: source.one([first, first, first, second]) };
}

function foreign(source: Numbers): ForeignEvent {
  return { licence: source.one(licencesOfTest), event: 3 + source.below(6) };
}

/** The designation stands second. */
function later(sequence: number): number {
  return sequence === 1 ? 1 : sequence + 1;
}
