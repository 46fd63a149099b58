import { documentShape } from '../documents/document.js';
import type { PrivateDocument } from '../documents/document.js';
import { appealTermsShape } from '../appeals/deadlines.js';
import type { AppealTerms } from '../appeals/deadlines.js';
import { coordinationTermsShape } from '../coordination/coordinate.js';
import type { CoordinationTerms } from '../coordination/coordinate.js';
import { editTermsShape } from '../reference-data/edit-terms.js';
import type { EditTerms } from '../reference-data/edit-terms.js';
import { CREDENTIAL_EFFECTS, credentialExceptionShape } from './credential-policy.js';
import type { CredentialPolicy } from './credential-policy.js';
import { promptPayTermsShape } from './prompt-pay.js';
import type { PromptPayTerms } from './prompt-pay.js';
import type { Currency, BasisPoints, Minor, Rounding } from '../shared/money.js';
import { WHOLE } from '../shared/money.js';
import { flag, freeText, integer, list, object, oneOf, optional, text, variant, where } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** A share that the patient pays before the plan does. */
export const COST_SHARES = ['deductible', 'copay', 'coinsurance'] as const;

/** A share that the patient pays before the plan does. */
export type CostShare = (typeof COST_SHARES)[number];

/**
 * A yearly limit. Embedded: each person has a limit within the family's, and whichever is reached first counts.
 * Aggregate: the family's alone counts.
 */
export interface YearlyLimit {
  readonly kind: 'embedded' | 'aggregate';
  readonly individualMinor: Minor;
  readonly familyMinor: Minor;
}

/** The most that a plan pays of a category for one person in a benefit year; what lies above is CARC 119. */
export interface BenefitLimit {
  /** Visits: once per provider and day. */
  readonly visits?: number;
  readonly paidMinor?: Minor;
}

/** A category of services that the plan pays for, and how the cost is shared. */
export interface CoveredBenefit {
  readonly type: 'covered';
  readonly category: string;
  readonly deductibleApplies: boolean;
  /** Once per person, provider, day and category. */
  readonly copayMinor: Minor;
  readonly coinsurance: BasisPoints;
  readonly countsToOutOfPocket: boolean;
  /** Whether what is paid as copay also uses up the deductible. */
  readonly copayCountsToDeductible: boolean;
  readonly limit?: BenefitLimit;
}

/** A category that the plan does not pay for, and what the provider is told. */
export interface ExcludedBenefit {
  readonly type: 'excluded';
  readonly category: string;
  /** 96 non-covered charge, 204 not a benefit of this plan; the patient may be billed. */
  readonly denial: '96' | '204';
}

/** What a plan says of a category of services. */
export type Benefit = CoveredBenefit | ExcludedBenefit;

/** What this plan wants on every line, beyond what the front end needs; a line without it is denied (CARC 16). */
export const REQUIRED_DATA = ['diagnosis-pointer', 'place-of-service', 'rendering-provider'] as const;

/** A datum that a plan can require. */
export type RequiredDatum = (typeof REQUIRED_DATA)[number];

/** What a plan pays and how patients share the cost. A change is a new plan or a new version of it. */
export interface BenefitPlanBody extends CredentialPolicy {
  readonly name: string;
  readonly currency: Currency;
  /** Contracts of the same network price this plan's claims. */
  readonly network: string;
  /** Where the insurer's clocks stand: decides on which day a claim was received. */
  readonly utcOffsetMinutes: number;
  /** First month of the benefit year, 1 to 12. */
  readonly benefitYearMonth: number;
  /** Days from the service to the receipt of its claim; later is CARC 29. */
  readonly timelyFilingDays: number;
  readonly timelyFilingHasNoAppeal: boolean;
  readonly requiredData: readonly RequiredDatum[];
  /** `pend`: a claim that names us second waits for a person; `ignore`: it is paid as if we were alone; `coordinate`: by `coordination`. */
  readonly otherPayers: 'pend' | 'ignore' | 'coordinate';
  readonly coordination?: CoordinationTerms;
  /** The order in which the shares are taken of the allowed amount. */
  readonly costShareOrder: readonly CostShare[];
  readonly deductible: YearlyLimit;
  readonly outOfPocket: YearlyLimit;
  /** No person pays more in a year, also where the family's limit alone counts (45 CFR 156.130). */
  readonly selfOnlyLimitMinor?: Minor;
  readonly rounding: Rounding;
  /** When claims of this product have to be paid; absent where no law says so. */
  readonly promptPay?: PromptPayTerms;
  /** How decisions are appealed; the usual commercial terms where absent. */
  readonly appeals?: AppealTerms;
  /** Edits of code lists and payment policy; none where absent. */
  readonly edits?: EditTerms;
  /** In order of category. Services of other categories are not covered (CARC 96). */
  readonly benefits: readonly Benefit[];
}

