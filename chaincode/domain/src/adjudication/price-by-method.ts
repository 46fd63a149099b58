import { coveredCharge, settingOf } from '../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { pricesSetting } from '../coverage/fee-schedule.js';
import type { FeeScheduleBody } from '../coverage/fee-schedule.js';
import { portion } from '../shared/money.js';
import type { Minor } from '../shared/money.js';
import type { Adjustment, Group } from './adjudication.js';
import { claimRate, priceOfClaim, spreadOverLines } from './claim-price.js';
import type { Amount, Pricing } from './claim-price.js';
import { listedAmounts } from './listed-prices.js';
import { feeFor } from './price.js';
import type { Price, PriceRule, PricesByLine } from './price.js';

/**
 * Prices a claim by the method of its contract. Listed prices and shares of charges go line by line; a price per day, case
 * or group is one amount for the claim, spread over its lines by their covered charges, and the last line takes what
 * rounding leaves. What is billed as not covered is PR-96 and is never priced. The rest of the covered charge is CO-45, of
 * a hospital outside the network PR-45 where the patient may be billed it; a reduction for several procedures is CO-59 on
 * top; what lies above the charge is CO-94, negative. CARC 45 never takes a whole charge: then the line is bundled
 * (CO-97) in the claim's price, else denied.
 */
export const priceByMethod: PriceRule = {
  id: 'price/v2',
  source: 'claims guide 2.4 and decisions (CARC 45, 59); 42 CFR 412.4, 412.84 (transfers, outliers); 45 CFR 149.410 (emergencies)',
  price: (lines, content, facts) => {
    const { feeSchedule, plan } = facts;
    if (feeSchedule === undefined || plan === undefined || !pricesSetting(feeSchedule.terms, settingOf(content))) return everyLine(lines, { type: 'pended' });
    const pricing: Pricing = { lines, content, facts, rounding: plan.terms.rounding };
    return priced(amountsFor(pricing, feeSchedule.terms), pricing, feeSchedule.terms);
  },
  category: (line, content, facts) => {
    const prices = facts.feeSchedule?.terms.prices;
    const hasClaimPrice = prices !== undefined && prices.type !== 'listed' && prices.type !== 'share-of-charges';
    return (hasClaimPrice ? claimRate(prices, content, facts) : feeFor(line, facts))?.category;
  },
};

function amountsFor(pricing: Pricing, { prices }: FeeScheduleBody): ReadonlyMap<number, Amount> {
  switch (prices.type) {
    case 'listed':
      return listedAmounts(prices, pricing);
    case 'share-of-charges':
      return new Map(pricing.lines.map((line) => [line.number, whole(portion(coveredCharge(line), prices.share, pricing.rounding))]));
    default:
      return spreadOverLines(priceOfClaim(prices, pricing), pricing.lines);
  }
}

function whole(amountMinor: Minor): Amount {
  return { type: 'amount', fullMinor: amountMinor, allowedMinor: amountMinor, ifNothing: { type: 'denied', reason: 'CO-147' } };
}

function priced(amounts: ReadonlyMap<number, Amount>, { lines, content }: Pricing, terms: FeeScheduleBody): PricesByLine {
  return new Map(lines.map((line) => [line.number, priceOf(line, amounts.get(line.number) ?? { type: 'pended' }, excessGroup(line, content, terms))]));
}

function priceOf(line: ClaimLine, amount: Amount, excess: Group): Price {
  if (amount.type !== 'amount') return amount;
  const { fullMinor, allowedMinor } = amount;
  const covered = coveredCharge(line);
  const isNothing = fullMinor === 0 && covered > 0;
  if (isNothing && amount.ifNothing.type === 'denied') return amount.ifNothing;
  const nonCovered = line.chargeMinor - covered;
  const adjustments: readonly Adjustment[] = [
    { group: 'PR', reason: '96', amountMinor: nonCovered },
    isNothing ? { group: 'CO', reason: '97', amountMinor: covered } : difference(covered - fullMinor, excess),
    { group: 'CO', reason: '59', amountMinor: fullMinor - allowedMinor },
  ];
  return {
    type: 'priced', allowedMinor, adjustments: adjustments.filter(({ amountMinor }) => amountMinor !== 0), ...(nonCovered > 0 && { remarks: ['N130'] }),
  };
}

function difference(amountMinor: Minor, excess: Group): Adjustment {
  return amountMinor > 0 ? { group: excess, reason: '45', amountMinor } : { group: 'CO', reason: '94', amountMinor };
}

/** Who bears what is not allowed: the provider, unless a hospital outside the network may bill the patient for it. */
function excessGroup(line: ClaimLine, content: ClaimContent, { outOfNetwork }: FeeScheduleBody): Group {
  return outOfNetwork?.balanceBilling === true && !isEmergency(line, content) ? 'PR' : 'CO';
}

/** Marked as an emergency, done in an emergency room, or billed as one: nobody may bill the patient more than their share. */
function isEmergency({ emergency, revenueCode, placeOfService }: ClaimLine, content: ClaimContent): boolean {
  return emergency === true || (placeOfService ?? content.placeOfService) === '23' || revenueCode?.startsWith('045') === true;
}

function everyLine(lines: readonly ClaimLine[], price: Price): PricesByLine {
  return new Map(lines.map(({ number }) => [number, price]));
}
