import { placeOfService } from '../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { feeKey } from '../coverage/fee-schedule.js';
import type { Fee, ListedPrices, NoPrice } from '../coverage/fee-schedule.js';
import { WHOLE, portion, scale } from '../shared/money.js';
import type { Minor, Rounding } from '../shared/money.js';
import type { Adjustment, DecisionFacts } from './adjudication.js';

/** What the contract allows for a line: an amount with the adjustments that lead to it, a denial, or a person's question. */
export type Price =
  | { readonly type: 'priced'; readonly allowedMinor: Minor; readonly adjustments: readonly Adjustment[] }
  | { readonly type: 'denied'; readonly reason: NoPrice }
  | { readonly type: 'pended' };

/** Prices one line. Published versions are never changed. */
export interface PriceRule {
  readonly id: string;
  readonly source: string;
  readonly price: (line: ClaimLine, content: ClaimContent, facts: DecisionFacts) => Price;
}

/** Places of service that bill their own part, so that the professional's price is the lower one. */
const FACILITIES = ['02', '19', '21', '22', '23', '24', '26', '31', '34', '41', '42', '51', '52', '53', '56', '61'];

/** The entry that prices a line: null where the schedule is proved to have none, undefined where none is needed. */
export function feeFor({ procedure }: ClaimLine, { feeSchedule, fees }: DecisionFacts): Pick<Fee, 'category'> | null | undefined {
  const prices = feeSchedule?.terms.prices;
  if (prices?.type === 'share-of-charges') return prices;
  const key = feeKey(procedure.code, procedure.modifiers);
  return fees.find((fact) => fact.key === key)?.fee;
}

/**
 * Price × units × modifier factors, each step rounded; never above the charge where the contract says so. The rest of
 * the charge is CO-45; what lies above it is CO-94, negative. A price of nothing denies, as CO-45 never takes a whole
 * charge.
 */
export const price: PriceRule = {
  id: 'price/v1',
  source: 'claims guide 2.4 and decisions (CARC 45)',
  price: (line, content, facts) => {
    const { feeSchedule, plan } = facts;
    if (feeSchedule === undefined || plan === undefined) return { type: 'pended' };
    const { prices } = feeSchedule.terms;
    const { rounding } = plan.terms;
    if (prices.type === 'share-of-charges') return allow(line.chargeMinor, portion(line.chargeMinor, prices.share, rounding), 'CO-147');
    const fee = listedFee(line, facts);
    if (fee === null) return prices.notListed === 'pend' ? { type: 'pended' } : { type: 'denied', reason: prices.notListed };
    return allow(line.chargeMinor, contractAmount(line, content, fee, prices, rounding), fee.zeroPrice ?? 'CO-147');
  },
};

function listedFee({ procedure }: ClaimLine, { fees }: DecisionFacts): Fee | null {
  const key = feeKey(procedure.code, procedure.modifiers);
  return fees.find((fact) => fact.key === key)?.fee ?? null;
}

function contractAmount(line: ClaimLine, content: ClaimContent, fee: Fee, prices: ListedPrices, rounding: Rounding): Minor {
  const isFacility = FACILITIES.includes(placeOfService(content, line) ?? '');
  const unit = isFacility ? (fee.facilityAmountMinor ?? fee.amountMinor) : fee.amountMinor;
  const forUnits = scale(unit, line.quantity.thousandths, 1000, rounding);
  const amount = factorsFor(line, prices).reduce((minor, factor) => scale(minor, factor, WHOLE, rounding), forUnits);
  return prices.lesserOfCharge ? Math.min(line.chargeMinor, amount) : amount;
}

function factorsFor({ procedure }: ClaimLine, { modifierFactors }: Pick<ListedPrices, 'modifierFactors'>): readonly number[] {
  return modifierFactors.filter(({ modifier }) => procedure.modifiers.includes(modifier)).map(({ factor }) => factor);
}

function allow(chargeMinor: Minor, allowedMinor: Minor, zeroPrice: NoPrice): Price {
  if (allowedMinor === 0 && chargeMinor > 0) return { type: 'denied', reason: zeroPrice };
  const difference = chargeMinor - allowedMinor;
  const reason = difference > 0 ? '45' : '94';
  const adjustments: readonly Adjustment[] = difference === 0 ? [] : [{ group: 'CO', reason, amountMinor: difference }];
  return { type: 'priced', allowedMinor, adjustments };
}

