import type { Instant, PlainDate } from '../shared/dates.js';
import { addDays } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Npi } from '../shared/ids.js';
import { flag, freeText, instant, integer, list, npiShape, object, oneOf, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { licenceId, licenceKeyShape } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import { relatedPositionsShape } from '../licences/standing-query.js';
import type { KnownPosition, LicencePeriod, LicenceStanding, ProviderStanding } from '../licences/standing-query.js';
import { COMPACT_RULES } from '../compacts/derived-effect.js';
import type { DerivedCause, DerivedEffect } from '../compacts/derived-effect.js';
import { identityPositionShape } from '../providers/provider-identity.js';
import type { IdentityPosition } from '../providers/provider-identity.js';
import { ENCUMBRANCE_TYPES, LIFECYCLES } from '../licences/standing.js';
import type { Encumbrance } from '../licences/standing.js';
import { ATTESTATION_PURPOSES, compared } from './attestation-status.js';
import type { AttestationPurpose } from './attestation-status.js';
import { mspId } from '../documents/document.js';
import { didWebShape } from './issuer-key.js';

/** What a licence permits on a day, and what of the ledger that was computed from. */
export interface AttestedStanding extends Pick<LicencePeriod, 'lifecycle' | 'authority' | 'encumbrances' | 'derived' | 'provenance'>, Pick<KnownPosition, 'knownAt' | 'linkKnownAt' | 'classKnownAt' | 'npi' | 'related'> {
  readonly asOf: PlainDate;
  /** What was known of who the person is, where anything was. */
  readonly identity?: readonly IdentityPosition[];
}

/** Whom and what an attestation is about; all of it public record. */
export interface AttestationSubject {
  readonly npi: Npi;
  /** As on the board's public roster. */
  readonly holder?: string;
  readonly licence: LicenceKey;
  readonly standing: AttestedStanding;
  /** Where a member of the consortium, or whoever has the blocks, finds the same. */
  readonly ledger: { readonly channel: string; readonly board: string };
}

/** Where one bit of a published list tells what became of an attestation (Bitstring Status List 1.0). */
export interface StatusEntry {
  readonly id: string;
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: AttestationPurpose;
  readonly statusListIndex: string;
  readonly statusListCredential: string;
}

/** A board's word for somebody outside the network, as a W3C Verifiable Credential (data model 2.0). */
export interface LicenceAttestation {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly ['VerifiableCredential', 'LicenceStandingCredential'];
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly credentialSubject: AttestationSubject;
  readonly credentialStatus: readonly StatusEntry[];
}

/** What the ledger answers about one licence of a clinician. */
export interface AttestedFacts {
  readonly standing: ProviderStanding;
  readonly licence: LicenceKey;
  readonly holder?: string;
  readonly channel: string;
  readonly board: string;
}

/** What makes one attestation out of facts. */
export interface Issuance {
  /** A random UUID. */
  readonly uuid: string;
  readonly issuer: string;
  readonly now: Instant;
}

/** Own terms are read as this document describes them, not by a vocabulary of their own. */
const CONTEXTS = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'] as const;

/** Longest life of an attestation: whoever cannot ask for the status has at most so old a word. */
export const ATTESTATION_DAYS = 30;

/**
 * Attests what a licence permits. It ends on the day on which the answer changes by itself, so that no expiry needs a status.
 * Nothing is attested of a licence that gives no authority: who looks at the signature alone must not take it for a permission.
 * Throws LINK_NOT_FOUND where the licence is not confirmed to be the clinician's, and NOTHING_TO_ATTEST.
 */
export function attest(facts: AttestedFacts, { uuid, issuer, now }: Issuance): Omit<LicenceAttestation, 'credentialStatus'> {
  const found = licenceOf(facts.standing, facts.licence);
  if (found === undefined) throw new DomainError('LINK_NOT_FOUND');
  const [period] = found.periods;
  if (period === undefined || (period.authority !== 'FULL' && period.authority !== 'LIMITED')) throw new DomainError('NOTHING_TO_ATTEST');
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:${uuid}`,
    type: ['VerifiableCredential', 'LicenceStandingCredential'],
    issuer,
    validFrom: now,
    validUntil: `${addDays(period.thru, 1)}T00:00:00.000Z`,
    credentialSubject: {
      npi: facts.standing.npi, ...present('holder', facts.holder), licence: facts.licence, standing: attestedStanding(facts.standing, found, period), ledger: { channel: facts.channel, board: facts.board },
    },
  };
}

/** One licence in the answer about its holder; undefined where nobody confirmed that it is theirs. */
export function licenceOf({ licences }: ProviderStanding, licence: LicenceKey): LicenceStanding | undefined {
  return licences.find((one) => licenceId(one.licence) === licenceId(licence));
}

function attestedStanding({ identity }: ProviderStanding, { knownAt, linkKnownAt, classKnownAt, npi, related }: LicenceStanding, { from, provenance, ...period }: LicencePeriod): AttestedStanding {
  return { asOf: from, ...compared(period), provenance, knownAt, linkKnownAt, ...present('classKnownAt', classKnownAt), ...present('npi', npi), ...present('related', related), ...present('identity', identity) };
}

/** Which bit of each of the lists at an address is the attestation's. */
export function statusEntries(statusLists: string, index: number): readonly StatusEntry[] {
  return ATTESTATION_PURPOSES.map((statusPurpose) => {
    const list = `${statusLists}/${statusPurpose}`;
    return { id: `${list}#${index}`, type: 'BitstringStatusListEntry', statusPurpose, statusListIndex: String(index), statusListCredential: list };
  });
}

