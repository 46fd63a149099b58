import { opaqueId, ownDocumentShape } from '../documents/document.js';
import type { OwnDocument } from '../documents/document.js';
import type { OwnEffects, OwnExecution, OwnPreconditions } from '../credentialing/execution.js';
import { NOTHING_ASKED, nextVersion, recordedDocument } from '../credentialing/execution.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { DomainError, invalidInput, issue } from '../shared/errors.js';
import type { Npi, OpaqueId } from '../shared/ids.js';
import { freeText, instant, list, npiShape, object, oneOf, optional, plainDate, sha256Shape } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { ELEMENTS } from './elements.js';
import type { Element } from './elements.js';

/**
 * A practitioner's release. The practitioner does not sign here: it is a document that the owner's people recorded, and is
 * never shown as the practitioner's own act.
 */
export interface ConsentBody {
  readonly npi: Npi;
  readonly elements: readonly Element[];
  readonly from: PlainDate;
  readonly thru: PlainDate;
  /** SHA-256 in hexadecimal of the signed paper. */
  readonly documentHash: string;
  readonly recordedAs: 'document-recorded';
  /** New questions stop; what was answered before stays proved. */
  readonly withdrawn?: { readonly at: Instant; readonly reason: string };
}

export type ConsentDocument = OwnDocument<'consent', ConsentBody>;

/** Records a release. */
export interface RecordConsent {
  readonly verb: 'recordConsent';
  readonly consentId: OpaqueId;
  readonly consent: Omit<ConsentBody, 'withdrawn'>;
}

/** Records that it is taken back. */
export interface WithdrawConsent {
  readonly verb: 'withdrawConsent';
  readonly consent: ConsentDocument;
  readonly reason: string;
}

const fields = {
  npi: npiShape,
  elements: list(oneOf(ELEMENTS), 1, ELEMENTS.length),
  from: plainDate,
  thru: plainDate,
  documentHash: sha256Shape,
  recordedAs: oneOf(['document-recorded']),
} as const;

/** Reads a recorded release. */
export const consentShape: Shape<ConsentDocument> = ownDocumentShape('consent', object<ConsentBody>({
  ...fields, withdrawn: optional(object({ at: instant, reason: freeText(1, 500) })),
}));

/** Reads a release. */
export const recordConsentShape: Shape<RecordConsent> = object<RecordConsent>({
  verb: oneOf(['recordConsent']), consentId: opaqueId, consent: object<RecordConsent['consent']>(fields),
});

/** Reads a withdrawal. */
export const withdrawConsentShape: Shape<WithdrawConsent> = object<WithdrawConsent>({
  verb: oneOf(['withdrawConsent']), consent: consentShape, reason: freeText(1, 500),
});

/** A withdrawal rests on the release. */
export function withdrawalPreconditions({ consent }: WithdrawConsent): OwnPreconditions {
  return { ...NOTHING_ASKED, documents: [consent] };
}

/** Throws INVALID_INPUT for days in the wrong order. */
export function recordConsent({ consentId, consent }: RecordConsent, execution: OwnExecution): OwnEffects {
  if (consent.thru < consent.from) throw invalidInput([issue('INCONSISTENT', '/body/consent/thru')]);
  return recordedDocument(execution, 'consent', { id: consentId, version: 1 }, consent);
}

/** Throws CONSENT_MISSING where it is withdrawn already. */
export function withdrawConsent({ consent, reason }: WithdrawConsent, execution: OwnExecution): OwnEffects {
  if (consent.body.withdrawn !== undefined) throw new DomainError('CONSENT_MISSING');
  return recordedDocument(execution, 'consent', nextVersion(consent), { ...consent.body, withdrawn: { at: execution.now, reason } });
}

/** Refuses a question that the practitioner has not agreed to. Throws CONSENT_MISSING with the element. */
export function assertConsent(consent: ConsentDocument | undefined, { npi, element }: { readonly npi: Npi; readonly element: Element }, today: PlainDate): void {
  const body = consent?.body;
  const isCovered = body !== undefined && body.withdrawn === undefined && body.npi === npi && body.elements.includes(element) && body.from <= today && today <= body.thru;
  if (!isCovered) throw new DomainError('CONSENT_MISSING', { element });
}
