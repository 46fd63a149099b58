import { eachItem } from '../shared/item-outcome.js';
import type { ItemOutcome } from '../shared/item-outcome.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { recordBoardOrderShape } from './board-order.js';
import type { RecordBoardOrder } from './board-order.js';
import type { LicenceEvent } from './licence-event.js';
import { orderedState } from './licence-class.js';
import { licenceEventId, licenceId } from './licence-key.js';
import type { LicenceId } from './licence-key.js';
import type { LicenceChange, LicenceState } from './licence.js';
import { recordBoardOrder } from './record-board-order.js';

/** What is on the ledger of the licences that a batch names. */
export interface OrderedLicences {
  readonly licences: ReadonlyMap<LicenceId, LicenceState>;
  /** Events by their id: those at the positions that the orders would take. */
  readonly events: ReadonlyMap<string, LicenceEvent>;
}

/** The outcome of each item, and what is to be written, in the order of the items. */
export interface RecordedOrders {
  readonly outcomes: readonly ItemOutcome<'RECORDED'>[];
  readonly changes: readonly LicenceChange[];
}

/**
 * Records each order of the batch that one person may make: renewals, or the extension of a whole class by an executive
 * order. An order that needs two persons is refused here.
 */
export function recordBoardOrders(items: readonly unknown[], { licences, events }: OrderedLicences, execution: RegistryExecution): RecordedOrders {
  const known = new Map(licences);
  const changes: LicenceChange[] = [];
  const outcomes = eachItem<RecordBoardOrder, 'RECORDED'>(items, recordBoardOrderShape, (order) => {
    const id = licenceId(order.licence);
    const state = orderedState(known.get(id), order.licence, execution);
    const following = placesOf(order).flatMap((sequence) => events.get(licenceEventId(order.licence, sequence)) ?? []);
    const result = recordBoardOrder(state, { ...unsigned, signed: { order, signatures: [] }, following }, execution);
    if (result.outcome === 'ALREADY_RECORDED') return { outcome: result.outcome, id };
    known.set(id, result.change.state);
    changes.push(result.change);
    return { outcome: 'RECORDED', id };
  });
  return { outcomes, changes };
}

/** The well-formed orders of a batch: what has to be looked up before it can be decided. */
export function ordersIn(items: readonly unknown[]): readonly RecordBoardOrder[] {
  const orders: RecordBoardOrder[] = [];
  eachItem<RecordBoardOrder, 'RECORDED'>(items, recordBoardOrderShape, (order) => {
    orders.push(order);
    return { outcome: 'RECORDED', id: licenceId(order.licence) };
  });
  return orders;
}

/** The positions that the steps of an order would take. */
export function placesOf({ expectedSequence, steps }: RecordBoardOrder): readonly number[] {
  return steps.map((_, index) => expectedSequence + 1 + index);
}

/** Where nobody signs there is nobody to look up. */
const unsigned = { channel: '', officers: new Map<string, never>(), verify: (): boolean => false };
