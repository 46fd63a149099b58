import type { PlainDate } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import type { ExclusionRow } from './leie-row.js';
import { familyNameVariants, givenNameAgreement } from './name-variants.js';

/** A clinician as an organisation knows the person. Birth dates stay with it. */
export interface ScreenedPerson {
  readonly npi: Npi;
  /** Other numbers of the same person, such as one that was replaced. */
  readonly otherNpis?: readonly Npi[];
  /** Also former ones. */
  readonly familyNames: readonly string[];
  readonly givenName: string;
  readonly birthDate?: PlainDate;
  readonly states: readonly string[];
  readonly zips: readonly string[];
}

/** What speaks for and against a row being this person. */
export const MATCH_REASONS = ['NPI', 'OTHER_NPI', 'FAMILY_NAME', 'GIVEN_NAME', 'GIVEN_INITIAL', 'BIRTH_DATE', 'OTHER_BIRTH_DATE', 'STATE', 'ZIP'] as const;

export type MatchReason = (typeof MATCH_REASONS)[number];

/** How much each reason weighs; a row is a candidate from `CANDIDATE_SCORE`. */
export const MATCH_WEIGHTS: Readonly<Record<MatchReason, number>> = {
  NPI: 100, OTHER_NPI: -60, FAMILY_NAME: 30, GIVEN_NAME: 20, GIVEN_INITIAL: 10, BIRTH_DATE: 40, OTHER_BIRTH_DATE: -40, STATE: 10, ZIP: 10,
};

/** Family and given name alone are enough for a person to look; an initial needs a state or a birth date besides. */
export const CANDIDATE_SCORE = 50;

/** The version of weights and threshold that a run names. */
export const MATCHER_VERSION = 'leie-match/v1';

/** How a row compares with a person. */
export interface Comparison {
  readonly score: number;
  readonly reasons: readonly MatchReason[];
}

/** Compares a row with a person: the NPI decides alone, otherwise names, birth date and place add up. */
export function compare(person: ScreenedPerson, row: ExclusionRow): Comparison {
  const reasons = [...npiReasons(person, row), ...nameReasons(person, row), ...birthReasons(person, row), ...placeReasons(person, row)];
  const score = reasons.reduce((sum, reason) => sum + MATCH_WEIGHTS[reason], 0);
  return { score: reasons.includes('NPI') ? 100 : Math.max(0, Math.min(99, score)), reasons };
}

/** True where a person has to look at the pair. A name is needed unless the NPI agrees. */
export function isCandidate({ score, reasons }: Comparison): boolean {
  return reasons.includes('NPI') || (reasons.includes('FAMILY_NAME') && score >= CANDIDATE_SCORE);
}

function npiReasons({ npi, otherNpis = [] }: ScreenedPerson, row: ExclusionRow): readonly MatchReason[] {
  if (row.npi === undefined) return [];
  return [npi, ...otherNpis].includes(row.npi) ? ['NPI'] : ['OTHER_NPI'];
}

function nameReasons({ familyNames, givenName }: ScreenedPerson, row: ExclusionRow): readonly MatchReason[] {
  const theirs = familyNameVariants([row.lastName]);
  const agrees = [...familyNameVariants(familyNames)].some((name) => theirs.has(name));
  if (!agrees) return [];
  const given = givenNameAgreement(givenName, row.firstName);
  return given === 'none' ? ['FAMILY_NAME'] : ['FAMILY_NAME', given === 'same' ? 'GIVEN_NAME' : 'GIVEN_INITIAL'];
}

function birthReasons({ birthDate }: ScreenedPerson, row: ExclusionRow): readonly MatchReason[] {
  if (birthDate === undefined || row.birthDate === undefined) return [];
  return [birthDate === row.birthDate ? 'BIRTH_DATE' : 'OTHER_BIRTH_DATE'];
}

function placeReasons({ states, zips }: ScreenedPerson, row: ExclusionRow): readonly MatchReason[] {
  return [...(states.includes(row.state) ? (['STATE'] as const) : []), ...(row.zip !== '' && zips.includes(row.zip) ? (['ZIP'] as const) : [])];
}
