import type { CoveredBenefit } from '../coverage/benefit-plan.js';
import type { Minor } from '../shared/money.js';
import type { CostShareResult } from './cost-share.js';
import type { RunningTotals } from './running-totals.js';

/** What is left of a category's limits. Published versions are never changed. */
export interface LimitRule {
  readonly id: string;
  readonly source: string;
  /** False where the year's visits are used up. */
  readonly hasVisitLeft: (benefit: CoveredBenefit, running: RunningTotals) => boolean;
  /** What is paid within the year's limit, and what lies above it. */
  readonly cap: (shares: CostShareResult, benefit: CoveredBenefit, running: RunningTotals) => { readonly shares: CostShareResult; readonly overMinor: Minor };
  /** Adds a paid line to what is used. */
  readonly use: (paidMinor: Minor, isNewVisit: boolean, benefit: CoveredBenefit, running: RunningTotals) => void;
}

/**
 * A category's limits of one person in a benefit year. A visit above the limit is denied with PR-119; of a payment what lies
 * above the limit is PR-119, which counts towards no other limit.
 */
export const benefitLimits: LimitRule = {
  id: 'benefit-limits/v1',
  source: 'claims guide 2.3 step 13, 2.4, 2.5; CARC 119 with N362',
  hasVisitLeft: ({ category, limit }, running) => limit?.visits === undefined || running.limitRoom(`visits-${category}`, limit.visits) > 0,
  cap: (shares, { category, limit }, running) => {
    if (limit?.paidMinor === undefined) return { shares, overMinor: 0 };
    const paidMinor = Math.min(shares.paidMinor, running.limitRoom(`paid-${category}`, limit.paidMinor));
    return { shares: { ...shares, paidMinor }, overMinor: shares.paidMinor - paidMinor };
  },
  use: (paidMinor, isNewVisit, { category, limit }, running) => {
    if (limit?.visits !== undefined && isNewVisit) running.addOwn(`visits-${category}`, 1);
    if (limit?.paidMinor !== undefined) running.addOwn(`paid-${category}`, paidMinor);
  },
};
