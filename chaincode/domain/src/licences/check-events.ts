import type { Sha256 } from '../shared/bytes.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, LicenceEvent, LicenceEventKind, TimelineEntry } from './licence-event.js';
import { isClass, licenceId } from './licence-key.js';
import { EMPTY_DIGEST, extendDigest, timelineDigest } from './timeline.js';
import type { LicenceTimeline } from './timeline.js';

/** What is wrong with a licence's recorded events: the sequence of the event where it shows, and what. */
export interface TimelineFault {
  readonly sequence: number;
  readonly fault: 'GAP' | 'FOREIGN_LICENCE' | 'FOREIGN_ORGANISATION' | 'FIRST_IS_NO_ISSUE' | 'TIME_DECREASES' | 'BAD_ACTION' | 'BAD_TARGET' | 'WRONG_DIGEST' | 'DIFFERS_FROM_TIMELINE' | 'TIMELINE_INCOMPLETE';
}

/**
 * Checks what rules alone could have written. Readers do it again because a board's peer and one other could sign a state
 * that no honest chaincode produces. An empty answer means that events and timeline tell the same, possible story.
 */
export function timelineFaults(timeline: LicenceTimeline, events: readonly LicenceEvent[], sha256: Sha256): readonly TimelineFault[] {
  const faults = events.flatMap((event, index) => eventFaults(event, index, events, timeline, sha256));
  return events.length === timeline.lastSequence ? faults : [...faults, { sequence: timeline.lastSequence, fault: 'TIMELINE_INCOMPLETE' }];
}

/** The events that show whether a stored timeline can be believed. */
export interface Witnesses {
  /** Those that the timeline no longer carries, in their order. */
  readonly older: readonly LicenceEvent[];
  readonly newest: LicenceEvent | undefined;
  /** The event after the newest, of which there must be none. */
  readonly following: LicenceEvent | undefined;
}

/**
 * The timeline with all its entries. Refuses one that its newest event does not vouch for: two keys per licence suffice,
 * until it is longer than `TIMELINE_ENTRIES`. Throws LICENCE_RECORD_FAULTY.
 */
export function completeTimeline(stored: LicenceTimeline, { older, newest, following }: Witnesses, sha256: Sha256): LicenceTimeline {
  const complete = { ...stored, baseDigest: EMPTY_DIGEST, entries: [...older.map(entryOf), ...stored.entries] };
  const vouched = newest?.sequence === stored.lastSequence && newest.digest === timelineDigest(complete, sha256);
  if (!vouched || following !== undefined) throw new DomainError('LICENCE_RECORD_FAULTY', { licence: licenceId(stored.licence) });
  return complete;
}

/** Sequences of the events that `completeTimeline` needs: the older ones, the newest, the one after it. */
export function witnessesOf({ lastSequence, entries }: LicenceTimeline): readonly number[] {
  const older = (entries[0]?.sequence ?? 1) - 1;
  return [...Array.from({ length: older }, (_, index) => index + 1), lastSequence, lastSequence + 1];
}

function eventFaults(event: LicenceEvent, index: number, events: readonly LicenceEvent[], timeline: LicenceTimeline, sha256: Sha256): readonly TimelineFault[] {
  const previous = events[index - 1];
  const checks: readonly [TimelineFault['fault'], boolean][] = [
    ['GAP', event.sequence === index + 1],
    ['FOREIGN_LICENCE', licenceId(event.licence) === licenceId(timeline.licence)],
    ['FOREIGN_ORGANISATION', event.recordedBy.mspId === timeline.issuer],
    ['FIRST_IS_NO_ISSUE', index > 0 || (event.kind === 'INITIAL' && event.action?.type === (isClass(event.licence) ? 'EXTEND_CLASS' : 'ISSUE'))],
    ['BAD_ACTION', event.action === undefined || isClass(event.licence) === (event.action.type === 'EXTEND_CLASS')],
    ['TIME_DECREASES', previous === undefined || previous.recordedAt <= event.recordedAt],
    ['BAD_TARGET', targetIsPossible(event, events)],
    ['WRONG_DIGEST', event.digest === extendDigest(previous?.digest ?? EMPTY_DIGEST, entryOf(event), sha256)],
    ['DIFFERS_FROM_TIMELINE', agrees(event, timeline)],
  ];
  return checks.filter(([, holds]) => !holds).map(([fault]) => ({ sequence: event.sequence, fault }));
}

type PossibleTarget = (aim: TimelineEntry | undefined, action: BoardAction | undefined) => boolean;

/** By kind: whether an event with that action can be about `aim`, the earlier event that it names. */
const possibleTarget: Readonly<Record<LicenceEventKind, PossibleTarget>> = {
  INITIAL: (aim, action) => aim === undefined && action !== undefined && !['STAY', 'LIFT_STAY', 'APPEAL', 'HEARING'].includes(action.type),
  VOID: (aim, action) => aim !== undefined && action === undefined,
  SEAL: (aim, action) => disciplines(aim) && action === undefined,
  CORRECTION: (aim, action) => aim?.kind === 'INITIAL' && aim.action?.type === action?.type,
  REVISION: (aim, action) => disciplines(aim) && isDiscipline(action),
  STAY: (aim, action) => disciplines(aim) && action?.type === 'STAY',
  STAY_LIFTED: (aim, action) => aim?.kind === 'STAY' && action?.type === 'LIFT_STAY',
  APPEAL: (aim, action) => disciplines(aim) && action?.type === 'APPEAL',
  HEARING: (aim, action) => disciplines(aim) && action?.type === 'HEARING',
};

/** Whether an event can be about what it names, among the events before it. */
export function targetIsPossible({ kind, target, sequence, action }: TimelineEntry, events: readonly TimelineEntry[]): boolean {
  const aim = target !== undefined && target < sequence ? events[target - 1] : undefined;
  const named = kind === 'INITIAL' ? target === undefined : aim !== undefined;
  return named && possibleTarget[kind](aim, action);
}

function disciplines(aim: TimelineEntry | undefined): boolean {
  return aim?.kind === 'INITIAL' && isDiscipline(aim.action);
}

/** The timeline's own copy of the event, where it still carries one. */
function agrees(event: LicenceEvent, timeline: LicenceTimeline): boolean {
  const entry = timeline.entries.find(({ sequence }) => sequence === event.sequence);
  return entry === undefined ? event.sequence < (timeline.entries[0]?.sequence ?? 1) : canonicalJson(entry) === canonicalJson(entryOf(event));
}

/** The part of an event that its licence's timeline carries. */
export function entryOf(event: LicenceEvent): TimelineEntry {
  const { sequence, kind, target, action, enteredOn } = event;
  return { sequence, kind, ...present('target', target), ...present('action', action), ...present('enteredOn', enteredOn) };
}
