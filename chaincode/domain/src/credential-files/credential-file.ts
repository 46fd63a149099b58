import { practitionerSignatureShape, RECORDED_AS } from '../verification/practitioner-act.js';
import type { PractitionerSignature } from '../verification/practitioner-act.js';
import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import { jurisdictionShape } from '../licences/licence-key.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { addDays, addMonths } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { flag, freeText, instant, integer, list, npiShape, object, oneOf, optional, plainDate, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { PROGRAMMES, policyOn } from '../verification/ageing-policy.js';
import type { Programme } from '../verification/ageing-policy.js';
import { ELEMENTS } from '../verification/elements.js';
import type { Element } from '../verification/elements.js';
import { SHORTCOMINGS } from '../verification/validity.js';
import type { Shortcoming } from '../verification/validity.js';
import { FILE_EVENTS, PROFESSIONS } from './recipe.js';
import type { RecipeSubject } from './recipe.js';

/**
 * Where a file stands as recorded. That a file is due again follows from the date (`fileStateOn`) and is never written.
 */
export const FILE_STATES = ['COLLECTING', 'VERIFYING', 'READY', 'DEFERRED', 'APPROVED', 'CONDITIONAL', 'DENIED', 'MONITORED', 'CLOSED', 'TERMINATED'] as const;

export type FileState = (typeof FILE_STATES)[number];

/** Who decides: the committee, or a medical director alone where there is nothing to weigh. */
export const ROUTES = ['COMMITTEE', 'CLEAN_FILE'] as const;
export const FILE_OUTCOMES = ['APPROVED', 'CONDITIONAL', 'DENIED', 'DEFERRED'] as const;

/** What the practitioner says, apart from what was verified: signed, or a document that the owner's people recorded. */
export interface Attested {
  readonly element: Element;
  /** SHA-256 in hexadecimal of the signed statement. */
  readonly documentHash: string;
  readonly signedOn: PlainDate;
  readonly recordedAs: (typeof RECORDED_AS)[number];
  readonly recordedBy: string;
  readonly practitioner?: PractitionerSignature;
}

/** A reviewed verification that the file rests on. */
export interface Verified {
  readonly element: Element;
  readonly verificationId: OpaqueId;
  readonly version: number;
}

/** An element that keeps the file from a decision, and why. */
export interface Gap {
  readonly element: Element;
  readonly why: Shortcoming | 'MISSING';
}

/** The decision on a file. */
export interface FileDecision {
  readonly outcome: (typeof FILE_OUTCOMES)[number];
  readonly route: (typeof ROUTES)[number];
  readonly by: string;
  readonly at: Instant;
  readonly reasons: readonly string[];
  readonly conditions: readonly string[];
  /** Denied, or with conditions: the practitioner may appeal. */
  readonly appealable: boolean;
  /** The policy under which the verifications were fresh. */
  readonly policy: string;
}

/** The practitioner's objection to a decision that says so, and what others than its author made of it. */
export interface CredentialFileAppeal {
  readonly filedOn: PlainDate;
  readonly grounds: string;
  readonly decided?: { readonly outcome: (typeof APPEAL_OUTCOMES)[number]; readonly by: string; readonly at: Instant; readonly reason: string };
}

/** What can become of an appeal; OVERTURNED: the file is verified and decided anew. */
export const APPEAL_OUTCOMES = ['UPHELD', 'OVERTURNED', 'WITHDRAWN'] as const;

