import type { AttestationPurpose, Instant } from '@medaccord/domain';
import type { DidDocument } from '../did-document.js';

/** What a verifier holds beside the attestation itself. Nothing of it needs a gateway to be trusted. */
export interface Evidence {
  /** Whose word counts: known to the verifier before, not taken from the attestation. */
  readonly issuer: string;
  readonly did: DidDocument;
  /** Signed status lists, by address. */
  readonly lists: ReadonlyMap<string, string>;
  /** Published lists of what revoked keys signed before, by SHA-256. */
  readonly earlier: ReadonlyMap<string, string>;
  readonly now: Instant;
}

/** Why an attestation is not to be believed. */
export type AttestationFault =
  | 'NOT_AN_ATTESTATION' | 'OTHER_ISSUER' | 'KEY_UNKNOWN' | 'SIGNATURE_INVALID' | 'KEY_NOT_YET_INTRODUCED' | 'KEY_REVOKED' | 'NOT_AMONG_EARLIER' | 'NOT_YET_VALID' | 'EXPIRED'
  | 'STATUS_LIST_MISSING' | 'STATUS_LIST_NOT_BELIEVED' | 'STATUS_LIST_EXPIRED'
  | 'CHAIN_NOT_BELIEVED' | 'KEY_NOT_IN_CHAIN' | 'STANDING_NOT_IN_CHAIN' | 'TRANSACTION_UNPROVED' | 'MARKED_INVALID_WITHOUT_REASON';

/** How what was attested has changed since. */
export type AttestationChange = 'REVOKED' | 'SUSPENDED' | 'CHANGED';

/** What a set bit says. */
export const CHANGE_OF: Readonly<Record<AttestationPurpose, AttestationChange>> = { revocation: 'REVOKED', suspension: 'SUSPENDED', refresh: 'CHANGED' };

/** One finding, and what it is about. */
export interface AttestationFinding<C = AttestationFault> {
  readonly code: C;
  readonly subject: string;
}
