import { DomainError } from '../shared/errors.js';

/** Every kind of private document, with who holds it. */
export const DOCUMENT_KINDS = [
  'claim', // joint: as submitted
  'adjudication', // joint: how a claim was decided, enough to decide it again
  'eob', // joint: what was decided, alone presentable to another insurer
  'reversal', // joint: an adjudication was taken back, at most once; same version as it
  'payment', // joint: an adjudication was paid by a remittance, at most once
  'repayment', // joint: a reversal was remitted, at most once
  'payee-account', // joint: what stands open between the parties besides claims
  'acknowledgement', // joint: the hospital's answer to a remittance
  'appeal', // joint: every step of every appeal against a claim's decisions
  'authorisation', // joint: services asked for before they are done, and what is used of them
  'pend', // joint: a claim that a person has to look at
  'remittance', // joint
  'erasure', // joint: a claim's documents are to be erased, and in the end that they were
  'fee-schedule', // joint: the contract's prices as one Merkle root
  'fee-schedule-page', // joint: the entries below that root
  'dispute', // joint: what one party says against a document
  'attempt', // one party's own: the other one's signature was missing
  'lodged', // the hospital's own: a claim that it filed alone
  'mandate', // one party's own: who acts in its name
  'unilateral', // the insurer's own: a decision that it made alone
  'payer-contract', // joint: what the parties agreed beside the prices
  'participation', // joint: who takes part in a network for whom
  'eligibility', // joint: a question whether somebody is insured, and the receipt of the answer
  'coverage-change', // insurer's statement: what changed in a coverage, and since when
  'external-posting', // insurer's statement: what happened off the ledger and counts to the totals
  'imported-claim', // insurer's statement: a claim of the system that it used before
  'import', // insurer's statement: how far a file is loaded, and its reconciliation
  'notice', // insurer's statement: what the insured person is told about a decision
  'review-list', // insurer's statement: decisions that would be otherwise now, and what a person said to that
  'routing', // insurer's statement: in which queue a waiting claim lies
  'reference-table', // insurer's statement: an edition of a code list or edit table as one Merkle root
  'coverage', // insurer's statement, also "not covered"
  'plan', // insurer's statement
  'accumulator', // insurer's statement: one Merkle root over a family's totals, and postings
  'accumulator-leaves', // insurer's statement: all leaves, where the chain of changes begins
  'receipt', // outcome of a command, per item; joint or the insurer's as the command is
] as const;

/** Kinds that every party to a document holds; the others are the insurer's statements. */
export const JOINT_KINDS: readonly DocumentKind[] = ['claim', 'adjudication', 'eob', 'reversal', 'payment', 'repayment', 'payee-account', 'acknowledgement', 'appeal', 'pend', 'authorisation', 'remittance', 'erasure', 'fee-schedule', 'fee-schedule-page', 'eligibility', 'dispute', 'payer-contract', 'participation'];

/**
 * Kinds that are written only together with another one of the same name, which is checked: eob with adjudication, leaves
 * with accumulator, pages with fee schedule.
 */
export const COMPANION_KINDS: readonly DocumentKind[] = ['eob', 'accumulator-leaves', 'fee-schedule-page'];

/** Kinds whose versions follow each other without gaps. */
export const CHAINED_KINDS: readonly DocumentKind[] = ['plan', 'coverage', 'fee-schedule', 'accumulator', 'payee-account', 'acknowledgement', 'appeal', 'pend', 'authorisation', 'remittance', 'erasure', 'routing', 'reference-table', 'eligibility', 'review-list', 'dispute', 'lodged', 'unilateral', 'payer-contract', 'participation', 'external-posting', 'import', 'mandate', 'notice'];

/** What a document is. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What names one version of a document. */
export interface DocumentName {
  readonly kind: DocumentKind;
  readonly id: string;
  readonly version: number;
}

/** A recorded document as another one cites it: its key and the SHA-256 of its bytes, in hexadecimal. */
export interface DocumentReference {
  readonly key: string;
  readonly hash: string;
}

const keyPattern = /^([a-z-]+)~([0-9a-f]{32,64}(?:\.\d{1,4})?)~([1-9]\d{0,8})$/;

/** True for an opaque id, or a numbered page of one (`<id>.<page>`). */
export function isPart(id: string): boolean {
  return /^[0-9a-f]{32,64}(?:\.\d{1,4})?$/.test(id);
}

/** The private-data key of one version, `<kind>~<id>~<version>`. Ids are random or keyed, so its hash tells nothing. */
export function documentKey({ kind, id, version }: { readonly kind: string; readonly id: string; readonly version: number }): string {
  return `${kind}~${id}~${version}`;
}

/** The name that a key carries; throws INVALID_DOCUMENT_KEY for any other text. */
export function parseDocumentKey(key: string): DocumentName {
  const [, kindText, id, version] = keyPattern.exec(key) ?? [];
  const kind = DOCUMENT_KINDS.find((known) => known === kindText);
  if (kind === undefined || id === undefined) throw new DomainError('INVALID_DOCUMENT_KEY');
  return { kind, id, version: Number(version) };
}

/** The collection that Fabric keeps for one organisation without any definition. */
export function implicitCollection(mspId: string): string {
  return `_implicit_org_${mspId}`;
}

/** Marks a claim that waits for a decision, in both collections until it is decided. */
export function openKey(claimId: string): string {
  return `open~${claimId}`;
}

/** Marks a command as carried out; its value is the same for the same command bytes and for no other. */
export function commandKey(commandId: string): string {
  return `command~${commandId}`;
}

/** Insurer's index of decided claims by coverage, for the history of the next one. */
export function coverageClaimKey(coverageId: string, claimId: string): string {
  return `coverage-claim~${coverageId}~${claimId}`;
}

/** Insurer's index of claims of the system that it used before, by coverage. */
export function importedClaimKey(coverageId: string, importedId: string): string {
  return `imported-of~${coverageId}~${importedId}`;
}

/** Insurer's index of decided services by provider and first day, for review when a licence's past changes. */
export function serviceKey(npi: string, date: string, claimId: string): string {
  return `service~${npi}~${date}~${claimId}`;
}

/** Marks, at the insurer, a claim that it decided alone, until that is countersigned or withdrawn. */
export function decidedAloneKey(claimId: string): string {
  return `decided-alone~${claimId}`;
}
