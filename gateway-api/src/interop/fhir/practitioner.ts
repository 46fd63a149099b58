import { licenceId } from '@medaccord/domain';
import type { DerivedEffect, Encumbrance, LicenceKey, LicencePeriod, PlainDate, Provider } from '@medaccord/domain';
import type { Extension, Practitioner, PractitionerQualification } from 'fhir/r4.js';
import { DEGREE_SYSTEM, NDH, NPI_SYSTEM, STATE_SYSTEM } from './codes.js';

/** What a licence permits in one place. */
export interface Scope extends Pick<LicencePeriod, 'lifecycle' | 'authority' | 'encumbrances' | 'derived'> {
  readonly jurisdiction: string;
}

/** A licence that is confirmed to be the clinician's. */
export interface HeldLicence {
  readonly licence: LicenceKey;
  readonly from?: PlainDate;
  readonly thru?: PlainDate;
  /** At home, and where else a compact lets it count. */
  readonly scopes: readonly Scope[];
}

/** Types of licences that HL7's table of degrees has as well. */
const degrees: readonly string[] = ['MD', 'DO', 'RN', 'NP', 'PA', 'CNM', 'CNS', 'LPN'];

const licenceNumber = { system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'LN' };

/** A clinician of the directory with the licences that boards wrote, as HL7's Practitioner after the National Directory's profile. */
export function practitioner(provider: Provider, licences: readonly HeldLicence[]): Practitioner {
  const { family, given } = provider.name;

  return {
    resourceType: 'Practitioner',
    id: provider.npi,
    meta: { profile: [`${NDH}/ndh-Practitioner`] },
    identifier: [{ extension: [{ url: `${NDH}/base-ext-identifier-status`, valueCode: 'active' }], system: NPI_SYSTEM, value: provider.npi }],
    name: [{ family, ...(given !== undefined && { given: [given] }), text: given === undefined ? family : `${given} ${family}` }],
    qualification: licences.map(qualification),
  };
}

function qualification({ licence, from, thru, scopes }: HeldLicence): PractitionerQualification {
  const coding = degrees.includes(licence.type) ? { coding: [{ system: DEGREE_SYSTEM, code: licence.type }] } : {};

  return {
    extension: scopes.flatMap((scope) => [scopeExtension(scope), ...[...scope.encumbrances, ...(scope.derived ?? [])].map((one) => encumbranceExtension(one, scope.jurisdiction))]),
    identifier: [{ type: { coding: [licenceNumber] }, system: `urn:medaccord:board:${licence.board}`, value: licence.number }],
    code: { ...coding, text: licence.type },
    ...((from !== undefined || thru !== undefined) && { period: { ...(from !== undefined && { start: from }), ...(thru !== undefined && { end: thru }) } }),
    issuer: { type: 'Organization', identifier: { system: 'urn:medaccord:board', value: licence.board }, display: licence.board },
  };
}

function scopeExtension(scope: Scope): Extension {
  return {
    url: `${NDH}/base-ext-practitioner-qualification-scope`,
    extension: [
      { url: 'status', valueCode: credentialStatus(scope) },
      { url: 'whereValid', valueCodeableConcept: { coding: [{ system: STATE_SYSTEM, code: scope.jurisdiction }] } },
    ],
  };
}

/** The profile knows six words and no probation: discipline stands in an extension of its own, or it would be lost. */
function credentialStatus({ lifecycle, authority }: Scope): string {
  if (lifecycle === 'REVOKED') return 'revoked';
  if (lifecycle === 'ISSUED_IN_ERROR') return 'issued-in-error';
  if (authority === 'UNKNOWN') return 'unknown';

  return authority === 'NONE' ? 'inactive' : 'active';
}

/** Discipline by the own board, or what a compact derives from another board's. */
function encumbranceExtension(one: Encumbrance | DerivedEffect, jurisdiction: string): Extension {
  const { type, from, thru, codes, stayed } = one;

  return {
    url: 'urn:medaccord:fhir:encumbrance',
    extension: [
      { url: 'type', valueCode: type },
      { url: 'whereValid', valueCodeableConcept: { coding: [{ system: STATE_SYSTEM, code: jurisdiction }] } },
      { url: 'period', valuePeriod: { start: from, ...(thru !== undefined && { end: thru }) } },
      ...codes.map((code) => ({ url: 'code', valueCode: code })),
      ...(stayed === true ? [{ url: 'stayed', valueBoolean: true }] : []),
      ...('appealed' in one ? [{ url: 'appealed', valueBoolean: true }] : []),
      ...('causedBy' in one ? [{ url: 'causedBy', valueString: licenceId(one.causedBy.licence) }] : []),
    ],
  };
}
