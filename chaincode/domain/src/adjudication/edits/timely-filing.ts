import { daysBetween } from '../../shared/dates.js';
import { deny } from '../rule.js';
import type { EditRule } from '../rule.js';

/**
 * A professional line is received within the plan's limit, counted from its first day: the day of receipt may be the
 * limit's last day. N211 only where the plan gives no appeal.
 */
export const timelyFiling: EditRule = {
  id: 'timely-filing/v1',
  source: 'claims guide, decisions (clock) and 2.6; CARC 29',
  examine: ({ serviceFrom }, { facts: { plan, receivedOn } }) => {
    if (plan === undefined || daysBetween(serviceFrom, receivedOn) <= plan.terms.timelyFilingDays) return [];
    return [deny('CO', '29', ...(plan.terms.timelyFilingHasNoAppeal ? ['N211'] : []))];
  },
};
