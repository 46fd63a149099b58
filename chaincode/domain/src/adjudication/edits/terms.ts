import { renderingProvider, placeOfService } from '../../claims/claim.js';
import { benefitFor } from '../../coverage/benefit-plan.js';
import type { RequiredDatum } from '../../coverage/benefit-plan.js';
import { isInForce } from '../../coverage/fee-schedule.js';
import type { ClaimLine } from '../../claims/claim.js';
import { feeFor } from '../price.js';
import { deny, pend } from '../rule.js';
import type { Case, EditRule } from '../rule.js';

/** A claim that names this insurer second is coordinated by a person, unless the plan pays as if it were alone. */
export const payerOrder: EditRule = {
  id: 'payer-order/v1',
  source: 'claims guide 2.3 step 4',
  examine: (_, { content, facts }) =>
    content.subscriber.payerSequence !== 'P' && facts.plan?.terms.otherPayers === 'pend' ? [pend('other-payer')] : [],
};

/** A contract of the plan's network and currency was in force on the day of service. */
export const contract: EditRule = {
  id: 'contract/v1',
  source: 'claims guide 2.3 step 8',
  examine: ({ serviceFrom }, { content, facts: { plan, feeSchedule } }) => {
    if (plan === undefined) return [];
    if (feeSchedule === undefined) return [pend('no-contract')];
    const { network, currency } = feeSchedule.terms;
    if (network !== plan.terms.network || !isInForce(feeSchedule.terms, serviceFrom)) return [pend('no-contract-on-date')];
    return currency === plan.terms.currency && currency === content.currency ? [] : [pend('other-currency')];
  },
};

/** The line carries what the plan wants on every line: else CARC 16 with the remark that says what. */
export const requiredData: EditRule = {
  id: 'required-data/v1',
  source: 'claims guide 2.5; CARC 16 with M76, M77, N290',
  examine: (line, given) =>
    (given.facts.plan?.terms.requiredData ?? []).filter((datum) => lacks[datum](line, given)).map((datum) => deny('CO', '16', REMARKS[datum])),
};

const REMARKS: Readonly<Record<RequiredDatum, string>> = { 'diagnosis-pointer': 'M76', 'place-of-service': 'M77', 'rendering-provider': 'N290' };

const lacks: Readonly<Record<RequiredDatum, (line: ClaimLine, given: Case) => boolean>> = {
  'diagnosis-pointer': ({ diagnosisPointers }) => diagnosisPointers.length === 0,
  'place-of-service': (line, { content }) => placeOfService(content, line) === undefined,
  'rendering-provider': (line, { content }) => {
    const provider = renderingProvider(content, line);
    return provider.entity !== 'person' || provider.npi === undefined;
  },
};

/** The plan covers the service's category: else PR-96 where it says nothing, or what it says of an excluded one. */
export const benefitMap: EditRule = {
  id: 'benefit-map/v1',
  source: 'claims guide 2.3 step 11, 2.5; CARC 96 with N130, 204',
  examine: (line, given) => {
    const fee = feeFor(line, given.facts);
    if (given.facts.plan === undefined || fee?.category === undefined) return [];
    const benefit = benefitFor(given.facts.plan.terms, fee.category);
    if (benefit?.type === 'covered') return [];
    return [benefit?.denial === '204' ? deny('PR', '204') : deny('PR', '96', 'N130')];
  },
};
