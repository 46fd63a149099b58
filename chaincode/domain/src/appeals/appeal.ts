import { referenceShape } from '../adjudication/eob-shape.js';
import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { flag, freeText, list, object, oneOf, optional, plainDate, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { APPEAL_LEVELS } from './deadlines.js';
import type { AppealLevel } from './deadlines.js';

/** A member's appeal is a right by statute; a provider's dispute comes from the contract and never goes to external review. */
export const APPEAL_TRACKS = ['member', 'provider-dispute'] as const;

/** What came of an appeal, or that it waits. */
export const APPEAL_STATES = ['FILED', 'UPHELD', 'OVERTURNED', 'WITHDRAWN'] as const;

/** One level of an appeal against one decision. */
export interface AppealBody {
  readonly adjudication: DocumentReference;
  readonly track: (typeof APPEAL_TRACKS)[number];
  readonly level: AppealLevel;
  readonly state: (typeof APPEAL_STATES)[number];
  readonly urgent: boolean;
  readonly grounds: string;
  /** SHA-256 of each document that was handed in, in hexadecimal; the documents stay outside. */
  readonly evidence: readonly string[];
  readonly filedOn: PlainDate;
  /** By when it is to be decided. */
  readonly dueOn: PlainDate;
  readonly decidedOn?: PlainDate;
  /** The decision came after its last day. */
  readonly late?: boolean;
  readonly reason?: string;
}

/** A recorded appeal, joint and chained; its id is the claim's, and every step of every level is a version. */
export type AppealDocument = PrivateDocument<'appeal', AppealBody> & { readonly parties: JointParties };

/** Reads hashes of documents that stay outside. */
export const evidenceShape: Shape<readonly string[]> = list(sha256Shape, 0, 100);

/** Reads a recorded appeal. */
export const appealDocumentShape: Shape<AppealDocument> = joint(documentShape('appeal', object<AppealBody>({
  adjudication: referenceShape,
  track: oneOf(APPEAL_TRACKS),
  level: oneOf(APPEAL_LEVELS),
  state: oneOf(APPEAL_STATES),
  urgent: flag,
  grounds: freeText(1, 2000),
  evidence: evidenceShape,
  filedOn: plainDate,
  dueOn: plainDate,
  decidedOn: optional(plainDate),
  late: optional(flag),
  reason: optional(freeText(1, 2000)),
})));
