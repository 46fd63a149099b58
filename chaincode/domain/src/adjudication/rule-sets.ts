import type { ClaimType } from '../claims/claim.js';
import { DomainError } from '../shared/errors.js';
import { coordinate } from '../coordination/coordinate.js';
import type { CoordinationRule } from '../coordination/coordinate.js';
import { benefitLimits } from './benefit-limits.js';
import type { LimitRule } from './benefit-limits.js';
import { costShare } from './cost-share.js';
import type { CostShareRule } from './cost-share.js';
import { authorisation, referral } from './edits/authorisation.js';
import { mue, ncciPtp } from './edits/bundling.js';
import {
  ageFitsCode, ageFitsDiagnosis, diagnosisFitsCode, modifierFitsCode, placeFitsCode, scopeFitsCode, sexFitsCode, sexFitsDiagnosis,
} from './edits/code-logic.js';
import { codeOnDate, diagnosisOnBill, diagnosisOnDate, modifierOnDate, placeOnDate, revenueCodeOnDate } from './edits/codes.js';
import { payerOrder2, payerOrder3, timelyFiling2 } from './edits/coordination.js';
import { coverageOnDate, coverageOnDate2, onePlanAndYear } from './edits/coverage.js';
import { credential } from './edits/credential.js';
import { duplicate, ofOriginals } from './edits/duplicate.js';
import { exclusion, exclusion2 } from './edits/exclusion.js';
import { externalHold } from './edits/external-hold.js';
import { benefitMap2, contractForBill, contractForSetting, daysOfStay, duplicateBill, institutionalData, nonCovered, onePlanAndStay, timelyFilingOfStatement } from './edits/institutional.js';
import { addOn, globalPeriod } from './edits/packages.js';
import { referenceTables, referenceTables2, servicesBeside } from './edits/tables.js';
import { benefitMap, contract, payerOrder, requiredData } from './edits/terms.js';
import { timelyFiling } from './edits/timely-filing.js';
import { price } from './price.js';
import type { PriceRule } from './price.js';
import { priceByMethod } from './price-by-method.js';
import { paymentReductions } from './reductions.js';
import type { ReductionRule } from './reductions.js';
import type { EditRule } from './rule.js';

/** The rules by which a claim is decided, in order. A published set is never changed or removed: adjudications name it. */
export interface RuleSet {
  readonly name: string;
  /** The first denial in this order carries the line's charge. */
  readonly edits: readonly EditRule[];
  readonly price: PriceRule;
  readonly costShare: CostShareRule;
  /** How the line is paid after other payers; a set without it does not know them. */
  readonly coordination?: CoordinationRule;
  /** The year's limits of a category; a set without it does not know them. */
  readonly limits?: LimitRule;
  /** What is kept of a payment; a set without it keeps nothing. */
  readonly reductions?: ReductionRule;
}

const professional1: RuleSet = {
  name: 'professional/1',
  edits: [coverageOnDate, onePlanAndYear, payerOrder, timelyFiling, duplicate, credential, contract, requiredData, benefitMap],
  price,
  costShare,
};

/** As professional/1, and coordinates benefits. */
const professional2: RuleSet = {
  name: 'professional/2',
  edits: [coverageOnDate, onePlanAndYear, payerOrder2, timelyFiling2, duplicate, credential, contract, requiredData, benefitMap],
  price,
  costShare,
  coordination: coordinate,
};

/** Edits of professional/3 that look at a line by itself. */
const eachLine: readonly EditRule[] = [
  coverageOnDate, onePlanAndYear, payerOrder3, timelyFiling2, duplicate, credential, exclusion, scopeFitsCode, contract, referenceTables, referral, authorisation,
  requiredData, codeOnDate, modifierOnDate, placeOnDate, diagnosisOnDate, modifierFitsCode, placeFitsCode, ageFitsCode, sexFitsCode, ageFitsDiagnosis, sexFitsDiagnosis,
  diagnosisFitsCode, benefitMap2,
];

