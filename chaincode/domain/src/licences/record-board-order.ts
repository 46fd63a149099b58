import type { RelatedLicence } from '../compacts/related-licences.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { addDays } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { present } from '../shared/present.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { assertOwnBoard, eventAfter, withEvent } from './append-events.js';
import type { RecordBoardOrder, SignedBoardOrder } from './board-order.js';
import { assertPossible } from './possible-steps.js';
import type { LicenceEvent } from './licence-event.js';
import type { LicenceChange, LicenceState } from './licence.js';
import { assertMayOrder } from './order-rights.js';
import type { SignatureContext } from './order-rights.js';

/** An order, and the events (if any) that already stand right after the one that it expected. */
export interface OrderRequest extends SignatureContext {
  readonly signed: SignedBoardOrder;
  readonly following: readonly LicenceEvent[];
  /** Licences that a compact relates to this one: of an order that ends what follows from them. */
  readonly related?: readonly RelatedLicence[];
}

/** The change that an order makes, or the last of the events that a resent one already became. */
export type OrderResult = { readonly outcome: 'RECORDED'; readonly change: LicenceChange } | { readonly outcome: 'ALREADY_RECORDED'; readonly sequence: number };

/**
 * Records all steps of an order, or none. Throws what `assertOwnBoard`, `assertMayOrder` and `assertPossible` throw,
 * STALE_VERSION, LICENCE_EVENT_ALREADY_RECORDED, EFFECTIVE_DATE_OUT_OF_BOUNDS and RECORDED_TIME_DECREASES.
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
    assertPossible(after, step, { ...execution, decidedOn: decidedOn(order, execution), related: request.related ?? [] });
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

/** The day of the decision where the order names none: today. */
function decidedOn({ order }: RecordBoardOrder, { now }: RegistryExecution): PlainDate {
  return order?.decidedOn ?? now.slice(0, 10);
}
