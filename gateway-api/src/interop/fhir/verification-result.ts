import { addMonths, shortcomingOn } from '@medaccord/domain';
import type { AgeingPolicy, Element, Instant, PlainDate, VerificationDocument } from '@medaccord/domain';
import type { Signature, VerificationResult, VerificationResultAttestation, VerificationResultPrimarySource } from 'fhir/r4.js';
import { concept, memberReference, NDH, practitionerReference } from './codes.js';

/** Whose receipt it is, and by what it is judged. */
export interface ReceiptContext {
  /** The organisation that verified. */
  readonly organisation: { readonly mspId: string; readonly name: string };
  readonly today: PlainDate;
  readonly policy: AgeingPolicy;
  /** The organisation's signature over the receipt's bytes. */
  readonly signature: { readonly certificate: string; readonly data: string; readonly at: Instant };
}

type Status = VerificationResult['status'];

/** What is looked at again every month (NCQA's ongoing monitoring). */
const monitored: readonly Element[] = ['licence', 'sanction', 'exclusion'];

/** Without these nobody practises. */
const fatal: readonly Element[] = ['licence', 'dea', 'sanction', 'exclusion'];

const sourceTypes: Readonly<Partial<Record<Element, string>>> = {
  licence: 'lic-board', dea: 'reg-auth', education: 'prim', training: 'prim', 'board-certification': 'issuer', sanction: 'auth-source', exclusion: 'auth-source', 'malpractice-history': 'auth-source', npdb: 'auth-source',
};

const communicationMethods: Readonly<Record<VerificationDocument['body']['method'], string>> = { 'ledger-query': 'pull', api: 'pull', portal: 'portal', letter: 'manual', phone: 'manual' };

/** ASTM E1762-95: a verification signature. */
const verificationSignature = { system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5' };

/** A receipt of primary-source verification as HL7's VerificationResult, after the National Directory's profile. */
export function verificationResult(document: VerificationDocument, context: ReceiptContext): VerificationResult {
  const { body } = document;
  const status = statusOn(document, context);

  return {
    resourceType: 'VerificationResult',
    id: document.id,
    meta: { profile: [`${NDH}/ndh-Verification`], versionId: String(document.version), lastUpdated: document.recorded.at },
    target: [practitionerReference(body.npi)],
    targetLocation: [...locations(body)],
    need: concept('need', body.supersedes === undefined ? 'initial' : 'periodic'),
    status,
    statusDate: body.review?.at ?? body.retrievedAt,
    validationType: concept('validation-type', body.element === 'attestation' ? 'nothing' : 'primary'),
    validationProcess: [concept('validation-process', body.element === 'attestation' ? 'standalone' : 'primary')],
    ...cadence(body),
    failureAction: concept('failure-action', fatal.includes(body.element) ? 'fatal' : 'warn'),
    ...(body.element === 'attestation' ? { attestation: attestation(body, context) } : { primarySource: [primarySource(body, status)] }),
    validator: [{ organization: memberReference(context.organisation), identityCertificate: context.signature.certificate, attestationSignature: signature(context) }],
  };
}

/** A receipt that has aged out asks to be verified again; a source that did not answer leaves it in process. */
function statusOn(document: VerificationDocument, { today, policy }: ReceiptContext): Status {
  const { finding, review, supersedes, element } = document.body;
  const failed: Status = supersedes === undefined ? 'val-fail' : 'reval-fail';
  const isUnanswered = review === undefined || review.decision === 'unable' || (finding.type === 'standing' && finding.authority === 'UNKNOWN');
  if (isUnanswered) return 'in-process';
  const shortcoming = shortcomingOn(document, today, policy);
  if (shortcoming === undefined) return element === 'attestation' ? 'attested' : 'validated';

  return shortcoming === 'AGED_OUT' ? 'req-revalid' : failed;
}

/** FHIRPath: of a licence the very qualification, wherever it stands in the list. */
function locations({ element, finding }: VerificationDocument['body']): readonly string[] {
  if (finding.type === 'standing' && finding.licences.length > 0) return finding.licences.map(({ licence }) => `Practitioner.qualification.where(identifier.value = '${licence.number}')`);
  const isQualification = ['licence', 'dea', 'board-certification', 'education', 'training'].includes(element);

  return [isQualification ? 'Practitioner.qualification' : 'Practitioner'];
}

function cadence({ element, retrievedAt }: VerificationDocument['body']): Pick<VerificationResult, 'frequency' | 'lastPerformed' | 'nextScheduled'> {
  if (!monitored.includes(element)) return { lastPerformed: retrievedAt };

  return { frequency: { repeat: { frequency: 1, period: 1, periodUnit: 'mo' } }, lastPerformed: retrievedAt, nextScheduled: addMonths(retrievedAt.slice(0, 10), 1) };
}

function primarySource({ element, source, method, asOf }: VerificationDocument['body'], status: Status): VerificationResultPrimarySource {
  const type = sourceTypes[element];
  // The boards write to the ledger themselves, which tells every subscriber.
  const canPush = method === 'ledger-query';

  return {
    who: { display: source.name },
    ...(type !== undefined && { type: [concept('primary-source-type', type)] }),
    communicationMethod: [concept('verificationresult-communication-method', communicationMethods[method])],
    validationStatus: concept('validation-status', status === 'in-process' ? 'unknown' : status.endsWith('fail') ? 'failed' : 'successful'),
    validationDate: asOf,
    canPushUpdates: concept('can-push-updates', canPush ? 'yes' : 'undetermined'),
    ...(canPush && { pushTypeAvailable: [concept('push-type-available', 'any')] }),
  };
}

/** What the clinician said is told by whoever recorded it: without the clinician's own key it is never shown as the clinician's act. */
function attestation({ npi, method, asOf }: VerificationDocument['body'], { organisation }: ReceiptContext): VerificationResultAttestation {
  return { who: memberReference(organisation), onBehalfOf: practitionerReference(npi), communicationMethod: concept('verificationresult-communication-method', communicationMethods[method]), date: asOf };
}

function signature({ organisation, signature: { data, at } }: ReceiptContext): Signature {
  return { type: [verificationSignature], when: at, who: memberReference(organisation), targetFormat: 'application/json', sigFormat: 'application/octet-stream', data };
}