const yes = where(flag, (value) => value, 'NOT_ALLOWED') as Shape<true>;

const encumbranceShape: Shape<Encumbrance> = object<Encumbrance>({
  type: oneOf(ENCUMBRANCE_TYPES), from: plainDate, thru: optional(plainDate), hearingBy: optional(plainDate), codes: list(freeText(1, 200)), action: integer(1), stayed: optional(yes), appealed: optional(yes),
});

const derivedShape: Shape<DerivedEffect> = object<DerivedEffect>({
  type: oneOf([...ENCUMBRANCE_TYPES, 'PRIVILEGE_INACTIVE', 'PRIVILEGE_UNKNOWN']), from: plainDate, thru: optional(plainDate), codes: list(freeText(1, 200)), stayed: optional(yes),
  causedBy: object<DerivedCause>({ licence: licenceKeyShape, event: integer(1), rule: oneOf(COMPACT_RULES) }),
});

const standingShape: Shape<AttestedStanding> = object<AttestedStanding>({
  asOf: plainDate, lifecycle: oneOf(LIFECYCLES), authority: oneOf(['FULL', 'LIMITED']), encumbrances: list(encumbranceShape), derived: optional(list(derivedShape)), provenance: list(freeText(1, 200)),
  knownAt: integer(1), linkKnownAt: integer(1), classKnownAt: optional(integer(1)), npi: optional(npiShape), related: optional(relatedPositionsShape), identity: optional(list(identityPositionShape)),
});

const statusEntryShape: Shape<StatusEntry> = object<StatusEntry>({
  id: freeText(1, 500), type: oneOf(['BitstringStatusListEntry']), statusPurpose: oneOf(ATTESTATION_PURPOSES), statusListIndex: text(/^(?:0|[1-9]\d{0,8})$/), statusListCredential: text(/^https?:\/\/\S{1,400}$/),
});

/** Reads an attestation. */
export const attestationShape: Shape<LicenceAttestation> = object<LicenceAttestation>({
  '@context': list(freeText(1, 200), 1),
  id: text(/^urn:uuid:[0-9a-f-]{36}$/),
  type: (value, path, issues) => list(freeText(1, 80), 2, 2)(value, path, issues) as LicenceAttestation['type'],
  issuer: didWebShape,
  validFrom: instant,
  validUntil: instant,
  credentialSubject: object<AttestationSubject>({
    npi: npiShape, holder: optional(freeText(1, 120)), licence: licenceKeyShape, standing: standingShape, ledger: object<AttestationSubject['ledger']>({ channel: freeText(1, 200), board: mspId }),
  }),
  credentialStatus: list(statusEntryShape, ATTESTATION_PURPOSES.length, ATTESTATION_PURPOSES.length),
});
