import type { ClaimContent } from '../../claims/claim.js';
import { payersBeforeUs } from '../../coordination/payer-order.js';
import { daysBetween } from '../../shared/dates.js';
import { deny, pend } from '../rule.js';
import type { Case, EditRule } from '../rule.js';

/** How many payers come before the one in that place, as the hospital knows it. */
const BEFORE: Readonly<Record<ClaimContent['subscriber']['payerSequence'], number>> = { P: 0, S: 1, T: 2, U: 3 };

/**
 * Where the plan coordinates: every payer that comes before us has decided, else CO-22; where more have than the order of
 * payers knows, or where it cannot tell, a person looks. The order follows from what the insurer states of the person's
 * insurances, else from the claim.
 */
export const payerOrder2: EditRule = {
  id: 'payer-order/v2',
  source: 'claims guide 2.3 step 4, 2.4, 2.5; NAIC Model 120 § 5; CARC 22 with MA04',
  examine: ({ serviceFrom }, given) => {
    const policy = given.facts.plan?.terms.otherPayers;
    if (policy === 'pend') return BEFORE[given.content.subscriber.payerSequence] > 0 ? [pend('other-payer')] : [];
    if (policy !== 'coordinate') return [];
    const before = payersBefore(given, serviceFrom);
    if (before === undefined) return [pend('payer-order-unclear')];
    const decided = given.facts.priorPayers?.count ?? 0;
    if (before > decided) return [deny('CO', '22', 'MA04')];
    return before < decided ? [pend('payer-order-disputed')] : [];
  },
};

/** As v2; what the hospital alone says of the payers before us waits for a person, where the plan wants that. */
export const payerOrder3: EditRule = {
  id: 'payer-order/v3',
  source: `${payerOrder2.source}; claims guide 2.1 (other payers)`,
  examine: (line, given) => {
    const { plan, priorPayers } = given.facts;
    const isUnproved = (priorPayers?.reported ?? 0) > 0 && plan?.terms.coordination?.reported === 'hold';
    return [...payerOrder2.examine(line, given), ...(isUnproved ? [pend('prior-payer-unproved')] : [])];
  },
};

/** As v1; after other payers the limit runs from the day on which the last of them decided. */
export const timelyFiling2: EditRule = {
  id: 'timely-filing/v2',
  source: 'claims guide, decisions (clock) and 2.6; CARC 29',
  examine: ({ serviceFrom }, { facts: { plan, receivedOn, priorPayers } }) => {
    if (plan === undefined || daysBetween(priorPayers?.decidedOn ?? serviceFrom, receivedOn) <= plan.terms.timelyFilingDays) return [];
    return [deny('CO', '29', ...(plan.terms.timelyFilingHasNoAppeal ? ['N211'] : []))];
  },
};

function payersBefore({ content, facts }: Case, on: string): number | undefined {
  return facts.coordination === undefined ? BEFORE[content.subscriber.payerSequence] : payersBeforeUs(facts.coordination, on);
}
