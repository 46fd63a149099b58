import {
  APPEAL_LEVELS, APPEAL_TRACKS, attachmentShape, evidenceShape, flag, freeText, integer, list, object, oneOf, opaqueId, optional, plainDate, queueShape, refundLetterShape,
  releaseShape, REOPENING_CAUSES,
} from '@medaccord/domain';
import type {
  AcknowledgeRemittance, AnswerRequest, DecideAppeal, Deposit, DisputedClaim, FileAppeal, OpaqueId, RefundLetter, ReleasePend, RequestInformation, RoutePend, Shape,
} from '@medaccord/domain';
import type { ClaimToReopen } from './reopening.js';

const MOST = 500;
const reason = freeText(1, 2000);
const codes = list(freeText(1, 100), 1, 20);

/** A level of an appeal to file. */
export type AppealRequest = Pick<FileAppeal, 'track' | 'level' | 'urgent' | 'grounds' | 'evidence'>;

/** What is decided on an appeal. */
export type AppealDecisionRequest = Pick<DecideAppeal, 'state' | 'reason'>;

/** Where a held claim goes. */
export type RoutingRequest = Pick<RoutePend, 'queue' | 'assignee' | 'reasons' | 'dueOn'>;

/** What is asked for. */
export type QuestionRequest = Pick<RequestInformation, 'of' | 'codes' | 'dueOn'>;

/** What came in. */
export type AnswerContent = Pick<AnswerRequest, 'note' | 'attachments'>;

/** Holds to lift. */
export type ReleaseRequest = Pick<ReleasePend, 'releases'>;

/** What arrived for a remittance. */
export type AcknowledgementRequest = Pick<AcknowledgeRemittance, 'deposit' | 'disputed'>;

/** A letter that asks for money back. */
export interface RefundDemandRequest {
  readonly claimId: OpaqueId;
  readonly amountMinor: number;
  readonly letter: RefundLetter;
}

/** Reads claims to open again. */
export const reopenRequest: Shape<{ readonly claims: readonly ClaimToReopen[] }> = object({
  claims: list(object<ClaimToReopen>({ claimId: opaqueId, cause: oneOf(REOPENING_CAUSES), reason: freeText(1, 500) }), 1, MOST),
});

/** Reads an appeal to file. */
export const appealRequest: Shape<AppealRequest> = object<AppealRequest>({
  track: oneOf(APPEAL_TRACKS), level: oneOf(APPEAL_LEVELS), urgent: flag, grounds: reason, evidence: evidenceShape,
});

/** Reads what is decided on an appeal. */
export const appealDecisionRequest: Shape<AppealDecisionRequest> = object<AppealDecisionRequest>({ state: oneOf(['UPHELD', 'OVERTURNED']), reason });

/** Reads why an appeal is withdrawn. */
export const withdrawalRequest: Shape<{ readonly reason: string }> = object({ reason });

/** Reads where a held claim goes. */
export const routingRequest: Shape<RoutingRequest> = object<RoutingRequest>({
  queue: queueShape, assignee: optional(freeText(1, 200)), reasons: list(freeText(1, 100), 0, 100), dueOn: plainDate,
});

/** Reads what is asked for. */
export const questionRequest: Shape<QuestionRequest> = object<QuestionRequest>({ of: oneOf(['provider', 'patient']), codes, dueOn: plainDate });

/** Reads what came in. */
export const answerContent: Shape<AnswerContent> = object<AnswerContent>({ note: optional(reason), attachments: list(attachmentShape, 0, 50) });

/** Reads holds to lift. */
export const releaseRequest: Shape<ReleaseRequest> = object<ReleaseRequest>({ releases: list(releaseShape, 1, 100) });

/** Reads a trace number. */
export const confirmationRequest: Shape<{ readonly traceNumber: string }> = object({ traceNumber: freeText(1, 50) });

/** Reads what arrived for a remittance. */
export const acknowledgementRequest: Shape<AcknowledgementRequest> = object<AcknowledgementRequest>({
  deposit: optional(object<Deposit>({ amountMinor: integer(0), traceNumber: freeText(1, 50), on: plainDate })),
  disputed: list(object<DisputedClaim>({ claimId: opaqueId, reason: freeText(1, 500) }), 0, MOST),
});

/** Reads a letter that asks for money back. */
export const refundDemandRequest: Shape<RefundDemandRequest> = object<RefundDemandRequest>({ claimId: opaqueId, amountMinor: integer(1), letter: refundLetterShape });

/** Reads which queue a list is of, and which part. */
export const queueRequest = object<{ readonly queue: string }>({ queue: queueShape });
