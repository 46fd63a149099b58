import type { Release } from '../adjudication/adjudication.js';
import type { ClaimDocument } from '../claims/claim.js';
import { claimDocumentShape } from '../claims/claim-shape.js';
import type { PlainDate } from '../shared/dates.js';
import { freeText, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { attachmentShape, pendDocumentShape, queueShape, releaseShape } from './pend.js';
import type { Attachment, InformationRequest, PendDocument } from './pend.js';

/** Insurer, claims-examiner. Puts a claim that waits into a queue, gives it to somebody, sets a day. */
export interface RoutePend {
  readonly verb: 'routePend';
  readonly claim: ClaimDocument;
  /** Absent where the claim was in no queue yet, which the ledger checks. */
  readonly before?: PendDocument;
  readonly queue: string;
  readonly assignee?: string;
  readonly reasons: readonly string[];
  readonly dueOn: PlainDate;
}

/** Insurer, claims-examiner. Asks for what is missing. */
export interface RequestInformation {
  readonly verb: 'requestInformation';
  readonly claim: ClaimDocument;
  readonly before: PendDocument;
  readonly of: InformationRequest['of'];
  readonly codes: readonly string[];
  readonly dueOn: PlainDate;
}

/** Hospital, biller or denials; for a patient's answer the insurer, claims-examiner. */
export interface AnswerRequest {
  readonly verb: 'answerRequest';
  readonly claim: ClaimDocument;
  readonly before: PendDocument;
  readonly note?: string;
  readonly attachments: readonly Attachment[];
}

/** Insurer, claims-supervisor. Lifts holds, as a second person and with a reason. */
export interface ReleasePend {
  readonly verb: 'releasePend';
  readonly claim: ClaimDocument;
  readonly before: PendDocument;
  readonly releases: readonly Release[];
}

/** What can be done with a claim in a queue. */
export type PendCommand = RoutePend | RequestInformation | AnswerRequest | ReleasePend;

const concerns = { claim: claimDocumentShape, before: pendDocumentShape };
const codes = list(freeText(1, 100), 1, 20);

/** Reads a routing. */
export const routePendShape: Shape<RoutePend> = object<RoutePend>({
  verb: oneOf(['routePend']), claim: claimDocumentShape, before: optional(pendDocumentShape), queue: queueShape, assignee: optional(freeText(1, 200)),
  reasons: list(freeText(1, 100), 0, 100), dueOn: plainDate,
});

/** Reads a request for information. */
export const requestInformationShape: Shape<RequestInformation> = object<RequestInformation>({
  verb: oneOf(['requestInformation']), ...concerns, of: oneOf(['provider', 'patient']), codes, dueOn: plainDate,
});

/** Reads an answer. */
export const answerRequestShape: Shape<AnswerRequest> = object<AnswerRequest>({
  verb: oneOf(['answerRequest']), ...concerns, note: optional(freeText(1, 2000)), attachments: list(attachmentShape, 0, 50),
});

/** Reads a supervisor's release. */
export const releasePendShape: Shape<ReleasePend> = object<ReleasePend>({ verb: oneOf(['releasePend']), ...concerns, releases: list(releaseShape, 1, 100) });
