import { documentShape, joint } from '../documents/document.js';
import type { JointParties, PrivateDocument } from '../documents/document.js';
import { freeText, integer, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Why a claim's documents are erased. */
export const ERASURE_REASONS = ['RETENTION_ENDED', 'COURT_ORDER', 'ENTERED_IN_ERROR'] as const;

/** Where an erasure stands: one party proposes, the other approves or declines, the insurer carries it out. */
export const ERASURE_STATES = ['PROPOSED', 'APPROVED', 'DECLINED', 'ERASED'] as const;

/** Joint kinds under a claim's id whose versions follow each other. */
export const COUNTED_KINDS = ['claim', 'adjudication', 'appeal', 'pend', 'dispute'] as const;

/** Joint kinds under a claim's id that accompany a version of its adjudication. */
export const ACCOMPANYING_KINDS = ['eob', 'reversal', 'payment', 'repayment'] as const;

/** How many versions of each kind there are; erasures from before disputes were counted tell none. */
export type VersionCounts = Readonly<Record<Exclude<(typeof COUNTED_KINDS)[number], 'dispute'>, number>> & { readonly dispute?: number };

/** A step of the erasure of one claim; its id is the claim's. The last one is what remains: it tells nothing of the claim. */
export interface ErasureBody {
  readonly state: (typeof ERASURE_STATES)[number];
  readonly reason: (typeof ERASURE_REASONS)[number];
  /** Who proposed it; the other one answers. */
  readonly proposedBy: string;
  /** What was said besides, without anything about a patient. */
  readonly note?: string;
  /** ERASED: how many versions there were. */
  readonly erased?: VersionCounts;
}

/** A recorded step of an erasure. */
export type ErasureDocument = PrivateDocument<'erasure', ErasureBody> & { readonly parties: JointParties };

/** Reads how many versions there are. */
export const versionCountsShape: Shape<VersionCounts> = object<VersionCounts>({ claim: integer(1, 1000), adjudication: integer(0, 1000), appeal: integer(0, 1000), pend: integer(0, 1000), dispute: optional(integer(0, 1000)) });

/** Reads a recorded step. */
export const erasureDocumentShape: Shape<ErasureDocument> = joint(documentShape('erasure', object<ErasureBody>({
  state: oneOf(ERASURE_STATES), reason: oneOf(ERASURE_REASONS), proposedBy: freeText(1, 100), note: optional(freeText(1, 500)), erased: optional(versionCountsShape),
})));
