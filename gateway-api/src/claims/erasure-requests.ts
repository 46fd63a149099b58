import { ERASURE_REASONS, flag, freeText, object, oneOf, optional } from '@medaccord/domain';
import type { AnswerErasure, ProposeErasure, Shape } from '@medaccord/domain';

const note = optional(freeText(1, 500));

/** Reads a proposal. */
export const erasureProposalRequest: Shape<Pick<ProposeErasure, 'reason' | 'note'>> = object<Pick<ProposeErasure, 'reason' | 'note'>>({ reason: oneOf(ERASURE_REASONS), note });

/** Reads an answer. */
export const erasureAnswerRequest: Shape<Pick<AnswerErasure, 'approve' | 'note'>> = object<Pick<AnswerErasure, 'approve' | 'note'>>({ approve: flag, note });

/** Reads the order to erase, which says it in so many words. */
export const erasureExecutionRequest: Shape<{ readonly confirm: 'erase' }> = object({ confirm: oneOf(['erase']) });
