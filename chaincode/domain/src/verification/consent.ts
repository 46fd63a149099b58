import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument } from '../credentialing/execution.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, instant, list, npiShape, object, oneOf, optional, plainDate, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { assertSignedByPractitioner, practitionerSignatureShape, RECORDED_AS, signersAsked } from './practitioner-act.js';
import type { PractitionerSignature } from './practitioner-act.js';
import { ELEMENTS } from './elements.js';
import type { Element } from './elements.js';

/**
 * A practitioner's release: signed with the practitioner's own certificate, or else a document that the owner's people
 * recorded, which is never shown as the practitioner's own act.
 */
export interface ConsentBody {
  readonly npi: Npi;
  readonly elements: readonly Element[];
  readonly from: PlainDate;
  readonly thru: PlainDate;
  /** SHA-256 in hexadecimal of the release as the practitioner read it. */
  readonly documentHash: string;
  readonly recordedAs: (typeof RECORDED_AS)[number];
  readonly practitioner?: PractitionerSignature;
  /** New questions stop; what was answered before stays proved. Signed where it is the practitioner's own act. */
  readonly withdrawn?: { readonly at: Instant; readonly reason: string; readonly practitioner?: PractitionerSignature };
}

export type ConsentDocument = OwnDocument<'consent', ConsentBody>;

/** Records a release. */
export interface RecordConsent {
  readonly verb: 'recordConsent';
  readonly consentId: OpaqueId;
  readonly consent: Omit<ConsentBody, 'withdrawn' | 'practitioner'>;
  readonly practitioner?: PractitionerSignature;
}

/** Records that it is taken back. */
export interface WithdrawConsent {
  readonly verb: 'withdrawConsent';
  readonly consent: ConsentDocument;
  readonly reason: string;
  readonly practitioner?: PractitionerSignature;
}

const fields = {
  npi: npiShape,
  elements: list(oneOf(ELEMENTS), 1, ELEMENTS.length),
  from: plainDate,
  thru: plainDate,
  documentHash: sha256Shape,
  recordedAs: oneOf(RECORDED_AS),
} as const;
const practitioner = optional(practitionerSignatureShape);

/** Reads a recorded release. */
export const consentShape: Shape<ConsentDocument> = ownDocumentShape('consent', object<ConsentBody>({
  ...fields, practitioner, withdrawn: optional(object<NonNullable<ConsentBody['withdrawn']>>({ at: instant, reason: freeText(1, 500), practitioner })),
}));

/** Reads a release. */
export const recordConsentShape: Shape<RecordConsent> = object<RecordConsent>({
  verb: oneOf(['recordConsent']), consentId: opaqueId, consent: object<RecordConsent['consent']>(fields), practitioner,
});

/** Reads a withdrawal. */
export const withdrawConsentShape: Shape<WithdrawConsent> = object<WithdrawConsent>({
  verb: oneOf(['withdrawConsent']), consent: consentShape, reason: freeText(1, 500), practitioner,
});

/** A signed release rests on the certificate. */
export function consentPreconditions({ consent, practitioner: signature }: RecordConsent): OwnPreconditions {
  return { ...NOTHING_ASKED, practitioners: signersAsked(consent.npi, signature) };
}

/** A withdrawal rests on the release, and on the certificate where it is signed. */
export function withdrawalPreconditions({ consent, practitioner: signature }: WithdrawConsent): OwnPreconditions {
  return { ...NOTHING_ASKED, documents: [consent], practitioners: signersAsked(consent.body.npi, signature) };
}

/** Throws INVALID_INPUT for days in the wrong order, or a word for the recording that the signature does not bear out; the refusals of `assertSignedByPractitioner`. */
export function recordConsent({ consentId, consent, practitioner: signature }: RecordConsent, execution: OwnExecution): OwnEffects {
  const { recordedAs, ...release } = consent;
  if (consent.thru < consent.from) throw invalidInput([issue('INCONSISTENT', '/body/consent/thru')]);
  if ((recordedAs === 'practitioner-signed') !== (signature !== undefined)) throw invalidInput([issue('INCONSISTENT', '/body/consent/recordedAs')]);
  if (signature !== undefined) assertSignedByPractitioner({ act: 'consent', consentId, ...release }, signature, execution);
  return recordedDocument(execution, 'consent', { id: consentId, version: 1 }, { ...consent, ...present('practitioner', signature) });
}

/** Throws CONSENT_MISSING where it is withdrawn already; the refusals of `assertSignedByPractitioner`. */
export function withdrawConsent({ consent, reason, practitioner: signature }: WithdrawConsent, execution: OwnExecution): OwnEffects {
  if (consent.body.withdrawn !== undefined) throw new DomainError('CONSENT_MISSING');
  if (signature !== undefined) assertSignedByPractitioner({ act: 'withdrawal', consentId: consent.id, npi: consent.body.npi, reason }, signature, execution);
  return recordedDocument(execution, 'consent', nextVersion(consent), { ...consent.body, withdrawn: { at: execution.now, reason, ...present('practitioner', signature) } });
}

/** Refuses a question that the practitioner has not agreed to. Throws CONSENT_MISSING with the element. */
export function assertConsent(consent: ConsentDocument | undefined, { npi, element }: { readonly npi: Npi; readonly element: Element }, today: PlainDate): void {
  const body = consent?.body;
  const isCovered = body !== undefined && body.withdrawn === undefined && body.npi === npi && body.elements.includes(element) && body.from <= today && today <= body.thru;
  if (!isCovered) throw new DomainError('CONSENT_MISSING', { element });
}
