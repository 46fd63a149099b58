import type { Adjustment } from '../adjudication/adjudication.js';

/** What the reasons that our rules give mean to the insured person, in our own words. */
const IN_WORDS: Readonly<Record<string, string>> = {
  'PR-1': 'your deductible',
  'PR-2': 'your share of the cost (coinsurance)',
  'PR-3': 'your copayment',
  'CO-45': 'above the price agreed with the provider; you do not owe it',
  'PR-45': 'above the amount that your plan allows; the provider may bill you for it',
  'CO-29': 'the provider sent the claim too late; you do not owe it',
  'OA-18': 'this service was already claimed',
  'OA-23': 'settled by another insurance',
  'CO-B7': 'the person who treated you was not licensed for it on that day; you do not owe it',
  'CO-16': 'the claim lacks information that the provider has to give; you do not owe it',
  'PR-26': 'the service was before your insurance began',
  'PR-27': 'the service was after your insurance ended',
  'PR-200': 'you were not insured on that day',
  'PR-31': 'we do not know you as an insured person',
  'PR-96': 'your plan does not cover this service',
  'PR-204': 'your plan does not cover this kind of service',
  'CO-97': 'paid as part of another service; you do not owe it',
  'CO-147': 'no price is agreed for this service; you do not owe it',
  'CO-94': 'paid beyond the charge, as agreed with the provider',
};

/** What an adjustment means; the bare code where our rules never give it. */
export function inWords({ group, reason }: Adjustment): string {
  return IN_WORDS[`${group}-${reason}`] ?? `reason ${group}-${reason}`;
}
