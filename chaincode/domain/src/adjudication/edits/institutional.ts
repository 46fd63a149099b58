import { governingDate, isInpatient, renderingProvider, settingOf } from '../../claims/claim.js';
import type { ClaimLine } from '../../claims/claim.js';
import { isPartialBill } from '../../claims/frequency.js';
import { periodOn } from '../../coverage/coverage.js';
import { benefitFor } from '../../coverage/benefit-plan.js';
import { isInForce, pricesSetting } from '../../coverage/fee-schedule.js';
import { isStayInRoom } from '../../coverage/rate-keys.js';
import { daysBetween } from '../../shared/dates.js';
import { sumOf } from '../../shared/money.js';
import { priceByMethod } from '../price-by-method.js';
import { deny, pend } from '../rule.js';
import type { Case, EditRule } from '../rule.js';
import { onePlanAndYear } from './coverage.js';
import { duplicate } from './duplicate.js';

/** As one-plan-and-year/v1; a stay belongs to the benefit year of its admission, whatever days its lines have. */
export const onePlanAndStay: EditRule = {
  id: 'one-plan-and-stay/v1',
  source: 'claims guide, decisions (clock)',
  examine: (line, given) => onePlanAndYear.examine(line, given).filter(({ reason }) => reason !== 'other-benefit-year' || !isInpatient(given.content)),
};

/** Received within the plan's limit, counted from the last day of the statement, after other payers from their last decision. */
export const timelyFilingOfStatement: EditRule = {
  id: 'timely-filing-statement/v1',
  source: 'claims guide, decisions (clock) and 2.6; CARC 29',
  examine: ({ serviceThru }, { content, facts: { plan, receivedOn, priorPayers } }) => {
    const from = priorPayers?.decidedOn ?? content.institutional?.statementThru ?? serviceThru;
    if (plan === undefined || daysBetween(from, receivedOn) <= plan.terms.timelyFilingDays) return [];
    return [deny('CO', '29', ...(plan.terms.timelyFilingHasNoAppeal ? ['N211'] : []))];
  },
};

/** As duplicate/v1, where an exact duplicate also has the same type of bill; another bill of the same service is a suspect. */
export const duplicateBill: EditRule = {
  id: 'duplicate-bill/v1',
  source: 'claims guide, decisions (duplicates); CARC 18 with group OA only, N522',
  examine: (line, given) => {
    const { history } = given.facts;
    const sameBill = history.filter(({ facilityType }) => facilityType === given.content.institutional?.facilityType);
    const exact = duplicate.examine(line, withHistory(given, sameBill)).filter(({ effect }) => effect === 'deny');
    return exact.length > 0 ? exact : duplicate.examine(line, given).map((finding) => (finding.effect === 'deny' ? pend('suspect-duplicate') : finding));
  },
};

/** More days in rooms than the stay had nights wait for a person: a price per day would pay for them. The day of admission counts. */
export const daysOfStay: EditRule = {
  id: 'days-of-stay/v1',
  source: 'house rule: a day in a room is a night, and the first day of a stay without one; still a patient (status 30) counts the last day',
  examine: (line, { content }) => {
    const { institutional, lines } = content;
    if (institutional === undefined || !isInpatient(content) || !isStayInRoom(line)) return [];
    const nights = daysBetween(institutional.statementFrom, institutional.statementThru) + (institutional.patientStatus === '30' ? 1 : 0);
    const thousandths = sumOf(lines.filter(isStayInRoom).map(({ quantity }) => quantity.thousandths));
    return thousandths > Math.max(1, nights) * 1000 ? [pend('more-days-than-nights')] : [];
  },
};

/** A contract of the plan's network and currency, for this kind of claim, was in force on the claim's governing day. */
export const contractForSetting: EditRule = {
  id: 'contract-for-setting/v1',
  source: 'claims guide 2.3 step 8; house rule: the prices of a stay are those of its admission',
  examine: (_, { content, facts: { coverage, plan, feeSchedule } }) => {
    if (plan === undefined) return [];
    if (feeSchedule === undefined || !pricesSetting(feeSchedule.terms, settingOf(content))) return [pend('no-contract')];
    const { network, currency } = feeSchedule.terms;
    if (network !== plan.terms.network || !isInForce(feeSchedule.terms, governingDate(content, (on) => periodOn(coverage.periods, on) !== undefined))) return [pend('no-contract-on-date')];
    return currency === plan.terms.currency && currency === content.currency ? [] : [pend('other-currency')];
  },
};

/** As contract-for-setting/v1; a bill of a part of a stay waits where the contract that prices it does not accept such bills. */
export const contractForBill: EditRule = {
  id: 'contract-for-setting/v2',
  source: 'as contract-for-setting/v1; claims guide, decisions (clock and life cycle: frequencies 2 to 5)',
  examine: (line, given) => {
    const known = contractForSetting.examine(line, given);
    const isAccepted = !isPartialBill(given.content) || given.facts.feeSchedule?.terms.interimBills === true;
    return known.length > 0 || isAccepted || given.facts.plan === undefined ? known : [pend('no-interim-bills')];
  },
};

/**
 * What the plan and the contract want of every institutional claim: an attending provider where the plan wants to know who
 * rendered a service, and the group where the contract pays by it; else CARC 16 with the remark that says what.
 */
export const institutionalData: EditRule = {
  id: 'institutional-data/v1',
  source: 'claims guide 2.5; CARC 16 with N253, N208',
  examine: (line, { content, facts: { plan, feeSchedule } }) => {
    const attending = renderingProvider(content, line);
    const wantsAttending = plan?.terms.requiredData.includes('rendering-provider') === true;
    return [
      ...(wantsAttending && (attending.entity !== 'person' || attending.npi === undefined) ? [deny('CO', '16', 'N253')] : []),
      ...(feeSchedule?.terms.prices.type === 'drg' && content.institutional?.drg === undefined ? [deny('CO', '16', 'N208')] : []),
    ];
  },
};

/** A line that the hospital itself bills as not covered is the patient's; a part of one, after other payers, is a person's. */
export const nonCovered: EditRule = {
  id: 'non-covered/v1',
  source: '837I SV207; claims guide 2.4; CARC 96 with N130',
  examine: (line, { facts: { priorPayers } }) => {
    const { nonCoveredMinor = 0, chargeMinor } = line;
    if (nonCoveredMinor === 0) return [];
    if (nonCoveredMinor === chargeMinor) return [deny('PR', '96', 'N130')];
    return priorPayers === undefined ? [] : [pend('non-covered-after-other-payer')];
  },
};

/** As benefit-map/v1, by the category of the claim's price where it has one. */
export const benefitMap2: EditRule = {
  id: 'benefit-map/v2',
  source: 'claims guide 2.3 step 11, 2.5; CARC 96 with N130, 204',
  examine: (line: ClaimLine, { content, facts }: Case) => {
    const category = priceByMethod.category(line, content, facts);
    if (facts.plan === undefined || category === undefined) return [];
    const benefit = benefitFor(facts.plan.terms, category);
    if (benefit?.type === 'covered') return [];
    return [benefit?.denial === '204' ? deny('PR', '204') : deny('PR', '96', 'N130')];
  },
};

function withHistory(given: Case, history: Case['facts']['history']): Case {
  return { ...given, facts: { ...given.facts, history } };
}
