import { canonicalJson } from '../shared/canonical-json.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import type { ReinstateLicence, RevokeLicence, SuspendLicence } from './commands.js';
import { entryOf } from './check-events.js';
import { standing } from './fold-standing.js';
import type { BoardAction, LicenceEvent, ReinstateAction, RevokeAction, SuspendAction } from './licence-event.js';
import type { LicenceKey } from './licence-key.js';
import type { LicenceChange, LicenceState } from './licence.js';
import { extendDigest, knownActions, timelineDigest } from './timeline.js';
import type { LicenceTimeline } from './timeline.js';

/** A command on an issued licence, and the event (if any) that already stands right after the one that it expected. */
export interface ActionRequest<C> {
  readonly command: C;
  readonly following?: LicenceEvent;
}

/**
 * The change that an action makes, or the event that a resent command already became. Throws STALE_VERSION,
 * LICENCE_EVENT_ALREADY_RECORDED, LICENCE_NOT_IN_FORCE, LICENCE_NOT_SUSPENDED, RECORDED_TIME_DECREASES and what
 * `assertOwnBoard` throws.
 */
export type ActionResult = { readonly outcome: 'RECORDED'; readonly change: LicenceChange } | { readonly outcome: 'ALREADY_RECORDED'; readonly event: LicenceEvent };

/** Forbids practice from a date on. */
export function suspendLicence(state: LicenceState, request: ActionRequest<SuspendLicence>, execution: RegistryExecution): ActionResult {
  const { command } = request;
  const action: SuspendAction = {
    type: 'SUSPEND',
    summary: command.summary,
    effectiveFrom: command.effectiveFrom,
    ...present('effectiveThru', command.effectiveThru),
    automaticReinstatement: command.automaticReinstatement,
    basisCodes: command.basisCodes,
    ...present('order', command.order),
  };
  return act(state, request, action, execution, () => {
    assertInForce(state, command.effectiveFrom);
  });
}

/** Ends a licence from a date on. */
export function revokeLicence(state: LicenceState, request: ActionRequest<RevokeLicence>, execution: RegistryExecution): ActionResult {
  const { command } = request;
  const action: RevokeAction = { type: 'REVOKE', effectiveFrom: command.effectiveFrom, basisCodes: command.basisCodes, ...present('order', command.order) };
  return act(state, request, action, execution, () => {
    assertInForce(state, command.effectiveFrom);
  });
}

/** Ends suspensions, restrictions or a revocation from a date on. */
export function reinstateLicence(state: LicenceState, request: ActionRequest<ReinstateLicence>, execution: RegistryExecution): ActionResult {
  const { command } = request;
  const action: ReinstateAction = { type: 'REINSTATE', effectiveFrom: command.effectiveFrom, ends: [...new Set(command.ends)], ...present('order', command.order) };
  return act(state, request, action, execution, () => {
    for (const id of action.ends) assertCanEnd(state, id, action, execution);
  });
}

/** Only the organisation whose board issued a licence acts on it, with a certificate for the organisation or that board. */
export function assertOwnBoard(licence: LicenceKey, issuer: string, execution: RegistryExecution): void {
  const { member, unit } = execution.actor;
  if (member.mspId !== issuer) throw new DomainError('FORBIDDEN_ORGANISATION');
  if (unit !== undefined && unit !== licence.board) throw new DomainError('FORBIDDEN_UNIT');
}

/** The event that records an action after the last one of the timeline. */
export function eventAfter(timeline: LicenceTimeline, actionId: string, action: BoardAction, execution: RegistryExecution): LicenceEvent {
  const { actor, now, txId, sha256 } = execution;
  if (now < timeline.lastRecordedAt) throw new DomainError('RECORDED_TIME_DECREASES');
  const entry = { sequence: timeline.lastSequence + 1, kind: 'INITIAL', action } as const;
  return {
    schema: 'licence-event/v1',
    licence: timeline.licence,
    ...entry,
    actionId,
    recordedAt: now,
    recordedBy: { mspId: actor.member.mspId, role: actor.role, subject: actor.subject },
    txId,
    digest: extendDigest(timelineDigest(timeline, sha256), entry, sha256),
  };
}

/** The licence after an event. */
export function withEvent(state: LicenceState, event: LicenceEvent): LicenceState {
  const timeline = { ...state.timeline, lastSequence: event.sequence, lastRecordedAt: event.recordedAt, entries: [...state.timeline.entries, entryOf(event)] };
  return { record: state.record, timeline };
}

function act(
  state: LicenceState,
  { command, following }: ActionRequest<{ actionId: string; expectedSequence: number }>,
  action: BoardAction,
  execution: RegistryExecution,
  check: () => void,
): ActionResult {
  assertOwnBoard(state.record.licence, state.record.issuer, execution);
  if (following?.actionId === command.actionId) return recordedBefore(following, action);
  const { lastSequence } = state.timeline;
  if (lastSequence !== command.expectedSequence) throw new DomainError('STALE_VERSION', { expected: command.expectedSequence, actual: lastSequence });
  check();
  const event = eventAfter(state.timeline, command.actionId, action, execution);
  return { outcome: 'RECORDED', change: { state: withEvent(state, event), event } };
}

function recordedBefore(event: LicenceEvent, action: BoardAction): ActionResult {
  if (canonicalJson(event.action) !== canonicalJson(action)) throw new DomainError('LICENCE_EVENT_ALREADY_RECORDED');
  return { outcome: 'ALREADY_RECORDED', event };
}

/** An expired licence can still be disciplined; one that was never issued or is revoked cannot. */
function assertInForce(state: LicenceState, date: PlainDate): void {
  const { lifecycle } = standing({ licence: state.record.licence, entries: state.timeline.entries }, date);
  if (lifecycle === 'NOT_ISSUED' || lifecycle === 'REVOKED') throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
}

function assertCanEnd(state: LicenceState, id: number, reinstatement: ReinstateAction, execution: RegistryExecution): void {
  const { actions } = knownActions(state.timeline.entries, state.timeline.lastSequence);
  const ended = actions.find((action) => action.id === id)?.action;
  const endsAlready = actions.some(({ action }) => action.type === 'REINSTATE' && action.ends.includes(id));
  if (ended === undefined || ended.type === 'ISSUE' || ended.type === 'REINSTATE' || endsAlready) throw new DomainError('LICENCE_NOT_SUSPENDED', { action: id });
  if (reinstatement.effectiveFrom < ended.effectiveFrom) throw new DomainError('LICENCE_NOT_SUSPENDED', { action: id });
  if (ended.type === 'REVOKE') assertNotRetroactive(reinstatement, execution);
}

/** A revoked licence revives for the future only. West of Greenwich the board's day may still be the one before UTC's. */
function assertNotRetroactive(reinstatement: ReinstateAction, execution: RegistryExecution): void {
  if (reinstatement.effectiveFrom < addDays(execution.now.slice(0, 10), -1)) throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle: 'REVOKED' });
}
