import { ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import { jurisdictionShape } from '../licences/licence-key.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { flag, freeText, instant, list, npiShape, object, oneOf, optional, plainDate, sha256Shape, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** Steps of an application, in their order. */
export const STAGES = ['REQUESTED', 'CRITERIA_CHECK', 'PSV_COMPLETE', 'DEPT_CHAIR', 'CREDENTIALS_COMMITTEE', 'MEC', 'DECIDED'] as const;

export type Stage = (typeof STAGES)[number];

/** How privileges came about: by application, for a time without one, or on another hospital's decision. */
export const PRIVILEGE_KINDS = ['regular', 'temporary', 'disaster', 'telemedicine'] as const;

/** Where one privilege stands. SUSPENDED: by the hospital; RELINQUISHED: by itself, as the authority for it ended. */
export const ITEM_STATES = ['REQUESTED', 'DEFERRED', 'GRANTED', 'MODIFIED', 'DENIED', 'UNDER_REVIEW', 'SUSPENDED', 'RELINQUISHED'] as const;

export type ItemState = (typeof ITEM_STATES)[number];

/** A focused evaluation: every new privilege has one from the day of its grant. */
export interface Fppe {
  readonly criteria: string;
  readonly method: 'chart-review' | 'direct-observation' | 'simulation' | 'discussion';
  readonly from: PlainDate;
  readonly thru: PlainDate;
  /** What calls for a reviewer from outside. */
  readonly externalReviewTrigger: string;
  readonly outcome?: 'COMPLETED' | 'EXTENDED' | 'EXTERNAL_REVIEW';
}

/** One privilege of the delineation form. */
export interface PrivilegeItem {
  readonly code: string;
  readonly group: 'core' | 'special';
  /** Ends with the DEA registration. */
  readonly prescribing: boolean;
  readonly state: ItemState;
  readonly modification?: string;
  readonly fppe?: Fppe;
}

/** Who recommended what, on the way to the decision. */
export interface StageStep {
  readonly stage: Stage;
  readonly by: string;
  readonly at: Instant;
  readonly recommendation: string;
}

/** Something against the clinician, and by when the data bank is told. */
export interface AdverseAction {
  readonly type: 'SUSPENSION' | 'RESTRICTION' | 'RESIGNED_UNDER_INVESTIGATION';
  readonly codes: readonly string[];
  readonly from: PlainDate;
  readonly thru?: PlainDate;
  readonly reportDueOn?: PlainDate;
  readonly report?: { readonly controlNumber: string; readonly sentOn: PlainDate; readonly late: boolean };
}

/** A look that a person has to take; UNKNOWN authority never does more than this. */
export interface AuthorityTask {
  readonly openedAt: Instant;
  readonly cause: 'LICENCE_UNKNOWN' | 'LICENCE_LIMITED';
}

/**
 * The distant hospital whose decisions the governing body relies on for telemedicine, the written agreement, and the list
 * of what the clinician may do there (42 CFR 482.22(a)(3)).
 */
export interface Proxy {
  readonly site: string;
  /** SHA-256 in hexadecimal of either document. */
  readonly agreementHash: string;
  readonly listHash: string;
}

/** What one clinician may do at the owner's hospital. */
export interface PrivilegesBody {
  readonly npi: Npi;
  readonly jurisdiction: string;
  readonly formVersion: string;
  readonly kind: (typeof PRIVILEGE_KINDS)[number];
  /** telemedicine: on whose decision. */
  readonly proxy?: Proxy;
  readonly stage: Stage;
  readonly items: readonly PrivilegeItem[];
  readonly steps: readonly StageStep[];
  readonly requestedOn: PlainDate;
  /** Reappointment: the day of the first application, from which the data bank's clock runs. */
  readonly appliedOn?: PlainDate;
  /** Decided: the term of appointment. */
  readonly from?: PlainDate;
  readonly thru?: PlainDate;
  readonly oppe: readonly { readonly on: PlainDate; readonly by: string; readonly outcome: 'CONTINUE' | 'FOCUS' }[];
  readonly oppeDueOn?: PlainDate;
  readonly adverse: readonly AdverseAction[];
  readonly tasks: readonly AuthorityTask[];
}

export type PrivilegesDocument = OwnDocument<'privileges', PrivilegesBody>;

const words = freeText(1, 500);
export const codeShape: Shape<string> = text(/^[A-Z0-9][A-Z0-9_.-]{0,39}$/);

export const fppeFields = {
  criteria: words, method: oneOf(['chart-review', 'direct-observation', 'simulation', 'discussion']), thru: plainDate, externalReviewTrigger: words,
} as const;

export const itemFields = { code: codeShape, group: oneOf(['core', 'special']), prescribing: flag } as const;
export const personFields = { npi: npiShape, jurisdiction: jurisdictionShape, formVersion: freeText(1, 60) } as const;

export const proxyFields = { site: freeText(1, 200), agreementHash: sha256Shape, listHash: sha256Shape } as const;

/** Reads recorded privileges. */
export const privilegesShape: Shape<PrivilegesDocument> = ownDocumentShape('privileges', object<PrivilegesBody>({
  ...personFields,
  kind: oneOf(PRIVILEGE_KINDS),
  proxy: optional(object<Proxy>(proxyFields)),
  stage: oneOf(STAGES),
  items: list(object<PrivilegeItem>({
    ...itemFields, state: oneOf(ITEM_STATES), modification: optional(words),
    fppe: optional(object<Fppe>({ ...fppeFields, from: plainDate, outcome: optional(oneOf(['COMPLETED', 'EXTENDED', 'EXTERNAL_REVIEW'])) })),
  })),
  steps: list(object<StageStep>({ stage: oneOf(STAGES), by: words, at: instant, recommendation: words })),
  requestedOn: plainDate,
  appliedOn: optional(plainDate),
  from: optional(plainDate),
  thru: optional(plainDate),
  oppe: list(object({ on: plainDate, by: words, outcome: oneOf(['CONTINUE', 'FOCUS']) })),
  oppeDueOn: optional(plainDate),
  adverse: list(object<AdverseAction>({
    type: oneOf(['SUSPENSION', 'RESTRICTION', 'RESIGNED_UNDER_INVESTIGATION']), codes: list(codeShape), from: plainDate, thru: optional(plainDate), reportDueOn: optional(plainDate),
    report: optional(object({ controlNumber: text(/^\d{8,20}$/), sentOn: plainDate, late: flag })),
  })),
  tasks: list(object<AuthorityTask>({ openedAt: instant, cause: oneOf(['LICENCE_UNKNOWN', 'LICENCE_LIMITED']) })),
}));

/** What a clinician may do on a day: granted, in term, and not taken away. */
export function privilegesOn({ items, from, thru }: PrivilegesBody, date: PlainDate): readonly string[] {
  const isInTerm = from !== undefined && thru !== undefined && from <= date && date <= thru;
  return isInTerm ? items.filter(({ state }) => state === 'GRANTED' || state === 'MODIFIED').map(({ code }) => code) : [];
}
