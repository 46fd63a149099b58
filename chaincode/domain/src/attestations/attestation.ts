import type { Instant, PlainDate } from '../shared/dates.js';
import { addDays } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import type { Npi } from '../shared/ids.js';
import { present } from '../shared/present.js';
import { licenceId } from '../licences/licence-key.js';
import type { LicenceKey } from '../licences/licence-key.js';
import type { LicencePeriod, LicenceStanding, ProviderStanding } from '../licences/standing-query.js';
import { ATTESTATION_PURPOSES } from './attestation-status.js';
import type { AttestationPurpose } from './attestation-status.js';

/** What a licence permits on a day, and what of the ledger that was computed from. */
export interface AttestedStanding extends Pick<LicencePeriod, 'lifecycle' | 'authority' | 'encumbrances' | 'provenance'> {
  readonly asOf: PlainDate;
  /** Positions in the licence's and in the link's event sequence: what was known. */
  readonly knownAt: number;
  readonly linkKnownAt: number;
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
  /** Address of the lists without the purpose at its end. */
  readonly statusLists: string;
  readonly statusIndex: number;
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
export function attest(facts: AttestedFacts, issuance: Issuance): LicenceAttestation {
  const found = licenceOf(facts.standing, facts.licence);
  if (found === undefined) throw new DomainError('LINK_NOT_FOUND');
  const [period] = found.periods;
  if (period === undefined || (period.authority !== 'FULL' && period.authority !== 'LIMITED')) throw new DomainError('NOTHING_TO_ATTEST');
  return {
    '@context': CONTEXTS,
    id: `urn:uuid:${issuance.uuid}`,
    type: ['VerifiableCredential', 'LicenceStandingCredential'],
    issuer: issuance.issuer,
    validFrom: issuance.now,
    validUntil: `${addDays(period.thru, 1)}T00:00:00.000Z`,
    credentialSubject: {
      npi: facts.standing.npi, ...present('holder', facts.holder), licence: facts.licence, standing: attestedStanding(found, period), ledger: { channel: facts.channel, board: facts.board },
    },
    credentialStatus: ATTESTATION_PURPOSES.map((purpose) => statusEntry(purpose, issuance)),
  };
}

/** One licence in the answer about its holder; undefined where nobody confirmed that it is theirs. */
export function licenceOf({ licences }: ProviderStanding, licence: LicenceKey): LicenceStanding | undefined {
  return licences.find((one) => licenceId(one.licence) === licenceId(licence));
}

function attestedStanding({ knownAt, linkKnownAt }: LicenceStanding, { from, lifecycle, authority, encumbrances, provenance }: LicencePeriod): AttestedStanding {
  return { asOf: from, lifecycle, authority, encumbrances, knownAt, linkKnownAt, provenance };
}

function statusEntry(purpose: AttestationPurpose, { statusLists, statusIndex }: Issuance): StatusEntry {
  const list = `${statusLists}/${purpose}`;
  return { id: `${list}#${statusIndex}`, type: 'BitstringStatusListEntry', statusPurpose: purpose, statusListIndex: String(statusIndex), statusListCredential: list };
}