/** Edits of professional/3 that look at the services beside a line which those above leave. */
const besideOthers: readonly EditRule[] = [ncciPtp, mue, addOn, globalPeriod].map((rule) => rule(servicesBeside(eachLine)));

/**
 * As professional/2, knows payers that are not on the ledger, prices by any method, and has the edits of code lists and
 * payment policy, limits of categories, and reductions of payment.
 */
const professional3: RuleSet = {
  name: 'professional/3',
  edits: [...eachLine, ...besideOthers, externalHold],
  price: priceByMethod,
  costShare,
  coordination: coordinate,
  limits: benefitLimits,
  reductions: paymentReductions,
};

const replaced: ReadonlyMap<EditRule, EditRule> = new Map([[coverageOnDate, coverageOnDate2], [duplicate, ofOriginals('duplicate/v2', duplicate)], [exclusion, exclusion2], [referenceTables, referenceTables2]]);

/** Edits of professional/4 that look at a line by itself. */
const eachLine4: readonly EditRule[] = eachLine.map((rule) => replaced.get(rule) ?? rule);

/** As professional/3; asks for coverage on every day, about whoever ordered a service, of tables only those that concern the claim, and takes originals alone for exact duplicates. */
const professional4: RuleSet = {
  ...professional3,
  name: 'professional/4',
  edits: [...eachLine4, ...[ncciPtp, mue, addOn, globalPeriod].map((rule) => rule(servicesBeside(eachLine4))), externalHold],
};

/** Claims of institutions. */
const institutional1: RuleSet = {
  name: 'institutional/1',
  edits: [
    coverageOnDate, onePlanAndStay, payerOrder3, timelyFilingOfStatement, duplicateBill, credential, contractForSetting, institutionalData, daysOfStay, nonCovered, benefitMap2,
  ],
  price: priceByMethod,
  costShare,
  coordination: coordinate,
};

/** Edits of institutional/2 that look at a line by itself. */
const eachBilled: readonly EditRule[] = [
  coverageOnDate2, onePlanAndStay, payerOrder3, timelyFilingOfStatement, ofOriginals('duplicate-bill/v2', duplicateBill), credential, exclusion2, contractForBill, referenceTables2, referral, authorisation,
  institutionalData, revenueCodeOnDate, codeOnDate, modifierOnDate, diagnosisOnBill, modifierFitsCode, ageFitsCode, sexFitsCode, ageFitsDiagnosis, sexFitsDiagnosis, diagnosisFitsCode,
  daysOfStay, nonCovered, benefitMap2,
];

/** Those that look at the services beside a line; who attends a patient does not render the services, so none asks for a scope. */
const besideBilled: readonly EditRule[] = [ncciPtp(servicesBeside(eachBilled), '-outpatient'), mue(servicesBeside(eachBilled), '-outpatient'), addOn(servicesBeside(eachBilled))];

/** As institutional/1, with the edits of code lists and payment policy, limits of categories, and reductions of payment. */
const institutional2: RuleSet = {
  ...institutional1,
  name: 'institutional/2',
  edits: [...eachBilled, ...besideBilled, externalHold],
  limits: benefitLimits,
  reductions: paymentReductions,
};

/** Every rule set ever published. */
const RULE_SETS: readonly RuleSet[] = [professional1, professional2, professional3, professional4, institutional1, institutional2];

/** The rule sets for new adjudications. */
export const CURRENT_RULE_SETS: Readonly<Record<ClaimType, RuleSet>> = { P: professional4, I: institutional2 };

/** A published rule set; throws UNKNOWN_RULE where this build does not have it. */
export function ruleSet(name: string): RuleSet {
  const found = RULE_SETS.find((one) => one.name === name);
  if (found === undefined) throw new DomainError('UNKNOWN_RULE', { ruleSet: name });
  return found;
}

/** The names of a set's rules with their versions, in order. */
export function rulesIn({ edits, price: pricing, costShare: sharing, coordination, limits, reductions }: RuleSet): readonly string[] {
  return [...edits, pricing, sharing, ...[coordination, limits, reductions].filter((rule) => rule !== undefined)].map(({ id }) => id);
}
