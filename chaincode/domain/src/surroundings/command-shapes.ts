import { changeCoveragesShape } from '../coverage-changes/coverage-change.js';
import { answerEligibilityShape, askEligibilityShape } from '../eligibility/eligibility.js';
import type { Shape } from '../shared/parse.js';
import { decideReviewsShape, proposeReviewsShape } from '../review-lists/command-shapes.js';
import type { AdjudicateClaims } from '../claims/command.js';
import type { SurroundingCommand, SurroundingVerb } from './commands.js';

/** How each of these commands is read; some carry an adjudication's documents. */
export const surroundingShapes = (adjudication: Shape<AdjudicateClaims>): Readonly<Record<SurroundingVerb, Shape<SurroundingCommand>>> => ({
  askEligibility: askEligibilityShape,
  answerEligibility: answerEligibilityShape,
  changeCoverages: changeCoveragesShape,
  proposeReviews: proposeReviewsShape(adjudication),
  decideReviews: decideReviewsShape,
});
