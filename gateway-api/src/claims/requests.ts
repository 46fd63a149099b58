import {
  COPIED_KINDS, benefitPlanBodyShape, claimContentShape, coordinationShape, flag, freeText, integer, leafNameShape, list, mspId, nullable, object, oneOf, opaqueId, optional, personShape, plainDate, text,
} from '@medaccord/domain';
import type {
  BenefitPlanBody, ClaimContent, Coordination, CoveragePeriod, DocumentCopy, Heal, JointParties, NewFeeSchedule, OpaqueId, Release, Shape,
} from '@medaccord/domain';
import type { ClaimToDecide } from './adjudication-reader.js';
import type { InsuredPerson } from './insured-ids.js';

/** Claims of one request; more belong into several requests or a file. */
export const MOST_CLAIMS = 1000;
const MOST_STATEMENTS = 500;

/** Claims to submit to one insurer. */
export interface SubmitClaimsRequest {
  readonly insurerMsp: string;
  readonly claims: readonly ClaimContent[];
}

/** A plan: a new one, or the next version of the one that it names. */
export interface PlanStatement {
  readonly planId?: OpaqueId;
  readonly version?: number;
  readonly plan: BenefitPlanBody;
}

/** What the insurer states about one person; `version` is 1, or one more than the newest. */
export interface CoverageStatement extends InsuredPerson {
  readonly known: boolean;
  /** Whatever the insurer names the family by. */
  readonly family?: string;
  readonly person?: string;
  readonly periods: readonly CoveragePeriod[];
  readonly coordination?: Coordination;
  readonly reason: string;
  readonly version?: number;
}

/** A family's totals of a benefit year as they begin, or begin anew. */
export interface TotalsStatement {
  readonly family: string;
  readonly benefitYear: string;
  readonly currency: string;
  readonly reason: string;
  readonly totals: readonly { readonly leaf: string; readonly usedMinor: number }[];
  readonly version?: number;
}

/** Prices of the contract with a hospital. */
export interface FeeScheduleStatement {
  readonly feeScheduleId?: OpaqueId;
  readonly version?: number;
  readonly feeSchedule: NewFeeSchedule;
}

/** Whom and when an eligibility question concerns. */
export interface EligibilityRequest extends InsuredPerson {
  readonly date: string;
}

/** As claims name them: text, whatever it is, or nothing. */
const dependant = object<NonNullable<InsuredPerson['dependant']>>({ birthDate: optional(freeText(1, 80)), givenName: optional(freeText(1, 80)) });
const version = optional(integer(1));
const memberId = freeText(1, 80);
const claimId = opaqueId;

/** The chaincode reads a fee schedule itself; twenty thousand entries are read once. */
const feeSchedule: Shape<NewFeeSchedule> = (value) => value as NewFeeSchedule;

const release: Shape<Release> = object<Release>({ rule: freeText(1, 80), line: optional(integer(1)), reason: freeText(1, 200) });

const claimToDecide: Shape<ClaimToDecide> = (value, path, issues) => {
  const read = object<{ readonly claimId: string; readonly releases?: readonly Release[] }>({ claimId, releases: optional(list(release, 0, 100)) })(value, path, issues);

  return { claimId: read.claimId, releases: read.releases ?? [] };
};

/** Reads claims to submit. */
export const submitClaimsRequest: Shape<SubmitClaimsRequest> = object<SubmitClaimsRequest>({ insurerMsp: mspId, claims: list(claimContentShape, 1, MOST_CLAIMS) });

/** Reads claims to decide; none is named twice. */
export const adjudicateRequest: Shape<{ readonly claims: readonly ClaimToDecide[] }> = (value, path, issues) => {
  const read = object<{ readonly claims: readonly ClaimToDecide[] }>({ claims: list(claimToDecide, 1, MOST_CLAIMS) })(value, path, issues);
  if (issues.length > 0) return read;
  const seen = new Set<string>();
  read.claims.forEach((claim, index) => {
    if (seen.has(claim.claimId)) issues.push({ code: 'DUPLICATE', path: `${path}/claims/${index}/claimId`, message: 'occurs more than once' });
    seen.add(claim.claimId);
  });

  return read;
};

/** Reads plans to record. */
export const plansRequest: Shape<{ readonly items: readonly PlanStatement[] }> = object({
  items: list(object<PlanStatement>({ planId: optional(opaqueId), version, plan: benefitPlanBodyShape }), 1, 100),
});

/** Reads coverages to record. */
export const coveragesRequest: Shape<{ readonly items: readonly CoverageStatement[] }> = object({
  items: list(
    object<CoverageStatement>({
      memberId,
      dependant: optional(dependant),
      known: flag,
      family: optional(freeText(1, 80)),
      person: optional(personShape),
      periods: list(object<CoveragePeriod>({ from: plainDate, thru: optional(plainDate), planId: opaqueId }), 0, 100),
      coordination: optional(coordinationShape),
      reason: freeText(1, 200),
      version,
    }),
    1,
    MOST_STATEMENTS,
  ),
});

/** Reads totals to record. */
export const totalsRequest: Shape<{ readonly items: readonly TotalsStatement[] }> = object({
  items: list(
    object<TotalsStatement>({
      family: freeText(1, 80),
      benefitYear: plainDate,
      currency: text(/^[A-Z]{3}$/),
      reason: freeText(1, 200),
      totals: list(object({ leaf: leafNameShape, usedMinor: integer(0) }), 1, 200),
      version,
    }),
    1,
    MOST_STATEMENTS,
  ),
});

/** Reads fee schedules to record. */
export const feeSchedulesRequest: Shape<{ readonly hospitalMsp: string; readonly items: readonly FeeScheduleStatement[] }> = object({
  hospitalMsp: mspId,
  items: list(object<FeeScheduleStatement>({ feeScheduleId: optional(opaqueId), version, feeSchedule }), 1, 20),
});

/** Reads a question of eligibility. */
export const eligibilityRequest: Shape<EligibilityRequest> = object<EligibilityRequest>({ memberId, dependant: optional(dependant), date: plainDate });

/** Reads copies of the other party to heal by. */
export const healRequest: Shape<{ readonly parties: JointParties; readonly items: Heal['items'] }> = object({
  parties: object<JointParties>({ insurerMsp: mspId, hospitalMsp: mspId }),
  items: list(object({ key: freeText(1, 200), bytes: nullable(freeText(0, 5_000_000)) }), 1, 100),
});

/** Reads copies of the other party, of any claims. */
export const healCopiesRequest: Shape<{ readonly items: readonly DocumentCopy[] }> = object({
  items: list(object<DocumentCopy>({ key: freeText(1, 200), bytes: freeText(2, 5_000_000) }), 1, 1000),
});

/** Reads which copies are wanted. */
export const copiesRequest = object<{ readonly kind: (typeof COPIED_KINDS)[number]; readonly counterparty: string; readonly after?: string }>({ kind: oneOf(COPIED_KINDS), counterparty: mspId, after: optional(freeText(1, 200)) });

/** Reads where a list of recomputed decisions goes on. */
export const recomputationsRequest = object<{ readonly after?: string; readonly limit?: number }>({ after: optional(text(/^adjudication~[0-9a-f]{32,64}~[1-9]\d{0,8}$/)), limit: optional(integer(1, 1000)) });

/** Reads what a review looks for. */
export const reviewRequest = object({ npi: text(/^\d{10}$/), from: plainDate, thru: plainDate });

/** Reads what an import says besides the file. */
export const importRequest = object<{ readonly insurer: string; readonly mode: 'strict' | 'lenient' }>({ insurer: mspId, mode: oneOf(['strict', 'lenient']) });
