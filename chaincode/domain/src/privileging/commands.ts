import { opaqueId } from '../documents/document.js';
import { credentialFileShape } from '../credential-files/credential-file.js';
import type { CredentialFileDocument } from '../credential-files/credential-file.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { verificationShape } from '../verification/verification.js';
import type { VerificationDocument } from '../verification/verification.js';
import { bylawsShape } from './bylaws.js';
import type { BylawsDocument } from './bylaws.js';
import { codeShape, fppeFields, itemFields, personFields, privilegesShape, proxyFields } from './privileges.js';
import type { AdverseAction, Fppe, PrivilegeItem, PrivilegesBody, PrivilegesDocument, Proxy } from './privileges.js';

type Person = Pick<PrivilegesBody, 'npi' | 'jurisdiction' | 'formVersion'>;
type NewItem = Pick<PrivilegeItem, 'code' | 'group' | 'prescribing'>;
export type NewFppe = Omit<Fppe, 'from' | 'outcome'>;

/** Asks for privileges of the delineation form. */
export interface RequestPrivileges extends Person {
  readonly verb: 'requestPrivileges';
  readonly privilegesId: OpaqueId;
  readonly items: readonly NewItem[];
  /** Reappointment: the day of the clinician's first application, which the ledger may not have seen. */
  readonly appliedOn?: PlainDate;
}

/** Stages that somebody recommends, each its own body. */
export const RECOMMENDED_STAGES = ['CRITERIA_CHECK', 'PSV_COMPLETE', 'DEPT_CHAIR', 'CREDENTIALS_COMMITTEE', 'MEC'] as const;

/** Passes an application on, with a recommendation. */
export interface RecommendPrivileges {
  readonly verb: 'recommendPrivileges';
  readonly privileges: PrivilegesDocument;
  readonly stage: (typeof RECOMMENDED_STAGES)[number];
  readonly recommendation: string;
  /** PSV_COMPLETE: the clinician's file, whose verifications are complete. */
  readonly file?: CredentialFileDocument;
}

/** What the governing body says of one privilege. */
export interface ItemDecision {
  readonly code: string;
  /** DEFERRED: to be decided another time. */
  readonly outcome: 'GRANTED' | 'MODIFIED' | 'DENIED' | 'DEFERRED';
  readonly modification?: string;
  /** Granted or modified: every new privilege is evaluated from its grant on. */
  readonly fppe?: NewFppe;
}

/** Decides every item, or every one that was deferred, for a term. */
export interface DecidePrivileges {
  readonly verb: 'decidePrivileges';
  readonly privileges: PrivilegesDocument;
  readonly decisions: readonly ItemDecision[];
  readonly months: number;
}

/** Grants privileges for a time: a patient's need or a complete application, or a disaster. */
export interface GrantTemporaryPrivileges extends Person {
  readonly verb: 'grantTemporaryPrivileges';
  readonly privilegesId: OpaqueId;
  readonly kind: 'temporary' | 'disaster';
  readonly need: string;
  readonly items: readonly (NewItem & { readonly fppe: NewFppe })[];
  readonly thru: PlainDate;
}

/** Grants telemedicine privileges on the decision of the hospital where the clinician is. */
export interface GrantByProxy extends Person, Proxy {
  readonly verb: 'grantByProxy';
  readonly privilegesId: OpaqueId;
  readonly items: GrantTemporaryPrivileges['items'];
  readonly months: number;
}

/** What is said at the end of a review, or of a suspension. */
export interface ReviewConclusion {
  readonly code: string;
  readonly outcome: 'GRANTED' | 'MODIFIED' | 'RELINQUISHED';
  readonly modification?: string;
}

/** Ends the review or suspension of privileges, one way or the other. */
export interface ConcludeReview {
  readonly verb: 'concludeReview';
  readonly privileges: PrivilegesDocument;
  readonly conclusions: readonly ReviewConclusion[];
  readonly reason: string;
}

/** Says what came of a focused evaluation. */
export interface RecordFocusedEvaluation {
  readonly verb: 'recordFocusedEvaluation';
  readonly privileges: PrivilegesDocument;
  readonly code: string;
  readonly outcome: NonNullable<Fppe['outcome']>;
  /** EXTENDED: to this day. */
  readonly thru?: PlainDate;
}

/** Says what came of an ongoing evaluation. */
export interface RecordOngoingEvaluation {
  readonly verb: 'recordOngoingEvaluation';
  readonly privileges: PrivilegesDocument;
  readonly outcome: 'CONTINUE' | 'FOCUS';
}

