import type { Instant } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';

/** What kind of organisation a member is decides what its people may do; MSP names decide nothing. */
export type MemberKind = 'insurer' | 'hospital' | 'licensing-board' | 'consortium';

/** SUSPENDED: may read and do nothing else. LEFT: no longer counts in majorities, its records stay. */
export type MemberStatus = 'ACTIVE' | 'SUSPENDED' | 'LEFT';

interface UnitBase {
  /** Unique in the consortium. */
  readonly id: string;
  readonly name: string;
  /** A unit is never removed, as records name it; it closes. */
  readonly status: 'OPEN' | 'CLOSED';
}

/** A place of a hospital (or of an insurer) with the identifiers that claims name it by. */
export interface FacilityUnit extends UnitBase {
  readonly kind: 'facility';
  readonly npi?: Npi;
  /** Employer identification number, nine digits. */
  readonly tin?: string;
  /** Medicare certification number, six characters. */
  readonly ccn?: string;
}

/** A board of a licensing agency: the licences that it issues. */
export interface BoardUnit extends UnitBase {
  readonly kind: 'board';
  readonly jurisdiction: string;
  readonly licenceTypes: readonly string[];
  /** IANA name of the zone that the board's dates are in. */
  readonly timeZone: string;
}

export type Unit = FacilityUnit | BoardUnit;

/** An organisation of the consortium, as all others know it. */
export interface Member {
  readonly schema: 'member/v1';
  readonly mspId: string;
  readonly name: string;
  readonly kind: MemberKind;
  readonly status: MemberStatus;
  /** In the order of their ids. */
  readonly units: readonly Unit[];
  /** From 1, one more with each change. */
  readonly version: number;
  readonly registeredAt: Instant;
  readonly changedAt: Instant;
}
