import { changeCoveragesShape } from '../coverage-changes/coverage-change.js';
import { answerEligibilityShape, askEligibilityShape } from '../eligibility/eligibility.js';
import type { Shape } from '../shared/parse.js';
import type { SurroundingCommand, SurroundingVerb } from './commands.js';

/** How each of these commands is read. */
export const surroundingShapes: Readonly<Record<SurroundingVerb, Shape<SurroundingCommand>>> = {
  askEligibility: askEligibilityShape,
  answerEligibility: answerEligibilityShape,
  changeCoverages: changeCoveragesShape,
};
