import type { ErrorCode } from './error-codes.js';
import { DomainError } from './errors.js';
import type { Issue } from './errors.js';
import { list, object, parse } from './parse.js';
import type { Shape } from './parse.js';

/**
 * What became of one item of a public batch, in the order of the batch. An item that is refused leaves the others alone;
 * a resent one is ALREADY_RECORDED.
 */
export type ItemOutcome<Done extends string> =
  | { readonly outcome: Done | 'ALREADY_RECORDED'; readonly id: string }
  | { readonly outcome: 'REFUSED'; readonly code: ErrorCode; readonly issues?: readonly Issue[] };

/** A batch whose items are read one by one, so that a bad one refuses itself alone. */
export interface Batch {
  readonly items: readonly unknown[];
}

/** Reads a batch of at most that many items. */
export function batchShape(most: number): Shape<Batch> {
  return object<Batch>({ items: list<unknown>((value) => value, 1, most) });
}

/**
 * Does each item by itself: reads it, then lets `perform` decide. A DomainError refuses that item only; issue paths start
 * at the item's place in the batch, for example `/items/3/npi`.
 */
export function eachItem<T, Done extends string>(items: readonly unknown[], shape: Shape<T>, perform: (item: T) => ItemOutcome<Done>): readonly ItemOutcome<Done>[] {
  return items.map((item, index) => {
    try {
      return perform(parse(shape, item));
    } catch (error) {
      if (error instanceof DomainError) return refused(error, `/items/${index}`);
      throw error;
    }
  });
}

function refused<Done extends string>(error: DomainError, place: string): ItemOutcome<Done> {
  const issues = error.details.issues?.map((one) => ({ ...one, path: place + one.path }));
  return { outcome: 'REFUSED', code: error.code, ...(issues === undefined ? {} : { issues }) };
}
