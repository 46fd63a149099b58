import { adjudicationDocumentShape, eobDocumentShape } from '../adjudication/eob-shape.js';
import type { AdjudicateClaims } from '../claims/command.js';
import { opaqueId } from '../documents/document.js';
import { freeText, list, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { reviewCauseShape, reviewListDocumentShape } from './review-list.js';
import type { DecideReviews, ProposeReviews, StandingDecision } from './review-list.js';

/** Reads decisions to look at again; the terms are read as an adjudication's. */
export function proposeReviewsShape(terms: Shape<AdjudicateClaims>): Shape<ProposeReviews> {
  return object<ProposeReviews>({
    verb: oneOf(['proposeReviews']),
    listId: opaqueId,
    cause: reviewCauseShape,
    reason: freeText(1, 500),
    decisions: list(object<StandingDecision>({ adjudication: adjudicationDocumentShape, eob: eobDocumentShape }), 1, 500),
    terms,
  });
}

/** Reads what a person decides on proposals. */
export const decideReviewsShape: Shape<DecideReviews> = object<DecideReviews>({
  verb: oneOf(['decideReviews']),
  list: reviewListDocumentShape,
  decisions: list(object<DecideReviews['decisions'][number]>({ claimId: opaqueId, state: oneOf(['RELEASED', 'DISMISSED']), reason: freeText(1, 500) }), 1, 500),
});
