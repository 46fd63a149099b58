import type { Release } from '../adjudication/adjudication.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { ClockPause } from '../coverage/prompt-pay.js';
import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What the insurer asks for before it can decide. */
export interface InformationRequest {
  readonly of: 'provider' | 'patient';
  /** Remark codes that say what is asked, such as `M127`. */
  readonly codes: readonly string[];
  readonly on: PlainDate;
}

/** What came in: documents by their hashes, which stay outside. */
export interface InformationAnswer {
  readonly on: PlainDate;
  readonly note?: string;
  readonly attachments: readonly Attachment[];
}

/** A document outside: its number as the claim or the answer names it, and its SHA-256. */
export interface Attachment {
  readonly controlNumber: string;
  readonly sha256: string;
}

/** QUEUED for a person, waiting for the hospital, ANSWERED, or RELEASED by a supervisor. */
export const PEND_STATES = ['QUEUED', 'INFORMATION_REQUESTED', 'ANSWERED', 'RELEASED'] as const;

/** A claim that a person has to look at: in which queue, who, until when, and what was asked and answered. */
export interface PendBody {
  readonly claim: DocumentReference;
  readonly state: (typeof PEND_STATES)[number];
  readonly queue: string;
  readonly assignee?: string;
  readonly reasons: readonly string[];
  readonly dueOn: PlainDate;
  readonly request?: InformationRequest;
  readonly answer?: InformationAnswer;
  /** Holds that a supervisor lifted, with the reasons. */
  readonly releases: readonly Release[];
  /** When the clock of prompt payment stood still: from each request to its answer. */
  readonly pauses: readonly ClockPause[];
}

/** A recorded pend, joint and chained; its id is the claim's. */
export type PendDocument = PrivateDocument<'pend', PendBody> & { readonly parties: JointParties };

const code = freeText(1, 100);

/** Reads the name of a queue. */
export const queueShape: Shape<string> = text(/^[a-z][a-z0-9-]{0,39}$/);

/** Reads a document outside. */
export const attachmentShape: Shape<Attachment> = object<Attachment>({ controlNumber: freeText(1, 80), sha256: text(/^[0-9a-f]{64}$/) });

/** Reads the lifting of a hold. */
export const releaseShape: Shape<Release> = object<Release>({ rule: freeText(1, 80), line: optional(integer(1)), reason: freeText(1, 200) });

/** Reads a recorded pend. */
export const pendDocumentShape: Shape<PendDocument> = joint(documentShape('pend', object<PendBody>({
  claim: referenceShape,
  state: oneOf(PEND_STATES),
  queue: queueShape,
  assignee: optional(freeText(1, 200)),
  reasons: list(code, 0, 100),
  dueOn: plainDate,
  request: optional(object<InformationRequest>({ of: oneOf(['provider', 'patient']), codes: list(code, 1, 20), on: plainDate })),
  answer: optional(object<InformationAnswer>({ on: plainDate, note: optional(freeText(1, 2000)), attachments: list(attachmentShape, 0, 50) })),
  releases: list(releaseShape, 0, 100),
  pauses: list(object<ClockPause>({ from: plainDate, thru: plainDate }), 0, 50),
})));
