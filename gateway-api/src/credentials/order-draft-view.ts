import type { OrderDraftDto } from './board-orders.dto.js';
import type { OrderDraft } from './order-draft-store.js';

/** A draft as people of the board see it: without salt and signature, which only the approval needs. */
export function draftView({ id, proposer, proposerRole, status, decidedBy, proposedAt, order, document }: OrderDraft): OrderDraftDto {
  const { licence, expectedSequence, steps } = order;

  return {
    id,
    proposer,
    proposerRole,
    status,
    proposedAt,
    licence,
    expectedSequence,
    steps: [...steps],
    ...(decidedBy === undefined ? {} : { decidedBy }),
    ...(order.order === undefined ? {} : { order: order.order }),
    ...(document === undefined ? {} : { narrative: document.narrative }),
  };
}
