import type { LicenceEvent } from './licence-event.js';
import { isStruck } from './timeline.js';

/** What readers are shown of an event that a court has sealed, and of all that is about it: that there is one. */
export interface SealedEvent {
  readonly sequence: number;
  readonly sealed: true;
}

/**
 * The events of a licence as readers see them, in their order. Blocks written before the seal still hold its code and
 * dates; what a seal does is that no reader shows them any more.
 */
export function visibleEvents(events: readonly LicenceEvent[]): readonly (LicenceEvent | SealedEvent)[] {
  const hidden = new Set<number>();
  for (const { kind, target, sequence } of events) if (kind === 'SEAL' && target !== undefined && !isStruck(sequence, events)) hidden.add(target);
  for (const { kind, target, sequence } of events) if (kind !== 'SEAL' && target !== undefined && hidden.has(target)) hidden.add(sequence);
  return events.map((event) => (hidden.has(event.sequence) ? { sequence: event.sequence, sealed: true } : event));
}
