import { cascadeOf, isCause } from '../compacts/cascade.js';
import { assertPrincipal } from '../compacts/designate-principal.js';
import type { ForeignEvent } from '../compacts/derived-effect.js';
import type { RelatedLicence } from '../compacts/related-licences.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { addDays } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertOwnBoard, eventAfter, withEvent } from './append-events.js';
import type { BoardOrderStep, RecordBoardOrder, SignedBoardOrder } from './board-order.js';
import { targetIsPossible } from './check-events.js';
import { standing } from './fold-standing.js';
import { isDiscipline } from './licence-event.js';
import type { BoardAction, LicenceEvent, ReinstateAction } from './licence-event.js';
import { licenceId } from './licence-key.js';
import type { LicenceChange, LicenceState } from './licence.js';
import { assertMayOrder } from './order-rights.js';
import type { SignatureContext } from './order-rights.js';
import { isStruck, knownActions } from './timeline.js';

/** An order, and the events (if any) that already stand right after the one that it expected. */
export interface OrderRequest extends SignatureContext {
  readonly signed: SignedBoardOrder;
  readonly following: readonly LicenceEvent[];
  /** Licences that a compact relates to this one: of an order that ends what follows from them. */
  readonly related?: readonly RelatedLicence[];
}

/** The change that an order makes, or the last of the events that a resent one already became. */
export type OrderResult = { readonly outcome: 'RECORDED'; readonly change: LicenceChange } | { readonly outcome: 'ALREADY_RECORDED'; readonly sequence: number };

/** How far ahead an order may take effect: further is a slip of the pen. */
const MOST_DAYS_AHEAD = 3660;

/**
 * Records all steps of an order, or none. Throws what `assertOwnBoard` and `assertMayOrder` throw, STALE_VERSION,
 * LICENCE_EVENT_ALREADY_RECORDED, LICENCE_EVENT_TARGET, LICENCE_EVENT_STRUCK, LICENCE_NOT_IN_FORCE, LICENCE_NOT_SUSPENDED,
 * EFFECTIVE_DATE_OUT_OF_BOUNDS, COMPACT_PRINCIPAL and RECORDED_TIME_DECREASES.
 */
export function recordBoardOrder(state: LicenceState, request: OrderRequest, execution: RegistryExecution): OrderResult {
  const { order, signatures } = request.signed;
  assertOwnBoard(state.record.licence, state.record.issuer, execution);
  if (request.following[0]?.actionId === order.actionId) return recordedBefore(order, request.following);
  const { lastSequence } = state.timeline;
  if (lastSequence !== order.expectedSequence) throw new DomainError('STALE_VERSION', { expected: order.expectedSequence, actual: lastSequence });
  assertMayOrder(request.signed, state.timeline.entries, request, execution);
  assertDecided(order, execution);
  const particulars = { actionId: order.actionId, ...present('order', order.order), ...(signatures.length === 0 ? {} : { signatures }) };
  let after = state;
  const events = order.steps.map((step) => {
    assertPossible(after, step, { ...execution, related: request.related ?? [] });
    const event = eventAfter(after.timeline, particulars, step, execution);
    after = withEvent(after, event);
    return event;
  });
  return { outcome: 'RECORDED', change: { state: after, events } };
}

/** Whether an order ends what follows from other licences, which then have to be looked up. */
export function endsDerived({ steps }: RecordBoardOrder): boolean {
  return steps.some(({ action }) => action?.type === 'REINSTATE' && action.endsDerived !== undefined);
}

function recordedBefore(order: RecordBoardOrder, following: readonly LicenceEvent[]): OrderResult {
  const said = following.filter(({ actionId }) => actionId === order.actionId).map(({ kind, target, action }) => ({ kind, ...present('target', target), ...present('action', action) }));
  const same = canonicalJson([following[0]?.order ?? null, said]) === canonicalJson([order.order ?? null, order.steps]);
  if (!same) throw new DomainError('LICENCE_EVENT_ALREADY_RECORDED');
  return { outcome: 'ALREADY_RECORDED', sequence: order.expectedSequence + order.steps.length };
}

