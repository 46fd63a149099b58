import type { LicenceEvent, TimelineEntry } from './licence-event.js';
import type { Standing } from './standing.js';
import { isStruck } from './timeline.js';

/** What readers are shown of an event that a court has sealed, and of all that is about it: that there is one. */
export interface SealedEvent {
  readonly sequence: number;
  readonly sealed: true;
}

/**
 * The events of a licence as readers see them, in their order: without a sealed event, what is about it, and what a
 * reinstatement says of it. Blocks written before the seal still hold its code and dates; what a seal does is that no
 * reader shows them any more.
 */
export function visibleEvents(events: readonly LicenceEvent[]): readonly (LicenceEvent | SealedEvent)[] {
  const hidden = new Set(sealedActions(events));
  for (const { kind, target, sequence } of events) if (kind !== 'SEAL' && target !== undefined && hidden.has(target)) hidden.add(sequence);
  return events.map((event) => (hidden.has(event.sequence) || onlyEnds(event, hidden) ? { sequence: event.sequence, sealed: true } : withoutEnds(event, hidden)));
}

/** The answer without what has been sealed since: that the holder could not practise then it still says, for decisions rest on it. */
export function withoutSealed(answer: Standing, entries: readonly TimelineEntry[]): Standing {
  const sealed = new Set(sealedActions(entries));
  return { ...answer, encumbrances: answer.encumbrances.filter(({ action }) => !sealed.has(action)) };
}

function sealedActions(entries: readonly TimelineEntry[]): readonly number[] {
  return entries.flatMap(({ kind, target, sequence }) => (kind === 'SEAL' && target !== undefined && !isStruck(sequence, entries) ? [target] : []));
}

function onlyEnds({ action }: LicenceEvent, hidden: ReadonlySet<number>): boolean {
  return action?.type === 'REINSTATE' && action.endsDerived === undefined && action.ends.every((id) => hidden.has(id));
}

function withoutEnds(event: LicenceEvent, hidden: ReadonlySet<number>): LicenceEvent {
  const { action } = event;
  return action?.type === 'REINSTATE' && action.ends.some((id) => hidden.has(id)) ? { ...event, action: { ...action, ends: action.ends.filter((id) => !hidden.has(id)) } } : event;
}