/** One credentialing of one clinician for one payer (or the hospital itself). */
export interface CredentialFileBody extends RecipeSubject {
  readonly npi: Npi;
  readonly programme: Programme;
  readonly recipe: string;
  readonly required: readonly Element[];
  readonly state: FileState;
  readonly openedAt: Instant;
  /** Recredentialing: the file whose decision is renewed, and its day. */
  readonly previous?: { readonly fileId: OpaqueId; readonly decidedOn: PlainDate };
  readonly plannedDecisionOn?: PlainDate;
  readonly attested: readonly Attested[];
  readonly verified: readonly Verified[];
  readonly gaps: readonly Gap[];
  readonly decision?: FileDecision;
  readonly notice?: { readonly sentOn: PlainDate; readonly late: boolean };
  /** In the order in which they were filed. */
  readonly appeals?: readonly CredentialFileAppeal[];
  /** Approved: by when the next decision has to be made. */
  readonly nextDueOn?: PlainDate;
  readonly closedFor?: string;
}

/** A recorded file; every step is a version. */
export type CredentialFileDocument = OwnDocument<'credential-file', CredentialFileBody>;

const words = freeText(1, 500);
const elementShape = oneOf(ELEMENTS);

export const attestedFields = { element: elementShape, documentHash: sha256Shape, signedOn: plainDate, practitioner: optional(practitionerSignatureShape) } as const;

export const subjectFields = {
  profession: oneOf(PROFESSIONS), jurisdiction: jurisdictionShape, payer: freeText(1, 64), event: oneOf(FILE_EVENTS),
  npi: npiShape, programme: oneOf(PROGRAMMES), recipe: freeText(1, 64),
} as const;

/** Reads a recorded file. */
export const credentialFileShape: Shape<CredentialFileDocument> = ownDocumentShape('credential-file', object<CredentialFileBody>({
  ...subjectFields,
  required: list(elementShape),
  state: oneOf(FILE_STATES),
  openedAt: instant,
  previous: optional(object({ fileId: opaqueId, decidedOn: plainDate })),
  plannedDecisionOn: optional(plainDate),
  attested: list(object<Attested>({ ...attestedFields, recordedAs: oneOf(RECORDED_AS), recordedBy: words })),
  verified: list(object<Verified>({ element: elementShape, verificationId: opaqueId, version: integer(1) })),
  gaps: list(object<Gap>({ element: elementShape, why: oneOf([...SHORTCOMINGS, 'MISSING']) })),
  decision: optional(object<FileDecision>({
    outcome: oneOf(FILE_OUTCOMES), route: oneOf(ROUTES), by: words, at: instant, reasons: list(words), conditions: list(words), appealable: flag, policy: words,
  })),
  notice: optional(object({ sentOn: plainDate, late: flag })),
  appeals: optional(list(object<CredentialFileAppeal>({
    filedOn: plainDate, grounds: words,
    decided: optional(object<NonNullable<CredentialFileAppeal['decided']>>({ outcome: oneOf(APPEAL_OUTCOMES), by: words, at: instant, reason: words })),
  }))),
  nextDueOn: optional(plainDate),
  closedFor: optional(words),
}));

/** How a file looks on a day: from one month before the next decision is due, overdue after it. */
export type FileStateOn = FileState | 'RECREDENTIALING_DUE' | 'OVERDUE' | 'LAPSED';

/** Days before the due day from which a file counts as due: the first step of the ladder of expirables. */
const DUE_DAYS_BEFORE = 120;

/** Where a file stands on a day. LAPSED: too late to recredential; a full initial file is needed. */
export function fileStateOn({ state, nextDueOn, programme }: CredentialFileBody, date: PlainDate): FileStateOn {
  if (nextDueOn === undefined || state === 'CLOSED' || state === 'TERMINATED' || date < addDays(nextDueOn, -DUE_DAYS_BEFORE)) return state;
  if (date <= nextDueOn) return 'RECREDENTIALING_DUE';
  return date <= addDays(nextDueOn, policyOn(programme, date).overdueDays) ? 'OVERDUE' : 'LAPSED';
}

/** By when a decision of that day has to be renewed. */
export function dueAfter(programme: Programme, decidedOn: PlainDate): PlainDate {
  return addMonths(decidedOn, policyOn(programme, decidedOn).recredentialMonths);
}
