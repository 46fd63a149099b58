import type { Instant } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { object, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import type { RegistryExecution } from '../members/registry-execution.js';

/** A certificate as the transaction's creator presented it. */
export interface PresentedCertificate {
  /** SHA-256 in hexadecimal of the certificate in DER. */
  readonly fingerprint: string;
  /** In DER and Base64. */
  readonly publicKey: string;
  /** After this it counts no more. */
  readonly expires: Instant;
}

/** A certificate that the registry keeps: introduced once, and withdrawn for ever. */
export interface IntroducedCertificate extends PresentedCertificate {
  /** The organisation that introduced it. */
  readonly mspId: string;
  readonly introducedAt: Instant;
  readonly withdrawnAt?: Instant;
}

/** The certificate without further use, what it signed before stays signed; undefined where it was withdrawn before. */
export function withdrawn<C extends IntroducedCertificate>(certificate: C, now: Instant): C | undefined {
  return certificate.withdrawnAt === undefined ? { ...certificate, withdrawnAt: now } : undefined;
}

/**
 * A person who may sign a board's orders. The record is made by a transaction of that person, which the channel's own
 * membership service has checked: it proves that the certificate is of the organisation's authority and which role it
 * names, without the chaincode knowing any authority. Public, as every transaction shows its creator's certificate.
 */
export interface BoardOfficer extends IntroducedCertificate {
  readonly schema: 'board-officer/v1';
  readonly role: string;
  /** The board that the certificate is bound to. */
  readonly unit?: string;
  /** SHA-256 of the certificate's name: the same for two certificates of one person. */
  readonly subject: string;
}

/** Names an officer's certificate. */
export const officerQueryShape: Shape<{ readonly fingerprint: string }> = object<{ fingerprint: string }>({ fingerprint: sha256Shape });

/** The record of the caller's own certificate; undefined where it exists. Throws SIGNER_WITHDRAWN. */
export function introduceOfficer(existing: BoardOfficer | undefined, certificate: PresentedCertificate, { actor, now }: RegistryExecution): BoardOfficer | undefined {
  if (existing?.withdrawnAt !== undefined) throw new DomainError('SIGNER_WITHDRAWN');
  if (existing !== undefined) return undefined;
  return { schema: 'board-officer/v1', ...certificate, mspId: actor.member.mspId, role: actor.role, ...present('unit', actor.unit), subject: actor.subject, introducedAt: now };
}

/**
 * Ends the use of a certificate of the own organisation for ever: for a key that was lost, or a person who left; what it
 * signed before stays signed. Undefined where that was done before. Throws SIGNER_UNKNOWN, and FORBIDDEN_UNIT for one
 * who speaks for another unit only.
 */
export function withdrawOfficer(existing: BoardOfficer | undefined, { actor, now }: RegistryExecution): BoardOfficer | undefined {
  if (existing === undefined) throw new DomainError('SIGNER_UNKNOWN');
  if (actor.unit !== undefined && actor.unit !== existing.unit) throw new DomainError('FORBIDDEN_UNIT');
  return withdrawn(existing, now);
}
