import type { Clock } from '../clock/clock.js';
import type { Member } from '../members/member.js';
import type { PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { isMspId } from '../shared/ids.js';
import { integer, list, npiShape, object, optional, plainDate, text, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { practitionerQueryShape } from '../providers/practitioner-certificate.js';
import type { PractitionerCertificate, PractitionerQuery } from '../providers/practitioner-certificate.js';
import { identityPositionShape, MOST_NUMBERS_OF_ONE } from '../providers/provider-identity.js';
import type { IdentityPosition } from '../providers/provider-identity.js';
import { MOST_LINKS } from '../providers/provider-links.js';
import { jurisdictionShape, licenceKeyShape } from './licence-key.js';
import type { LicenceKey } from './licence-key.js';
import type { SourceState } from './source-report.js';
import type { DerivedEffect } from '../compacts/derived-effect.js';
import type { Encumbrance, Lifecycle, PracticeAuthority, RelatedPosition } from './standing.js';

/** What one earlier answer was computed from: positions in the licence's and in the link's event sequence. */
export interface KnownPosition {
  readonly licence: LicenceKey;
  readonly knownAt: number;
  readonly linkKnownAt: number;
  /** Position in the events of the licence's class; absent where that had none. */
  readonly classKnownAt?: number;
  /** Where the link is that of another number of the same person: which. */
  readonly npi?: Npi;
  /** Where the board was silent: the last day that its word covered. What lies after it was UNKNOWN. */
  readonly silentAfter?: PlainDate;
  /** Positions in the events of the licences that compacts relate to this one; absent where none did. */
  readonly related?: readonly RelatedPosition[];
}

/** What might a provider do in a jurisdiction on each day of a period? */
export interface StandingQuery {
  readonly npi: Npi;
  /** Where the patient was: that place's law decides which licence counts. */
  readonly jurisdiction: string;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  /** Re-computation: only these licences, as known at these positions. Absent: all that is known. */
  readonly known?: readonly KnownPosition[];
  /** Re-computation: what was known of who the person is; nothing where `known` stands alone. */
  readonly knownIdentity?: readonly IdentityPosition[];
}

/** Days through which a licence's standing is the same. */
export interface LicencePeriod {
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly lifecycle: Lifecycle;
  readonly authority: PracticeAuthority;
  readonly encumbrances: readonly Encumbrance[];
  /** What follows by a compact from other licences. */
  readonly derived?: readonly DerivedEffect[];
  /** Ids of the licence events that were folded. */
  readonly provenance: readonly string[];
}

/** One licence of the provider, with the positions that the answer was computed from. */
export interface LicenceStanding extends KnownPosition {
  /** Contiguous, covering the whole asked period. */
  readonly periods: readonly LicencePeriod[];
  /** How fresh the board's word is, where the board reports; not told of what was known before. */
  readonly source?: SourceState;
}

/** Days through which a provider's authority, over all licences together, is the same. */
export interface AuthorityPeriod {
  readonly from: PlainDate;
  readonly thru: PlainDate;
  readonly authority: PracticeAuthority;
}

/** The answer to one `StandingQuery`. Without a confirmed link to a licence the authority is UNKNOWN. */
export interface ProviderStanding {
  readonly npi: Npi;
  readonly jurisdiction: string;
  readonly from: PlainDate;
  readonly thru: PlainDate;
  /** Whether the provider directory knows the NPI. */
  readonly registered: boolean;
  /** Contiguous, covering the whole asked period. */
  readonly periods: readonly AuthorityPeriod[];
  /** Licences with a confirmed link, in the order of their ids. */
  readonly licences: readonly LicenceStanding[];
  /** The numbers of the person about whose identity something is recorded, and how much of it was considered. */
  readonly identity?: readonly IdentityPosition[];
}

/**
 * Everything that `claims` needs of `registry` for one batch, asked in one call (registry query `standingsForClaims`),
 * so that all that was read stands in the transaction's read set.
 */
export interface StandingsForClaimsRequest {
  /** MSP ids of the parties. */
  readonly members: readonly string[];
  readonly standings: readonly StandingQuery[];
  /** Practitioners' certificates, where something is signed with one. */
  readonly practitioners?: readonly PractitionerQuery[];
}

/** Answers in the order of the request; null for an organisation that is not a member or a clock that was never set. */
export interface StandingsForClaimsResponse {
  readonly schema: 'standings-for-claims/v1';
  readonly clock: Clock | null;
  readonly members: readonly (Member | null)[];
  readonly standings: readonly ProviderStanding[];
  /** Null for a certificate that was not introduced for that NPI; absent where none was asked about. */
  readonly practitioners?: readonly (PractitionerCertificate | null)[];
}

/** Several compact groups full of licences. */
export const MOST_RELATED_LICENCES = 512;
/** The longest period of one query: stays of years are billed in parts. */
export const LONGEST_STANDING_PERIOD_DAYS = 366;
/** Most providers asked about in one query. */
export const MOST_STANDING_QUERIES = 1000;

/** Reads positions of related licences. */
export const relatedPositionsShape: Shape<readonly RelatedPosition[]> = list(
  object<RelatedPosition>({ licence: licenceKeyShape, knownAt: integer(0), classKnownAt: optional(integer(1)), silentAfter: optional(plainDate) }), 0, MOST_RELATED_LICENCES,
);

const knownPositionShape: Shape<KnownPosition> = object<KnownPosition>({
  licence: licenceKeyShape,
  knownAt: integer(0),
  linkKnownAt: integer(0),
  classKnownAt: optional(integer(1)),
  npi: optional(npiShape),
  silentAfter: optional(plainDate),
  related: optional(relatedPositionsShape),
});

/** Reads a standing query. */
export const standingQueryShape: Shape<StandingQuery> = where(
  object<StandingQuery>({
    npi: npiShape,
    jurisdiction: jurisdictionShape,
    from: plainDate,
    thru: plainDate,
    known: optional(list(knownPositionShape, 0, MOST_LINKS * MOST_NUMBERS_OF_ONE)),
    knownIdentity: optional(list(identityPositionShape, 0, MOST_NUMBERS_OF_ONE)),
  }),
  (query) => query.from <= query.thru,
  'INCONSISTENT',
);

/** Reads the request of `claims`. */
export const standingsForClaimsRequestShape: Shape<StandingsForClaimsRequest> = object<StandingsForClaimsRequest>({
  members: list(text(isMspId), 0, 16),
  standings: list(standingQueryShape, 0, MOST_STANDING_QUERIES),
  practitioners: optional(list(practitionerQueryShape, 1, 16)),
});
