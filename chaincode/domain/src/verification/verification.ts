import { ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import { opaqueId } from '../documents/document.js';
import { licenceKeyShape, jurisdictionShape } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import { relatedPositionsShape } from '../licences/standing-query.js';
import type { PracticeAuthority, RelatedPosition } from '../licences/standing.js';
import { identityPositionShape } from '../providers/provider-identity.js';
import type { IdentityPosition } from '../providers/provider-identity.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { flag, freeText, instant, integer, list, npiShape, object, oneOf, optional, plainDate, sha256Shape, text, variant, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { ELEMENTS } from './elements.js';
import type { Element } from './elements.js';
import { DEA_PATTERN } from './dea.js';

/** Who answered: the issuer itself, somebody whom the programme accepts in its place, or an agent under a contract. */
export const SOURCE_TYPES = ['primary', 'designated-equivalent', 'agent'] as const;

/** How the source was asked. */
export const METHODS = ['ledger-query', 'api', 'portal', 'letter', 'phone'] as const;

/** What a reviewer says of what was collected. */
export const REVIEW_DECISIONS = ['accepted', 'discrepancy', 'unable'] as const;

/** Where an answer came from. */
export interface Source {
  readonly name: string;
  readonly type: (typeof SOURCE_TYPES)[number];
  /** Agents: the contract under which they ask. */
  readonly contract?: string;
}

/** What a source answered about one credential. */
export interface CredentialFinding {
  readonly type: 'credential';
  readonly found: boolean;
  /** Licence number, DEA number, certificate. */
  readonly number?: string;
  readonly expiresOn?: PlainDate;
  /** Education and training: the day of completion. */
  readonly completedOn?: PlainDate;
  /** Codes of what stands against the credential, or of cases, gaps and sanctions. */
  readonly adverse: readonly string[];
  /** Order, case or certificate references. */
  readonly references: readonly string[];
}

/** One licence as the registry answered. */
export interface LicenceAnswer {
  readonly licence: LicenceKey;
  readonly authority: PracticeAuthority;
  /** Positions in the licence's and in the link's event sequence: what was known. */
  readonly knownAt: number;
  readonly linkKnownAt: number;
  /** Position in the events of the licence's class; absent where that had none. */
  readonly classKnownAt?: number;
  /** Of the licences that compacts relate to it, where one does. */
  readonly related?: readonly RelatedPosition[];
  /** Where the link is that of another number of the same person: which. */
  readonly npi?: Npi;
  /** Ids of the licence events that were folded. */
  readonly provenance: readonly string[];
  /** Up to when the board's word was on the ledger, where the board reports. */
  readonly sourceThrough?: Instant;
}

/** What the registry answered, in the very transaction that recorded it. */
export interface StandingFinding {
  readonly type: 'standing';
  readonly jurisdiction: string;
  readonly authority: PracticeAuthority;
  readonly licences: readonly LicenceAnswer[];
  /** What was known of who the person is; absent where nothing was. */
  readonly identity?: readonly IdentityPosition[];
}

/**
 * That the National Practitioner Data Bank was asked: control number, type and, as the document's date, when. What it
 * answered is confidential (45 CFR 60.20) and is never recorded here.
 */
export interface NpdbFinding {
  readonly type: 'npdb';
  readonly controlNumber: string;
  readonly query: 'one-time' | 'continuous';
}

export type Finding = CredentialFinding | StandingFinding | NpdbFinding;

/** A copy of what the source sent, outside the ledger. */
export interface Evidence {
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  readonly mime: string;
  readonly locator: string;
}

/** Where anybody on the channel can check that the registry answered so; the block is added when it is read. */
export interface LedgerProof {
  readonly channel: string;
  readonly txId: string;
}

/** A person's look at what a system collected. */
export interface Review {
  readonly by: string;
  readonly at: Instant;
  readonly decision: (typeof REVIEW_DECISIONS)[number];
  readonly discrepancies: readonly string[];
}

/** What was asked, before the answer. */
export interface VerificationQuestion {
  readonly npi: Npi;
  readonly namesSearched: readonly string[];
  readonly birthDateMatched?: boolean;
  readonly element: Element;
  readonly source: Source;
  readonly method: (typeof METHODS)[number];
  readonly criteria: string;
  readonly asOf: PlainDate;
}

/** A primary-source verification: one element, one question, one answer, and who looked at it. */
export interface VerificationBody extends VerificationQuestion {
  readonly retrievedAt: Instant;
  /** How old the source's own data were. */
  readonly sourceTimestamp?: Instant;
  readonly finding: Finding;
  readonly warnings: readonly string[];
  readonly evidence?: Evidence;
  readonly ledgerProof?: LedgerProof;
  /** System and version that collected, on whose behalf. */
  readonly collectedBy: { readonly system: string; readonly version: string; readonly actorId: string };
  readonly review?: Review;
  readonly consentId?: OpaqueId;
  readonly supersedes?: OpaqueId;
}

/** Version 1 as collected, version 2 as reviewed. */
export type VerificationDocument = OwnDocument<'verification', VerificationBody>;

const words = freeText(1, 200);
const code = text(/^[A-Z0-9][A-Z0-9_.-]{0,39}$/);

const sourceShape: Shape<Source> = where(
  object<Source>({ name: words, type: oneOf(SOURCE_TYPES), contract: optional(words) }),
  ({ type, contract }) => (type === 'agent') === (contract !== undefined),
  'INCONSISTENT',
);

export const credentialFindingShape: Shape<CredentialFinding> = object<CredentialFinding>({
  type: oneOf(['credential']), found: flag, number: optional(freeText(1, 60)), expiresOn: optional(plainDate), completedOn: optional(plainDate),
  adverse: list(code, 0, 100), references: list(words, 0, 100),
});

const standingFindingShape: Shape<StandingFinding> = object<StandingFinding>({
  type: oneOf(['standing']),
  jurisdiction: jurisdictionShape,
  authority: oneOf(['FULL', 'LIMITED', 'NONE', 'UNKNOWN']),
  licences: list(object<LicenceAnswer>({
    licence: licenceKeyShape, authority: oneOf(['FULL', 'LIMITED', 'NONE', 'UNKNOWN']), knownAt: integer(0), linkKnownAt: integer(0), npi: optional(npiShape), classKnownAt: optional(integer(1)),
    provenance: list(freeText(1, 200)), related: optional(relatedPositionsShape), sourceThrough: optional(instant),
  })),
  identity: optional(list(identityPositionShape)),
});

export const npdbFindingShape: Shape<NpdbFinding> = object<NpdbFinding>({
  type: oneOf(['npdb']), controlNumber: text(/^\d{8,20}$/), query: oneOf(['one-time', 'continuous']),
});

export const questionFields = {
  npi: npiShape,
  namesSearched: list(words, 1, 20),
  birthDateMatched: optional(flag),
  element: oneOf(ELEMENTS),
  source: sourceShape,
  method: oneOf(METHODS),
  criteria: freeText(0, 500),
  asOf: plainDate,
} as const;

export const evidenceCopyShape: Shape<Evidence> = object<Evidence>({ hash: sha256Shape, mime: words, locator: freeText(1, 500) });

export const collectedByFields = { system: words, version: freeText(1, 60) } as const;

/** Reads a recorded verification. */
export const verificationShape: Shape<VerificationDocument> = ownDocumentShape('verification', object<VerificationBody>({
  ...questionFields,
  retrievedAt: instant,
  sourceTimestamp: optional(instant),
  finding: variant<Finding>('type', { credential: credentialFindingShape, standing: standingFindingShape, npdb: npdbFindingShape }),
  warnings: list(code),
  evidence: optional(evidenceCopyShape),
  ledgerProof: optional(object<LedgerProof>({ channel: words, txId: words })),
  collectedBy: object<VerificationBody['collectedBy']>({ ...collectedByFields, actorId: words }),
  review: optional(object<Review>({ by: words, at: instant, decision: oneOf(REVIEW_DECISIONS), discrepancies: list(freeText(1, 500), 0, 50) })),
  consentId: optional(opaqueId),
  supersedes: optional(opaqueId),
}));

/** Reads a DEA number; the check digit only warns. */
export const deaNumberShape: Shape<string> = text(DEA_PATTERN);