/** A board's day may be one ahead of UTC's. */
function assertDecided({ order }: RecordBoardOrder, { now }: RegistryExecution): void {
  if (order !== undefined && order.decidedOn > addDays(now.slice(0, 10), 1)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

/** The transaction, and what a step on derived effects is judged by. */
interface Circumstances extends RegistryExecution {
  readonly related: readonly RelatedLicence[];
}

function assertPossible(state: LicenceState, step: BoardOrderStep, execution: Circumstances): void {
  const { entries, lastSequence } = state.timeline;
  const { target, action } = step;
  if (!targetIsPossible({ sequence: lastSequence + 1, ...step }, entries)) throw new DomainError('LICENCE_EVENT_TARGET', { target: target ?? 0 });
  if (target !== undefined && isStruck(target, entries)) throw new DomainError('LICENCE_EVENT_STRUCK', { target });
  if (action === undefined) return;
  if (action.effectiveFrom > addDays(execution.now.slice(0, 10), MOST_DAYS_AHEAD)) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
  assertPrincipal(state.timeline, step, execution);
  if (step.kind === 'INITIAL') assertAllowed(state, action, execution);
  if (step.kind === 'REVISION' || step.kind === 'STAY_LIFTED') assertNotBefore(state, target, action);
}

function assertAllowed(state: LicenceState, action: BoardAction, execution: Circumstances): void {
  if (action.type !== 'REINSTATE') {
    assertInForce(state, action);
    return;
  }
  for (const id of action.ends) assertCanEnd(state, id, action, execution);
  for (const foreign of action.endsDerived ?? []) assertCanEndDerived(state, foreign, action, execution);
}

/** An expired licence can still be disciplined or renewed; one that was never issued or is revoked cannot. */
function assertInForce({ record, timeline }: LicenceState, { effectiveFrom }: BoardAction): void {
  const { lifecycle } = standing({ licence: record.licence, entries: timeline.entries }, effectiveFrom);
  if (lifecycle === 'NOT_ISSUED' || lifecycle === 'REVOKED') throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
}

/** What changes an act or ends its stay cannot take effect before it. */
function assertNotBefore({ timeline }: LicenceState, target: number | undefined, { effectiveFrom }: BoardAction): void {
  const changed = timeline.entries.find(({ sequence }) => sequence === target)?.action;
  if (changed !== undefined && effectiveFrom < changed.effectiveFrom) throw new DomainError('EFFECTIVE_DATE_OUT_OF_BOUNDS');
}

function assertCanEnd(state: LicenceState, id: number, reinstatement: ReinstateAction, execution: RegistryExecution): void {
  const { actions } = knownActions(state.timeline.entries, state.timeline.lastSequence);
  const ended = actions.find((action) => action.id === id)?.action;
  const endsAlready = actions.some(({ action }) => action.type === 'REINSTATE' && action.ends.includes(id));
  if (!isDiscipline(ended) || endsAlready || reinstatement.effectiveFrom < ended.effectiveFrom) throw new DomainError('LICENCE_NOT_SUSPENDED', { action: id });
  if (ended.type === 'REVOKE' || ended.type === 'SURRENDER') assertNotRetroactive(ended.type, reinstatement, execution);
}

/** What follows from another licence's event can be ended on a day on which it does, and for the future only where it has ended the licence. */
function assertCanEndDerived({ timeline }: LicenceState, foreign: ForeignEvent, reinstatement: ReinstateAction, execution: Circumstances): void {
  const effects = cascadeOf(timeline, timeline.lastSequence, execution.related).on(reinstatement.effectiveFrom);
  const ended = effects.find((effect) => isCause(foreign, effect));
  if (ended === undefined) throw new DomainError('LICENCE_NOT_SUSPENDED', { licence: licenceId(foreign.licence), action: foreign.event });
  if (ended.type === 'REVOCATION') assertNotRetroactive('REVOKE', reinstatement, execution);
  if (ended.type === 'SURRENDER') assertNotRetroactive('SURRENDER', reinstatement, execution);
}

/** A licence that had ended revives for the future only. West of Greenwich the board's day may still be the one before UTC's. */
function assertNotRetroactive(type: 'REVOKE' | 'SURRENDER', { effectiveFrom }: ReinstateAction, { now }: RegistryExecution): void {
  const lifecycle = type === 'REVOKE' ? 'REVOKED' : 'SURRENDERED';
  if (effectiveFrom < addDays(now.slice(0, 10), -1)) throw new DomainError('LICENCE_NOT_IN_FORCE', { lifecycle });
}
