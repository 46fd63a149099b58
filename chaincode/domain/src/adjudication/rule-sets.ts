import { DomainError } from '../shared/errors.js';
import { costShare } from './cost-share.js';
import type { CostShareRule } from './cost-share.js';
import { coverageOnDate, onePlanAndYear } from './edits/coverage.js';
import { credential } from './edits/credential.js';
import { duplicate } from './edits/duplicate.js';
import { benefitMap, contract, payerOrder, requiredData } from './edits/terms.js';
import { timelyFiling } from './edits/timely-filing.js';
import { price } from './price.js';
import type { PriceRule } from './price.js';
import type { EditRule } from './rule.js';

/** The rules by which a claim is decided, in order. A published set is never changed or removed: adjudications name it. */
export interface RuleSet {
  readonly name: string;
  /** The first denial in this order carries the line's charge. */
  readonly edits: readonly EditRule[];
  readonly price: PriceRule;
  readonly costShare: CostShareRule;
}

const professional1: RuleSet = {
  name: 'professional/1',
  edits: [coverageOnDate, onePlanAndYear, payerOrder, timelyFiling, duplicate, credential, contract, requiredData, benefitMap],
  price,
  costShare,
};

/** Every rule set ever published. */
const RULE_SETS: readonly RuleSet[] = [professional1];

/** The rule set for new adjudications. */
export const CURRENT_RULE_SET: RuleSet = professional1;

/** A published rule set; throws UNKNOWN_RULE where this build does not have it. */
export function ruleSet(name: string): RuleSet {
  const found = RULE_SETS.find((one) => one.name === name);
  if (found === undefined) throw new DomainError('UNKNOWN_RULE', { ruleSet: name });
  return found;
}

/** The names of a set's rules with their versions, in order. */
export function rulesIn({ edits, price: pricing, costShare: sharing }: RuleSet): readonly string[] {
  return [...edits.map(({ id }) => id), pricing.id, sharing.id];
}
