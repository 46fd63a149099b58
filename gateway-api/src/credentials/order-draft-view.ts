import type { BoardOrder, BoardOrderStep, LicenceKey } from '@medaccord/domain';
import type { OrderDraft } from './order-draft-store.js';

/** A draft as people of the board see it. */
export interface OrderDraftView extends Omit<OrderDraft, 'order' | 'document' | 'signature'> {
  readonly licence: LicenceKey;
  readonly expectedSequence: number;
  readonly order?: BoardOrder;
  readonly steps: readonly BoardOrderStep[];
  readonly narrative?: string;
}

/** A draft without salt and signature, which only its approval needs. */
export function draftView({ order: { licence, expectedSequence, order, steps }, document, signature: _, ...draft }: OrderDraft): OrderDraftView {
  return { ...draft, licence, expectedSequence, steps, ...(order === undefined ? {} : { order }), ...(document === undefined ? {} : { narrative: document.narrative }) };
}