/** A person confirms what the registry says of the licence, or a verification of the DEA registration. */
export interface ConfirmAuthority {
  readonly verb: 'confirmAuthority';
  readonly privileges: PrivilegesDocument;
  readonly cause: 'LICENCE' | 'DEA';
  readonly dea?: VerificationDocument;
  /** The hospital's own table; the standard one holds without. */
  readonly bylaws?: BylawsDocument;
}

/** Records an action against the clinician. */
export interface RecordAdverseAction extends Pick<AdverseAction, 'type' | 'codes' | 'from' | 'thru'> {
  readonly verb: 'recordAdverseAction';
  readonly privileges: PrivilegesDocument;
}

/** Records that the data bank was told of it. */
export interface RecordNpdbReport {
  readonly verb: 'recordNpdbReport';
  readonly privileges: PrivilegesDocument;
  /** Place among the recorded actions, from 0. */
  readonly action: number;
  readonly controlNumber: string;
  readonly sentOn: PlainDate;
}

export type PrivilegingCommand =
  | RequestPrivileges | RecommendPrivileges | DecidePrivileges | GrantTemporaryPrivileges | GrantByProxy | ConcludeReview | RecordFocusedEvaluation | RecordOngoingEvaluation
  | ConfirmAuthority | RecordAdverseAction | RecordNpdbReport;

const privileges = privilegesShape;
const words = freeText(1, 500);
const newFppe: Shape<NewFppe> = object<NewFppe>(fppeFields);

/** Reads each of these commands. */
export const privilegingShapes: { readonly [V in PrivilegingCommand['verb']]: Shape<Extract<PrivilegingCommand, { readonly verb: V }>> } = {
  requestPrivileges: object<RequestPrivileges>({ verb: oneOf(['requestPrivileges']), privilegesId: opaqueId, ...personFields, items: list(object<NewItem>(itemFields), 1, 200), appliedOn: optional(plainDate) }),
  recommendPrivileges: object<RecommendPrivileges>({
    verb: oneOf(['recommendPrivileges']), privileges, stage: oneOf(RECOMMENDED_STAGES), recommendation: words, file: optional(credentialFileShape),
  }),
  decidePrivileges: object<DecidePrivileges>({
    verb: oneOf(['decidePrivileges']), privileges, months: integer(1, 60),
    decisions: list(object<ItemDecision>({ code: codeShape, outcome: oneOf(['GRANTED', 'MODIFIED', 'DENIED', 'DEFERRED']), modification: optional(words), fppe: optional(newFppe) }), 1, 200),
  }),
  grantTemporaryPrivileges: object<GrantTemporaryPrivileges>({
    verb: oneOf(['grantTemporaryPrivileges']), privilegesId: opaqueId, ...personFields, kind: oneOf(['temporary', 'disaster']), need: words, thru: plainDate,
    items: list(object<GrantTemporaryPrivileges['items'][number]>({ ...itemFields, fppe: newFppe }), 1, 200),
  }),
  grantByProxy: object<GrantByProxy>({
    verb: oneOf(['grantByProxy']), privilegesId: opaqueId, ...personFields, ...proxyFields, months: integer(1, 60),
    items: list(object<GrantByProxy['items'][number]>({ ...itemFields, fppe: newFppe }), 1, 200),
  }),
  concludeReview: object<ConcludeReview>({
    verb: oneOf(['concludeReview']), privileges, reason: words,
    conclusions: list(object<ReviewConclusion>({ code: codeShape, outcome: oneOf(['GRANTED', 'MODIFIED', 'RELINQUISHED']), modification: optional(words) }), 1, 200),
  }),
  recordFocusedEvaluation: object<RecordFocusedEvaluation>({
    verb: oneOf(['recordFocusedEvaluation']), privileges, code: codeShape, outcome: oneOf(['COMPLETED', 'EXTENDED', 'EXTERNAL_REVIEW']), thru: optional(plainDate),
  }),
  recordOngoingEvaluation: object<RecordOngoingEvaluation>({ verb: oneOf(['recordOngoingEvaluation']), privileges, outcome: oneOf(['CONTINUE', 'FOCUS']) }),
  confirmAuthority: object<ConfirmAuthority>({ verb: oneOf(['confirmAuthority']), privileges, cause: oneOf(['LICENCE', 'DEA']), dea: optional(verificationShape), bylaws: optional(bylawsShape) }),
  recordAdverseAction: object<RecordAdverseAction>({
    verb: oneOf(['recordAdverseAction']), privileges, type: oneOf(['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION']), codes: list(codeShape, 0, 200), from: plainDate, thru: optional(plainDate),
  }),
  recordNpdbReport: object<RecordNpdbReport>({
    verb: oneOf(['recordNpdbReport']), privileges, action: integer(0), controlNumber: text(/^\d{8,20}$/), sentOn: plainDate,
  }),
};
