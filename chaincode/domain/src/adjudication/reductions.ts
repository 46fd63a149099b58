import type { Reduction } from '../reference-data/edit-terms.js';
import { covers } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { portion } from '../shared/money.js';
import type { Minor, Rounding } from '../shared/money.js';
import type { Adjustment } from './adjudication.js';

/** What is kept of a payment after everything else. Published versions are never changed. */
export interface ReductionRule {
  readonly id: string;
  readonly source: string;
  readonly reduce: (paidMinor: Minor, date: PlainDate, reductions: readonly Reduction[], rounding: Rounding) => readonly Adjustment[];
}

/** Each reduction in force takes its share of what the ones before it left; neither the patient nor a limit notices. */
export const paymentReductions: ReductionRule = {
  id: 'reductions/v1',
  source: 'claims guide 2.3 step 17, 2.5; 2 USC 906(d) (sequestration); CARC 253, 104',
  reduce: (paidMinor, date, reductions, rounding) => {
    let left = paidMinor;
    return reductions.filter((reduction) => covers(reduction, date)).flatMap(({ reason, share }): readonly Adjustment[] => {
      const amountMinor = portion(left, share, rounding);
      left -= amountMinor;
      return amountMinor === 0 ? [] : [{ group: 'CO', reason, amountMinor }];
    });
  },
};
