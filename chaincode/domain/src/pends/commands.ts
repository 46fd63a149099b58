import type { Release } from '../adjudication/adjudication.js';
import type { ClaimDocument } from '../claims/claim.js';
import { claimDocumentShape } from '../claims/claim-shape.js';
import type { PlainDate } from '../shared/dates.js';
import { freeText, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { attachmentShape, pendDocumentShape, releaseShape } from './pend.js';
import type { Attachment, InformationRequest, PendDocument } from './pend.js';

/** Insurer, claims-examiner. Asks for what is missing. */
export interface RequestInformation {
  readonly verb: 'requestInformation';
  readonly claim: ClaimDocument;
  /** Absent where there is no pend yet, which the ledger checks. */
  readonly before?: PendDocument;
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
  /** Absent where there is no pend yet, which the ledger checks. */
  readonly before?: PendDocument;
  readonly releases: readonly Release[];
}

/** What both parties learn of a claim that a person looks at. */
export type PendCommand = RequestInformation | AnswerRequest | ReleasePend;

const concerns = { claim: claimDocumentShape, before: optional(pendDocumentShape) };
const codes = list(freeText(1, 100), 1, 20);

/** Reads a request for information. */
export const requestInformationShape: Shape<RequestInformation> = object<RequestInformation>({
  verb: oneOf(['requestInformation']), ...concerns, of: oneOf(['provider', 'patient']), codes, dueOn: plainDate,
});

/** Reads an answer. */
export const answerRequestShape: Shape<AnswerRequest> = object<AnswerRequest>({
  verb: oneOf(['answerRequest']), claim: claimDocumentShape, before: pendDocumentShape, note: optional(freeText(1, 2000)), attachments: list(attachmentShape, 0, 50),
});

/** Reads a supervisor's release. */
export const releasePendShape: Shape<ReleasePend> = object<ReleasePend>({ verb: oneOf(['releasePend']), ...concerns, releases: list(releaseShape, 1, 100) });
