import { attemptDecisionShape, attemptSubmissionShape } from '../alone/attempt.js';
import { openDisputeShape, settleDisputeShape } from '../alone/dispute.js';
import { countersignClaimsShape, lodgeClaimsShape } from '../alone/lodged.js';
import { unilateralShapes } from '../alone/unilateral.js';
import { changeCoveragesShape } from '../coverage-changes/coverage-change.js';
import { answerEligibilityShape, askEligibilityShape } from '../eligibility/eligibility.js';
import type { Shape } from '../shared/parse.js';
import { postExternalShape, reverseExternalShape } from '../external-postings/external-posting.js';
import { importRowsShape } from '../imports/import.js';
import { recordMandatesShape } from '../mandates/mandate.js';
import { issueNoticesShape } from '../notices/notice.js';
import { recordContractsShape, recordParticipationsShape } from '../payer-contracts/payer-contract.js';
import { decideReviewsShape, proposeReviewsShape } from '../review-lists/command-shapes.js';
import type { AdjudicateClaims, OpeningTotals } from '../claims/command.js';
import type { SurroundingCommand, SurroundingVerb } from './commands.js';

/** How each of these commands is read; some carry an adjudication's documents, or totals to begin with. */
export const surroundingShapes = (adjudication: Shape<AdjudicateClaims>, totals: Shape<OpeningTotals>): Readonly<Record<SurroundingVerb, Shape<SurroundingCommand>>> => ({
  askEligibility: askEligibilityShape,
  answerEligibility: answerEligibilityShape,
  changeCoverages: changeCoveragesShape,
  proposeReviews: proposeReviewsShape(adjudication),
  decideReviews: decideReviewsShape,
  attemptSubmission: attemptSubmissionShape,
  lodgeClaims: lodgeClaimsShape,
  countersignClaims: countersignClaimsShape,
  attemptDecision: attemptDecisionShape,
  ...unilateralShapes(adjudication),
  openDispute: openDisputeShape,
  settleDispute: settleDisputeShape,
  recordContracts: recordContractsShape,
  recordParticipations: recordParticipationsShape,
  postExternal: postExternalShape,
  reverseExternal: reverseExternalShape,
  importRows: importRowsShape(totals),
  recordMandates: recordMandatesShape,
  issueNotices: issueNoticesShape,
});
