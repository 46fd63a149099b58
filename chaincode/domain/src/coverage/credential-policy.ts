import { jurisdictionShape } from '../licences/licence-key.js';
import { freeText, object, oneOf, optional } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** What the licence's standing does to a line: ENFORCE denies and pends by it, OBSERVE records it only, OFF nothing. */
export const CREDENTIAL_EFFECTS = ['ENFORCE', 'OBSERVE', 'OFF'] as const;

/** What a standing does to a line. */
export type CredentialEffect = (typeof CREDENTIAL_EFFECTS)[number];

/** As what the claim names the clinician: on a professional claim who rendered the line, on an institutional one who attended. */
export const CREDENTIAL_ROLES = ['rendering', 'attending'] as const;

/** A payer begins where a board's word is complete, and only observes elsewhere. What is left out fits everything. */
export interface CredentialException {
  /** Where the patient was. */
  readonly jurisdiction?: string;
  /** A type of licence that the clinician holds there, such as `RN`. */
  readonly licenceType?: string;
  readonly role?: (typeof CREDENTIAL_ROLES)[number];
  readonly effect: CredentialEffect;
}

/** A plan's policy: the first exception that fits decides, else `credentials`. */
export interface CredentialPolicy {
  readonly credentials: CredentialEffect;
  readonly credentialExceptions?: readonly CredentialException[];
}

/** Whom a policy is asked about. */
export interface CredentialSubject {
  readonly jurisdiction: string | undefined;
  readonly licenceTypes: readonly string[];
  readonly role: (typeof CREDENTIAL_ROLES)[number];
}

/** Reads an exception. */
export const credentialExceptionShape: Shape<CredentialException> = object<CredentialException>({
  jurisdiction: optional(jurisdictionShape), licenceType: optional(freeText(1, 40)), role: optional(oneOf(CREDENTIAL_ROLES)), effect: oneOf(CREDENTIAL_EFFECTS),
});

/** What the policy makes of this clinician's standing. */
export function credentialEffect({ credentials, credentialExceptions = [] }: CredentialPolicy, { jurisdiction, licenceTypes, role }: CredentialSubject): CredentialEffect {
  const fits = (exception: CredentialException): boolean =>
    [undefined, jurisdiction].includes(exception.jurisdiction) && [undefined, role].includes(exception.role) && (exception.licenceType === undefined || licenceTypes.includes(exception.licenceType));
  return credentialExceptions.find(fits)?.effect ?? credentials;
}

/** Whether the registry is asked at all. */
export function asksForCredentials({ credentials, credentialExceptions = [] }: CredentialPolicy): boolean {
  return [credentials, ...credentialExceptions.map(({ effect }) => effect)].some((effect) => effect !== 'OFF');
}
