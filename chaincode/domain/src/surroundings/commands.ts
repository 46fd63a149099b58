import type { AttemptDecision, AttemptSubmission } from '../alone/attempt.js';
import type { OpenDispute, SettleDispute } from '../alone/dispute.js';
import type { CountersignClaims, LodgeClaims } from '../alone/lodged.js';
import type { CountersignDecision, DecideAlone, WithdrawDecision } from '../alone/unilateral.js';
import type { ChangeCoverages } from '../coverage-changes/coverage-change.js';
import type { PostExternal, ReverseExternal } from '../external-postings/external-posting.js';
import type { ImportRows } from '../imports/import.js';
import type { RecordMandates } from '../mandates/mandate.js';
import type { IssueNotices } from '../notices/notice.js';
import type { RecordContracts, RecordParticipations } from '../payer-contracts/payer-contract.js';
import type { DecideReviews, ProposeReviews } from '../review-lists/review-list.js';
import type { AnswerEligibility, AskEligibility } from '../eligibility/eligibility.js';

/** What stands around a claim: questions before it, changes that reach back to it, what one party does while the other is away. */
export type SurroundingCommand =
  | AskEligibility | AnswerEligibility | ChangeCoverages | ProposeReviews | DecideReviews
  | AttemptSubmission | LodgeClaims | CountersignClaims | AttemptDecision | DecideAlone | CountersignDecision | WithdrawDecision | OpenDispute | SettleDispute
  | RecordContracts | RecordParticipations | PostExternal | ReverseExternal | ImportRows | RecordMandates | IssueNotices;

/** The verbs of these commands. */
export type SurroundingVerb = SurroundingCommand['verb'];

/** Verbs that concern both parties and are written by the caller alone, into its own collection, with its own signature. */
export const WRITTEN_ALONE: readonly SurroundingVerb[] = ['proposeReviews', 'attemptSubmission', 'lodgeClaims', 'attemptDecision', 'decideAlone', 'withdrawDecision', 'recordMandates', 'issueNotices'];
