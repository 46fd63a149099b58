import { canonicalJson } from '../shared/canonical-json.js';
import { present } from '../shared/present.js';
import type { LicencePeriod } from '../licences/standing-query.js';
import type { Lifecycle } from '../licences/standing.js';

/**
 * What a bit of a published list says of an attestation (Bitstring Status List 1.0). `revocation`: the licence has ended by an
 * act of the board, or never was. `suspension`: the licence gives no authority now, or nobody can say, or it is
 * no longer confirmed to be this clinician's; the only bit that goes back. `refresh`: what was attested has changed and a newer attestation is to be had;
 * set alone, as by a probation, the holder may still practise.
 */
export const ATTESTATION_PURPOSES = ['revocation', 'suspension', 'refresh'] as const;

export type AttestationPurpose = (typeof ATTESTATION_PURPOSES)[number];

/** Bits that are never taken back, as the recommendation has it: a newer attestation says what is so now. */
export const LASTING_PURPOSES = ['revocation', 'refresh'] as const;

export type LastingPurpose = (typeof LASTING_PURPOSES)[number];

/** The bits of one attestation. */
export type AttestationStatus = Readonly<Record<AttestationPurpose, boolean>>;

/** The part of an attested standing that a change of it is told by: a mere renewal changes nothing that was attested. */
export type ComparedStanding = Pick<LicencePeriod, 'lifecycle' | 'authority' | 'encumbrances' | 'derived'>;

const ENDED: readonly Lifecycle[] = ['NOT_ISSUED', 'ISSUED_IN_ERROR', 'SUPERSEDED', 'SURRENDERED', 'REVOKED'];

/** What has become of an attested standing; `now` is undefined where the licence is not confirmed to be the clinician's. */
export function attestationStatus(attested: ComparedStanding, now: ComparedStanding | undefined): AttestationStatus {
  if (now === undefined) return { revocation: false, suspension: true, refresh: true };
  return {
    revocation: ENDED.includes(now.lifecycle),
    suspension: now.authority === 'NONE' || now.authority === 'UNKNOWN',
    refresh: canonicalJson(compared(now)) !== canonicalJson(compared(attested)),
  };
}

/** What of a standing is compared. */
export function compared({ lifecycle, authority, encumbrances, derived }: ComparedStanding): ComparedStanding {
  return { lifecycle, authority, encumbrances, ...present('derived', derived) };
}
