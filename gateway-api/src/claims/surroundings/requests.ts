import { coveragePeriodShape, freeText, integer, list, mspId, npiShape, object, oneOf, opaqueId, optional, personShape, plainDate, text, variant } from '@medaccord/domain';
import type { CoveragePeriod, DecideReviews, OpaqueId, Shape } from '@medaccord/domain';
import type { InsuredPerson } from '../insured-ids.js';

/** A hospital's question about one person and day. */
export interface EligibilityInquiry extends InsuredPerson {
  readonly serviceDate: string;
  readonly categories?: readonly string[];
}

/** Questions to one insurer. */
export interface InquiriesRequest {
  readonly insurerMsp: string;
  readonly questions: readonly EligibilityInquiry[];
}

/** What changed in somebody's insurance, with whatever names the people. */
export type CoverageChangeRequest = InsuredPerson & { readonly reason: string } & (
  | { readonly type: 'TERMINATION'; readonly lastDay: string }
  | { readonly type: 'PERIODS'; readonly periods: readonly CoveragePeriod[] }
  | { readonly type: 'NEWBORN'; readonly child: InsuredPerson; readonly person: string; readonly birthDate: string }
  | { readonly type: 'MEMBER_ID'; readonly newNumber: InsuredPerson; readonly effectiveFrom: string }
);

/** Which decisions are to be looked at again, and why. */
export type ReviewRequest = { readonly reason: string } & (
  | { readonly type: 'LICENCE'; readonly npi: string; readonly from: string; readonly thru: string }
  | { readonly type: 'FEE_SCHEDULE'; readonly feeScheduleId: OpaqueId; readonly version: number }
  | { readonly type: 'PLAN'; readonly planId: OpaqueId; readonly version: number }
  | { readonly type: 'RULE_SET'; readonly ruleSet: string }
);

const insured = {
  memberId: freeText(1, 80),
  dependant: optional(object<NonNullable<InsuredPerson['dependant']>>({ birthDate: optional(freeText(1, 80)), givenName: optional(freeText(1, 80)) })),
};
const person: Shape<InsuredPerson> = object<InsuredPerson>(insured);
const reason = freeText(1, 200);

/** Reads questions. */
export const inquiriesRequest: Shape<InquiriesRequest> = object<InquiriesRequest>({
  insurerMsp: mspId,
  questions: list(object<EligibilityInquiry>({ ...insured, serviceDate: plainDate, categories: optional(list(text(/^[a-z][a-z0-9-]{0,39}$/), 0, 50)) }), 1, 100),
});

/** Reads which questions to answer; every open one where none is named. */
export const answersRequest = object<{ readonly inquiryIds?: readonly OpaqueId[] }>({ inquiryIds: optional(list(opaqueId, 1, 100)) });

/** Reads changes of coverage. */
export const coverageChangesRequest: Shape<{ readonly items: readonly CoverageChangeRequest[] }> = object({
  items: list(variant<CoverageChangeRequest>('type', {
    TERMINATION: object({ ...insured, reason, type: oneOf(['TERMINATION']), lastDay: plainDate }),
    PERIODS: object({ ...insured, reason, type: oneOf(['PERIODS']), periods: list(coveragePeriodShape, 1, 100) }),
    NEWBORN: object({ ...insured, reason, type: oneOf(['NEWBORN']), child: person, person: personShape, birthDate: plainDate }),
    MEMBER_ID: object({ ...insured, reason, type: oneOf(['MEMBER_ID']), newNumber: person, effectiveFrom: plainDate }),
  }), 1, 100),
});

/** Reads what to look at again. */
export const reviewListRequest: Shape<ReviewRequest> = variant<ReviewRequest>('type', {
  LICENCE: object({ type: oneOf(['LICENCE']), reason, npi: npiShape, from: plainDate, thru: plainDate }),
  FEE_SCHEDULE: object({ type: oneOf(['FEE_SCHEDULE']), reason, feeScheduleId: opaqueId, version: integer(1) }),
  PLAN: object({ type: oneOf(['PLAN']), reason, planId: opaqueId, version: integer(1) }),
  RULE_SET: object({ type: oneOf(['RULE_SET']), reason, ruleSet: freeText(1, 80) }),
});

/** Reads what is decided on proposals. */
export const reviewDecisionsRequest = object<Pick<DecideReviews, 'decisions'>>({
  decisions: list(object<DecideReviews['decisions'][number]>({ claimId: opaqueId, state: oneOf(['RELEASED', 'DISMISSED']), reason: freeText(1, 500) }), 1, 500),
});
