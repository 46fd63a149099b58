import type { PlainDate } from '../shared/dates.js';
import { list, object, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { validThruOn } from './fold-standing.js';
import type { LicenceEvent } from './licence-event.js';
import { licenceKeyShape } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import { foldInputOf } from './licence.js';
import type { Licence, LicenceState } from './licence.js';
import type { Standing } from './standing.js';
import { isStruck, knownActions } from './timeline.js';
import { visibleEvents } from './visible-events.js';
import type { SealedEvent } from './visible-events.js';

/** Many licences at once, as of a day. */
export interface LicencesQuery {
  readonly licences: readonly LicenceKey[];
  readonly asOf: PlainDate;
}

/** Reads which licences; at most 500. */
export const licencesQueryShape: Shape<LicencesQuery> = object<LicencesQuery>({ licences: list(licenceKeyShape, 1, 500), asOf: plainDate });

/** A licence as lists, look-ups and exports need it: what is recorded, and what it means on a day. */
export interface LicenceView {
  readonly licence: Licence;
  /** In their order; of a sealed one only that there is one. */
  readonly events: readonly (LicenceEvent | SealedEvent)[];
  /** Sequences of the events that a void or a seal made never have been. */
  readonly struck: readonly number[];
  readonly standing: Standing;
  /** The day from which the licence was issued; absent where the issue is void. */
  readonly issuedOn?: PlainDate;
  /** The last day on which it is valid as it stands on the day. */
  readonly validThru?: PlainDate;
}

/** The view of a licence whose timeline is complete, with its standing on the day. */
export function licenceView(state: LicenceState, events: readonly LicenceEvent[], standing: Standing): LicenceView {
  const { record, timeline } = state;
  const input = foldInputOf(state);
  const issue = knownActions(timeline.entries, timeline.lastSequence).actions.filter(({ action }) => action.type === 'ISSUE').at(-1);
  return {
    licence: record,
    events: visibleEvents(events),
    struck: timeline.entries.map(({ sequence }) => sequence).filter((sequence) => isStruck(sequence, timeline.entries)),
    standing,
    ...present('issuedOn', issue?.action.effectiveFrom),
    ...present('validThru', validThruOn(input, standing.asOf)),
  };
}

/** Whether an event is told at all. */
export function isVisible(event: LicenceEvent | SealedEvent): event is LicenceEvent {
  return !('sealed' in event);
}

/** The events that count: neither sealed nor void, nor about one that is, and not the voids and seals themselves. */
export function countingEvents({ events, struck }: Pick<LicenceView, 'events' | 'struck'>): readonly LicenceEvent[] {
  const gone = new Set(struck);
  // What an event is about stands before it.
  for (const event of events) if (!isVisible(event) || (event.target !== undefined && gone.has(event.target))) gone.add(event.sequence);
  return events.filter(isVisible).filter(({ sequence, kind }) => kind !== 'VOID' && kind !== 'SEAL' && !gone.has(sequence));
}
