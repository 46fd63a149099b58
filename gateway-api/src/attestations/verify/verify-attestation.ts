import { attestationShape, freeText, instant, integer, list, millisecondsOf, object, oneOf, ATTESTATION_PURPOSES } from '@medaccord/domain';
import type { LicenceAttestation, Shape, StatusEntry } from '@medaccord/domain';
import type { VerificationMethod } from '../did-document.js';
import { bitAt } from '../status-list.js';
import type { StatusListCredential } from '../status-list.js';
import { CHANGE_OF } from './evidence.js';
import type { AttestationChange, AttestationFault, AttestationFinding, Evidence } from './evidence.js';
import { verifySignature } from './verify-signature.js';

/** What came of an attestation: it stands where `faults` is empty, and stands no more where something has changed. */
export interface AttestationReport {
  /** As far as its signature is the issuer's. */
  readonly attestation?: LicenceAttestation;
  readonly method?: VerificationMethod;
  readonly faults: readonly AttestationFinding[];
  readonly changes: readonly AttestationFinding<AttestationChange>[];
}

/** Clocks of different houses differ by so much. */
const toleranceMs = 300_000;

const listShape: Shape<StatusListCredential> = object<StatusListCredential>({
  '@context': list(freeText(1, 200), 1), id: freeText(1, 500), type: list(freeText(1, 80), 2, 2), issuer: freeText(1, 500), validFrom: instant, validUntil: instant,
  credentialSubject: object<StatusListCredential['credentialSubject']>({
    id: freeText(1, 500), type: oneOf(['BitstringStatusList']), statusPurpose: oneOf(ATTESTATION_PURPOSES), encodedList: freeText(2, 4_000_000), ttl: integer(0),
  }),
});

/** Verifies an attestation by the issuer's published keys and lists alone. */
export async function verifyAttestation(jwt: string, evidence: Evidence): Promise<AttestationReport> {
  const signed = await verifySignature(jwt, attestationShape, evidence);
  if (!('credential' in signed)) return { faults: [{ code: signed.fault, subject: 'attestation' }], changes: [] };
  const { credential: attestation, method, fault } = signed;
  const statuses = await Promise.all(attestation.credentialStatus.map((entry) => statusOf(entry, evidence)));
  const dated = [fault, dateFault(attestation, evidence)].flatMap((code) => (code === undefined ? [] : [{ code, subject: attestation.id }]));

  return { attestation, method, faults: [...dated, ...statuses.flatMap(({ faults }) => faults)], changes: statuses.flatMap(({ changes }) => changes) };
}

function dateFault({ validFrom, validUntil }: LicenceAttestation, { now }: Evidence): AttestationFault | undefined {
  if (millisecondsOf(validFrom) > millisecondsOf(now) + toleranceMs) return 'NOT_YET_VALID';

  return validUntil <= now ? 'EXPIRED' : undefined;
}

/** What one list says; a list that is missing or not believed leaves the attestation unbelieved. */
async function statusOf({ statusPurpose: subject, statusListCredential, statusListIndex }: StatusEntry, evidence: Evidence): Promise<Pick<AttestationReport, 'faults' | 'changes'>> {
  const refused = (code: AttestationFault): Pick<AttestationReport, 'faults' | 'changes'> => ({ faults: [{ code, subject }], changes: [] });
  const jwt = evidence.lists.get(statusListCredential);
  if (jwt === undefined) return refused('STATUS_LIST_MISSING');
  const signed = await verifySignature(jwt, listShape, evidence);
  if (!('credential' in signed) || signed.fault !== undefined) return refused('STATUS_LIST_NOT_BELIEVED');
  const { id, validUntil, credentialSubject } = signed.credential;
  const bit = id === statusListCredential && credentialSubject.statusPurpose === subject ? bitAt(credentialSubject.encodedList, Number(statusListIndex)) : undefined;
  if (bit === undefined) return refused('STATUS_LIST_NOT_BELIEVED');
  if (validUntil <= evidence.now) return refused('STATUS_LIST_EXPIRED');

  return { faults: [], changes: bit ? [{ code: CHANGE_OF[subject], subject: statusListCredential }] : [] };
}
