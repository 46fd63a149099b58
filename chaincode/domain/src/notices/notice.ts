import { adjudicationDocumentShape, eobDocumentShape, referenceShape } from '../adjudication/eob-shape.js';
import type { AdjudicationDocument, EobDocument } from '../adjudication/adjudication.js';
import { claimDocumentShape } from '../claims/claim-shape.js';
import type { ClaimDocument } from '../claims/claim.js';
import { documentShape } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import type { DocumentReference } from '../documents/key.js';
import type { PlainDate } from '../shared/dates.js';
import { freeText, integer, list, object, oneOf, optional, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** An explanation of benefits, or the notice that something is not paid and how to object (45 CFR 147.136(b)(2)(ii)(E)). */
export const NOTICE_TYPES = ['EXPLANATION_OF_BENEFITS', 'ADVERSE_DETERMINATION'] as const;

/** What the insured person is told about a decision, word for word. */
export interface NoticeBody {
  readonly type: (typeof NOTICE_TYPES)[number];
  readonly about: DocumentReference;
  readonly issuedOn: PlainDate;
  /** ADVERSE_DETERMINATION: the last day to ask for a review. */
  readonly appealBy?: PlainDate;
  readonly text: string;
}

/** A recorded notice, the insurer's statement, chained; its id is the claim's. */
export type NoticeDocument = PrivateDocument<'notice', NoticeBody>;

/** Whom people may ask. */
export interface Contact {
  readonly insurer: string;
  readonly address: string;
  readonly telephone: string;
}

/** One notice to write. */
export interface NoticeItem {
  readonly type: NoticeBody['type'];
  readonly version: number;
  readonly claim: ClaimDocument;
  readonly adjudication: AdjudicationDocument;
  readonly eob: EobDocument;
}

/** Insurer: claims-examiner. Writes notices about decisions that stand. */
export interface IssueNotices {
  readonly verb: 'issueNotices';
  readonly items: readonly NoticeItem[];
  readonly contact: Contact;
}

/** Reads whom people may ask. */
export const contactShape: Shape<Contact> = object<Contact>({ insurer: freeText(1, 120), address: freeText(1, 300), telephone: freeText(1, 40) });

/** Reads a recorded notice. */
export const noticeDocumentShape: Shape<NoticeDocument> = documentShape('notice', object<NoticeBody>({
  type: oneOf(NOTICE_TYPES), about: referenceShape, issuedOn: plainDate, appealBy: optional(plainDate), text: freeText(1, 100_000),
}));

/** Reads notices to write. */
export const issueNoticesShape: Shape<IssueNotices> = object<IssueNotices>({
  verb: oneOf(['issueNotices']),
  items: list(object<NoticeItem>({ type: oneOf(NOTICE_TYPES), version: integer(1), claim: claimDocumentShape, adjudication: adjudicationDocumentShape, eob: eobDocumentShape }), 1, 100),
  contact: contactShape,
});