/** A recorded benefit plan. */
export type PlanDocument = PrivateDocument<'plan', BenefitPlanBody>;

/** Name of a category of services, shared by fee schedules and plans. */
export const categoryShape: Shape<string> = text(/^[a-z][a-z0-9-]{0,39}$/);

/** Name of a network of providers, shared by plans and contracts. */
export const networkShape: Shape<string> = text(/^[a-z0-9][a-z0-9-]{0,39}$/);

const yearlyLimit: Shape<YearlyLimit> = object<YearlyLimit>({
  kind: oneOf(['embedded', 'aggregate']),
  individualMinor: integer(0),
  familyMinor: integer(0),
});

/** Reads what a plan says of a category. */
export const benefitShape: Shape<Benefit> = variant<Benefit>('type', {
  covered: object<CoveredBenefit>({
    type: oneOf(['covered']),
    category: categoryShape,
    deductibleApplies: flag,
    copayMinor: integer(0),
    coinsurance: integer(0, WHOLE),
    countsToOutOfPocket: flag,
    copayCountsToDeductible: flag,
    limit: optional(object<BenefitLimit>({ visits: optional(integer(0)), paidMinor: optional(integer(0)) })),
  }),
  excluded: object<ExcludedBenefit>({ type: oneOf(['excluded']), category: categoryShape, denial: oneOf(['96', '204']) }),
});

/** Reads a benefit plan; one that coordinates says how: without terms a second claim would be paid as if it were the first. */
export const benefitPlanBodyShape: Shape<BenefitPlanBody> = where(object<BenefitPlanBody>({
  name: freeText(1, 120),
  currency: text(/^[A-Z]{3}$/),
  network: networkShape,
  utcOffsetMinutes: integer(-840, 840),
  benefitYearMonth: integer(1, 12),
  timelyFilingDays: integer(1, 36_600),
  timelyFilingHasNoAppeal: flag,
  requiredData: list(oneOf(REQUIRED_DATA), 0, REQUIRED_DATA.length),
  otherPayers: oneOf(['pend', 'ignore', 'coordinate']),
  coordination: optional(coordinationTermsShape),
  credentials: oneOf(CREDENTIAL_EFFECTS),
  credentialExceptions: optional(list(credentialExceptionShape, 0, 100)),
  costShareOrder: where(list(oneOf(COST_SHARES), 3, 3), (order) => new Set(order).size === 3, 'DUPLICATE'),
  deductible: yearlyLimit,
  outOfPocket: yearlyLimit,
  selfOnlyLimitMinor: optional(integer(0)),
  rounding: oneOf(['halfUp', 'halfEven', 'down']),
  promptPay: optional(promptPayTermsShape),
  appeals: optional(appealTermsShape),
  edits: optional(editTermsShape),
  benefits: where(list(benefitShape, 0, 500), (benefits) => new Set(benefits.map(({ category }) => category)).size === benefits.length, 'DUPLICATE'),
}), ({ otherPayers, coordination }) => (otherPayers === 'coordinate') === (coordination !== undefined), 'INCONSISTENT');

/** Reads a recorded plan. */
export const planDocumentShape: Shape<PlanDocument> = documentShape('plan', benefitPlanBodyShape);

/** What the plan says of a category; undefined where it says nothing, which means not covered. */
export function benefitFor(plan: Pick<BenefitPlanBody, 'benefits'>, category: string): Benefit | undefined {
  return plan.benefits.find((one) => one.category === category);
}

/** The first day of the benefit year that holds a date: dates of service decide, not receipt. */
export function benefitYearOf(plan: Pick<BenefitPlanBody, 'benefitYearMonth'>, date: string): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const start = month >= plan.benefitYearMonth ? year : year - 1;
  return `${start}-${String(plan.benefitYearMonth).padStart(2, '0')}-01`;
}
