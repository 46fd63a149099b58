import type { CodeableConcept, Reference } from 'fhir/r4.js';

/** Code systems of HL7 that VerificationResult takes its codes from, by the name at the end of their address. */
export type VerificationSystem =
  | 'need' | 'validation-type' | 'validation-process' | 'failure-action' | 'primary-source-type' | 'verificationresult-communication-method' | 'validation-status' | 'can-push-updates' | 'push-type-available';

/** Where the National Directory's profiles and extensions are defined. */
export const NDH = 'http://hl7.org/fhir/us/ndh/StructureDefinition';

export const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi';
export const STATE_SYSTEM = 'https://www.usps.com/';

/** Degrees, licences and certificates (HL7 v2 table 0360), of which a few are types of licences. */
export const DEGREE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v2-0360';

/** A code of one of HL7's systems. */
export function concept(system: VerificationSystem, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}

/** A clinician by NPI. */
export function practitionerReference(npi: string): Reference {
  return { reference: `Practitioner/${npi}`, type: 'Practitioner', identifier: { system: NPI_SYSTEM, value: npi } };
}

/** A member of the consortium. */
export function memberReference({ mspId, name }: { readonly mspId: string; readonly name: string }): Reference {
  return { type: 'Organization', identifier: { system: 'urn:medaccord:member', value: mspId }, display: name };
}
