import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { RegistryActor, RegistryExecution } from '../members/registry-execution.js';
import { entryOf } from './check-events.js';
import type { BoardOrder, LicenceEvent, OrderSignature, TimelineEntry } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';
import type { LicenceState } from './licence.js';
import { extendDigest, timelineDigest } from './timeline.js';
import type { LicenceTimeline } from './timeline.js';

/** What one order says of each of its events. */
export interface OrderParticulars {
  readonly actionId: string;
  readonly order?: BoardOrder;
  readonly signatures?: readonly OrderSignature[];
  readonly importBatch?: string;
  readonly sourceRecordedAt?: PlainDate;
}

/** Only the organisation whose board issued a licence acts on it, with a certificate for the organisation or that board. */
export function assertOwnBoard(licence: LicenceKey, issuer: string, execution: RegistryExecution): void {
  if (execution.actor.member.mspId !== issuer) throw new DomainError('FORBIDDEN_ORGANISATION');
  assertOwnUnit(licence, execution);
}

/** Refuses a certificate that is bound to another board than the licence's. Throws FORBIDDEN_UNIT. */
export function assertOwnUnit({ board }: Pick<LicenceKey, 'board'>, { actor: { unit } }: { readonly actor: Pick<RegistryActor, 'unit'> }): void {
  if (unit !== undefined && unit !== board) throw new DomainError('FORBIDDEN_UNIT');
}

/** The event that records a step after the last one of the timeline. Throws RECORDED_TIME_DECREASES. */
export function eventAfter(timeline: LicenceTimeline, particulars: OrderParticulars, step: Omit<TimelineEntry, 'sequence'>, execution: RegistryExecution): LicenceEvent {
  const { actor, now, txId, sha256 } = execution;
  if (now < timeline.lastRecordedAt) throw new DomainError('RECORDED_TIME_DECREASES');
  const entry: TimelineEntry = { sequence: timeline.lastSequence + 1, ...step, ...(countsDays(step) && { enteredOn: particulars.order?.decidedOn ?? now.slice(0, 10) }) };
  return {
    schema: 'licence-event/v1',
    licence: timeline.licence,
    ...entry,
    actionId: particulars.actionId,
    ...present('order', particulars.order),
    ...present('signatures', particulars.signatures),
    ...present('importBatch', particulars.importBatch),
    ...present('sourceRecordedAt', particulars.sourceRecordedAt),
    recordedAt: now,
    recordedBy: { mspId: actor.member.mspId, role: actor.role, subject: actor.subject },
    txId,
    digest: extendDigest(timelineDigest(timeline, sha256), entry, sha256),
  };
}

/** Whether a compact counts days from the entry of such an order: it takes a licence away, or lets that happen at last. */
function countsDays({ kind, action }: Omit<TimelineEntry, 'sequence'>): boolean {
  const takesAway = action !== undefined && ['SUSPEND', 'REVOKE', 'SURRENDER'].includes(action.type);
  return kind === 'STAY_LIFTED' || ((kind === 'INITIAL' || kind === 'REVISION') && takesAway);
}

/** The licence after an event. */
export function withEvent(state: LicenceState, event: LicenceEvent): LicenceState {
  const timeline = { ...state.timeline, lastSequence: event.sequence, lastRecordedAt: event.recordedAt, entries: [...state.timeline.entries, entryOf(event)] };
  return { ...state, timeline };
}
