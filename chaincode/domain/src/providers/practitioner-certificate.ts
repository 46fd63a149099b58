import { DomainError } from '../shared/errors.js';
import type { Npi } from '../shared/ids.js';
import { freeText, npiShape, object, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { withdrawn } from '../licences/board-officer.js';
import type { IntroducedCertificate, PresentedCertificate } from '../licences/board-officer.js';
import type { VerifySignature } from '../licences/order-rights.js';
import { practitionerActBytes } from '../verification/practitioner-act.js';
import { linkState } from './provider-links.js';
import type { ProviderLinks } from './provider-links.js';

/** The role that a practitioner's certificate names (`medaccord.role`), beside the NPI (`medaccord.npi`). */
export const PRACTITIONER_ROLE = 'practitioner';

/**
 * A practitioner's own certificate. The board whose licence the practitioner holds has issued it and says whose it is: it knows
 * its licensees, and a hospital, to which consents are given, cannot make one. Public, like an officer's.
 */
export interface PractitionerCertificate extends IntroducedCertificate {
  readonly schema: 'practitioner-certificate/v1';
  readonly npi: Npi;
}

/** Which certificate of which practitioner. */
export interface PractitionerQuery {
  readonly npi: Npi;
  readonly fingerprint: string;
}

/** What a board's registrar says: this certificate is that practitioner's, who has the key to it. */
export interface IntroducePractitioner {
  readonly npi: Npi;
  /** PEM. */
  readonly certificate: string;
  /** PEM: the authority that issued it and the registrar's own. */
  readonly authority: string;
  /** The practitioner's signature under the act `possession` towards the board, in Base64. */
  readonly possession: string;
}

/** A certificate as it was read. */
export interface ReadCertificate extends PresentedCertificate {
  readonly role: string | undefined;
  readonly npi: string | undefined;
  /** Whether the named authority has issued it, and the certificate of whoever sends the transaction as well. */
  readonly isOfSendersAuthority: boolean;
}

const pem = freeText(1, 8000);

/** Reads an introduction. */
export const introducePractitionerShape: Shape<IntroducePractitioner> = object<IntroducePractitioner>({ npi: npiShape, certificate: pem, authority: pem, possession: freeText(1, 1000) });

/** Reads which certificate. */
export const practitionerQueryShape: Shape<PractitionerQuery> = object<PractitionerQuery>({ npi: npiShape, fingerprint: sha256Shape });

/** What an introduction is judged by. */
export interface PractitionerContext {
  readonly existing: PractitionerCertificate | undefined;
  readonly certificate: ReadCertificate;
  readonly links: readonly ProviderLinks[];
  readonly channel: string;
  readonly verify: VerifySignature;
}

/**
 * The record of a practitioner's certificate; undefined where it exists. Throws SIGNER_WITHDRAWN, SIGNER_EXPIRED,
 * CERTIFICATE_NOT_OF_AUTHORITY, CERTIFICATE_NOT_OF_PRACTITIONER, PRACTITIONER_NOT_LICENSED where the board itself has not said
 * that the NPI holds a licence of its, and SIGNATURE_INVALID.
 */
export function introducePractitioner({ npi, possession }: IntroducePractitioner, context: PractitionerContext, { actor, now }: RegistryExecution): PractitionerCertificate | undefined {
  const { existing, certificate: { role, npi: named, isOfSendersAuthority, ...certificate }, links, channel, verify } = context;
  const { mspId } = actor.member;
  if (existing?.withdrawnAt !== undefined) throw new DomainError('SIGNER_WITHDRAWN');
  if (existing !== undefined) return undefined;
  if (certificate.expires <= now) throw new DomainError('SIGNER_EXPIRED');
  if (!isOfSendersAuthority) throw new DomainError('CERTIFICATE_NOT_OF_AUTHORITY');
  if (role !== PRACTITIONER_ROLE || named !== npi) throw new DomainError('CERTIFICATE_NOT_OF_PRACTITIONER');
  if (!links.some((document) => isLicensedBy(mspId, document))) throw new DomainError('PRACTITIONER_NOT_LICENSED');
  if (!verify(certificate.publicKey, practitionerActBytes(channel, mspId, { act: 'possession', npi }), possession)) throw new DomainError('SIGNATURE_INVALID');
  return { schema: 'practitioner-certificate/v1', ...certificate, npi, mspId, introducedAt: now };
}

/** Ends the use of a certificate for ever; what it signed before stays signed. Undefined where that was done. Throws SIGNER_UNKNOWN for another board's. */
export function withdrawPractitioner(existing: PractitionerCertificate | undefined, { actor, now }: RegistryExecution): PractitionerCertificate | undefined {
  if (existing?.mspId !== actor.member.mspId) throw new DomainError('SIGNER_UNKNOWN');
  return withdrawn(existing, now);
}

function isLicensedBy(mspId: string, { links }: ProviderLinks): boolean {
  return links.some(({ events }) => linkState(events) === 'CONFIRMED' && events.some((event) => event.byBoard && event.mspId === mspId));
}
