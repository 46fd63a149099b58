import type { ClaimType } from '../claims/claim.js';
import { DomainError } from '../shared/errors.js';
import { coordinate } from '../coordination/coordinate.js';
import type { CoordinationRule } from '../coordination/coordinate.js';
import { costShare } from './cost-share.js';
import type { CostShareRule } from './cost-share.js';
import { payerOrder2, payerOrder3, timelyFiling2 } from './edits/coordination.js';
import { coverageOnDate, onePlanAndYear } from './edits/coverage.js';
import { credential } from './edits/credential.js';
import { duplicate } from './edits/duplicate.js';
import { benefitMap2, contractForSetting, duplicateBill, institutionalData, nonCovered, onePlanAndStay, timelyFilingOfStatement } from './edits/institutional.js';
import { benefitMap, contract, payerOrder, requiredData } from './edits/terms.js';
import { timelyFiling } from './edits/timely-filing.js';
import { price } from './price.js';
import type { PriceRule } from './price.js';
import { priceByMethod } from './price-by-method.js';
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

/** As professional/2, knows payers that are not on the ledger, and prices by any method. */
const professional3: RuleSet = {
  name: 'professional/3',
  edits: [coverageOnDate, onePlanAndYear, payerOrder3, timelyFiling2, duplicate, credential, contract, requiredData, benefitMap2],
  price: priceByMethod,
  costShare,
  coordination: coordinate,
};

/** Claims of institutions. */
const institutional1: RuleSet = {
  name: 'institutional/1',
  edits: [
    coverageOnDate, onePlanAndStay, payerOrder3, timelyFilingOfStatement, duplicateBill, credential, contractForSetting, institutionalData, nonCovered, benefitMap2,
  ],
  price: priceByMethod,
  costShare,
  coordination: coordinate,
};

/** Every rule set ever published. */
const RULE_SETS: readonly RuleSet[] = [professional1, professional2, professional3, institutional1];

/** The rule sets for new adjudications. */
export const CURRENT_RULE_SETS: Readonly<Record<ClaimType, RuleSet>> = { P: professional3, I: institutional1 };

/** A published rule set; throws UNKNOWN_RULE where this build does not have it. */
export function ruleSet(name: string): RuleSet {
  const found = RULE_SETS.find((one) => one.name === name);
  if (found === undefined) throw new DomainError('UNKNOWN_RULE', { ruleSet: name });
  return found;
}

/** The names of a set's rules with their versions, in order. */
export function rulesIn({ edits, price: pricing, costShare: sharing, coordination }: RuleSet): readonly string[] {
  return [...edits.map(({ id }) => id), pricing.id, sharing.id, ...(coordination === undefined ? [] : [coordination.id])];
}
