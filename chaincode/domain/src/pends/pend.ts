import type { Release } from '../adjudication/adjudication.js';
import { referenceShape } from '../adjudication/eob-shape.js';
import type { ClockPause } from '../coverage/prompt-pay.js';
import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, sha256Shape } from '../shared/parse.js';
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

/** Information was asked for, ANSWERED, or holds were RELEASED by a supervisor. */
export const PEND_STATES = ['INFORMATION_REQUESTED', 'ANSWERED', 'RELEASED'] as const;

/** What both parties know of a claim that a person looks at: what was asked and answered, and what a supervisor lifted. */
export interface PendBody {
  readonly claim: DocumentReference;
  readonly state: (typeof PEND_STATES)[number];
  /** By when an answer is due. */
  readonly dueOn?: PlainDate;
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

/** Reads a document outside. */
export const attachmentShape: Shape<Attachment> = object<Attachment>({ controlNumber: freeText(1, 80), sha256: sha256Shape });

/** Reads the lifting of a hold. */
export const releaseShape: Shape<Release> = object<Release>({ rule: freeText(1, 80), line: optional(integer(1)), reason: freeText(1, 200) });

/** Reads a recorded pend. */
export const pendDocumentShape: Shape<PendDocument> = joint(documentShape('pend', object<PendBody>({
  claim: referenceShape,
  state: oneOf(PEND_STATES),
  dueOn: optional(plainDate),
  request: optional(object<InformationRequest>({ of: oneOf(['provider', 'patient']), codes: list(code, 1, 20), on: plainDate })),
  answer: optional(object<InformationAnswer>({ on: plainDate, note: optional(freeText(1, 2000)), attachments: list(attachmentShape, 0, 50) })),
  releases: list(releaseShape, 0, 100),
  pauses: list(object<ClockPause>({ from: plainDate, thru: plainDate }), 0, 50),
})));
