import type { OwnExecution } from '../credentialing/execution.js';
import type { PractitionerQuery } from '../providers/practitioner-certificate.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, list, npiShape, object, oneOf, plainDate, sha256Shape, text, variant } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { isOpaqueId } from '../shared/ids.js';
import { ELEMENTS } from './elements.js';
import type { Element } from './elements.js';

/** How a release or a statement came to be recorded: only what the practitioner signed is ever shown as the practitioner's own act. */
export const RECORDED_AS = ['document-recorded', 'practitioner-signed'] as const;

/** A practitioner's signature under an act. */
export interface PractitionerSignature {
  /** SHA-256 in hexadecimal of the certificate, which a board has introduced for the NPI. */
  readonly signer: string;
  /** Over `practitionerActBytes`, in Base64. */
  readonly signature: string;
}

/** What a practitioner does. What makes or changes a document names it, so that it cannot be used twice. */
export type PractitionerAct =
  /** Shows the key to a certificate that a board is to introduce. */
  | { readonly act: 'possession'; readonly npi: Npi }
  | { readonly act: 'consent'; readonly consentId: OpaqueId; readonly npi: Npi; readonly elements: readonly Element[]; readonly from: PlainDate; readonly thru: PlainDate; readonly documentHash: string }
  | { readonly act: 'withdrawal'; readonly consentId: OpaqueId; readonly npi: Npi; readonly reason: string }
  | { readonly act: 'attestation'; readonly fileId: OpaqueId; readonly npi: Npi; readonly element: Element; readonly documentHash: string; readonly signedOn: PlainDate };

type Act<A extends PractitionerAct['act']> = Extract<PractitionerAct, { readonly act: A }>;

const opaqueId = text(isOpaqueId);

/** Reads an act. */
export const practitionerActShape: Shape<PractitionerAct> = variant<PractitionerAct>('act', {
  possession: object<Act<'possession'>>({ act: oneOf(['possession']), npi: npiShape }),
  consent: object<Act<'consent'>>({ act: oneOf(['consent']), consentId: opaqueId, npi: npiShape, elements: list(oneOf(ELEMENTS), 1, ELEMENTS.length), from: plainDate, thru: plainDate, documentHash: sha256Shape }),
  withdrawal: object<Act<'withdrawal'>>({ act: oneOf(['withdrawal']), consentId: opaqueId, npi: npiShape, reason: freeText(1, 500) }),
  attestation: object<Act<'attestation'>>({ act: oneOf(['attestation']), fileId: opaqueId, npi: npiShape, element: oneOf(ELEMENTS), documentHash: sha256Shape, signedOn: plainDate }),
});

/** Reads a signature. */
export const practitionerSignatureShape: Shape<PractitionerSignature> = object<PractitionerSignature>({ signer: sha256Shape, signature: freeText(1, 1000) });

/** What the practitioner signs: towards one organisation, on one channel. */
export function practitionerActBytes(channel: string, ownerMsp: string, act: PractitionerAct): Uint8Array {
  return canonicalBytes({ ...act, schema: 'practitioner-act/v1', channel, ownerMsp });
}

/** The certificate that the registry is asked about; none where nobody signed. */
export function signersAsked(npi: Npi, practitioner: PractitionerSignature | undefined): readonly PractitionerQuery[] {
  return practitioner === undefined ? [] : [{ npi, fingerprint: practitioner.signer }];
}

/**
 * Refuses a signature that is not the practitioner's own, under this very act. Throws SIGNER_UNKNOWN where no board has
 * introduced the certificate for this NPI, SIGNER_WITHDRAWN, SIGNER_EXPIRED and SIGNATURE_INVALID.
 */
export function assertSignedByPractitioner(act: PractitionerAct, { signer, signature }: PractitionerSignature, execution: OwnExecution): void {
  const certificate = execution.registry.practitioners?.find((one) => one?.npi === act.npi && one.fingerprint === signer) ?? undefined;
  if (certificate === undefined) throw new DomainError('SIGNER_UNKNOWN');
  if (certificate.withdrawnAt !== undefined) throw new DomainError('SIGNER_WITHDRAWN');
  if (certificate.expires <= execution.now) throw new DomainError('SIGNER_EXPIRED');
  if (!execution.verify(certificate.publicKey, practitionerActBytes(execution.channel, execution.owner.ownerMsp, act), signature)) throw new DomainError('SIGNATURE_INVALID');
}
