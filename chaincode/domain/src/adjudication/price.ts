import { placeOfService } from '../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { isFee } from '../coverage/prices.js';
import type { Fee, ListedPrices, NoPrice, Rate } from '../coverage/prices.js';
import { feeKey } from '../coverage/rate-keys.js';
import { WHOLE, portion, scale } from '../shared/money.js';
import type { Minor, Rounding } from '../shared/money.js';
import type { Adjustment, DecisionFacts } from './adjudication.js';

/** What the contract allows for a line: an amount with the adjustments that lead to it, a denial, or a person's question. */
export type Price =
  | { readonly type: 'priced'; readonly allowedMinor: Minor; readonly adjustments: readonly Adjustment[]; readonly remarks?: readonly string[] }
  | { readonly type: 'denied'; readonly reason: NoPrice }
  | { readonly type: 'pended' };

/** The prices of lines by their numbers. */
export type PricesByLine = ReadonlyMap<number, Price>;

/** Prices the lines of a claim that no edit denied. Published versions are never changed. */
export interface PriceRule {
  readonly id: string;
  readonly source: string;
  readonly price: (lines: readonly ClaimLine[], content: ClaimContent, facts: DecisionFacts) => PricesByLine;
  /** The benefit category of a line: undefined where there is no entry that says it. */
  readonly category: (line: ClaimLine, content: ClaimContent, facts: DecisionFacts) => string | undefined;
}

/** Places of service that bill their own part, so that the professional's price is the lower one. */
const FACILITIES = ['02', '19', '21', '22', '23', '24', '26', '31', '34', '41', '42', '51', '52', '53', '56', '61'];

/** The entry that prices a line: null where the schedule is proved to have none, undefined where none is needed. */
export function feeFor({ procedure }: ClaimLine, { feeSchedule, fees }: DecisionFacts): Pick<Rate, 'category'> | null | undefined {
  const prices = feeSchedule?.terms.prices;
  if (prices?.type === 'share-of-charges') return prices;
  const key = feeKey(procedure.code, procedure.modifiers);
  return fees.find((fact) => fact.key === key)?.fee;
}

/**
 * Price × units × modifier factors, each step rounded; never above the charge where the contract says so. The rest of
 * the charge is CO-45; what lies above it is CO-94, negative. A price of nothing denies, as CO-45 never takes a whole
 * charge. Contracts of other methods are not known here.
 */
export const price: PriceRule = {
  id: 'price/v1',
  source: 'claims guide 2.4 and decisions (CARC 45)',
  price: (lines, content, facts) => new Map(lines.map((line) => [line.number, linePrice(line, content, facts)])),
  category: (line, _, facts) => feeFor(line, facts)?.category,
};

function linePrice(line: ClaimLine, content: ClaimContent, facts: DecisionFacts): Price {
  const { feeSchedule, plan } = facts;
  if (feeSchedule === undefined || plan === undefined) return { type: 'pended' };
  const { prices } = feeSchedule.terms;
  const { rounding } = plan.terms;
  if (prices.type === 'share-of-charges') return allow(line.chargeMinor, portion(line.chargeMinor, prices.share, rounding), 'CO-147');
  if (prices.type !== 'listed') return { type: 'pended' };
  const fee = listedFee(line, facts);
  if (fee === null) return prices.notListed === 'pend' ? { type: 'pended' } : { type: 'denied', reason: prices.notListed };
  const amount = contractAmount(line, content, fee, factorsFor(line, prices), rounding);
  return allow(line.chargeMinor, prices.lesserOfCharge ? Math.min(line.chargeMinor, amount) : amount, fee.zeroPrice ?? 'CO-147');
}

/** The price that is listed for a line's service; null where there is none. */
export function listedFee({ procedure }: ClaimLine, { fees }: DecisionFacts): Fee | null {
  const key = feeKey(procedure.code, procedure.modifiers);
  const rate = fees.find((fact) => fact.key === key)?.fee;
  return rate !== undefined && rate !== null && isFee(rate) ? rate : null;
}

/** Price × units × factors: the facility's price where the place of service bills its own part. */
export function contractAmount(line: ClaimLine, content: ClaimContent, fee: Fee, factors: readonly number[], rounding: Rounding): Minor {
  const isFacility = FACILITIES.includes(placeOfService(content, line) ?? '');
  const unit = isFacility ? (fee.facilityAmountMinor ?? fee.amountMinor) : fee.amountMinor;
  const forUnits = scale(unit, line.quantity.thousandths, 1000, rounding);
  return factors.reduce((minor, factor) => scale(minor, factor, WHOLE, rounding), forUnits);
}

/** The factors of the modifiers that a line has. */
export function factorsFor({ procedure }: ClaimLine, { modifierFactors }: Pick<ListedPrices, 'modifierFactors'>): readonly number[] {
  return modifierFactors.filter(({ modifier }) => procedure.modifiers.includes(modifier)).map(({ factor }) => factor);
}

function allow(chargeMinor: Minor, allowedMinor: Minor, zeroPrice: NoPrice): Price {
  if (allowedMinor === 0 && chargeMinor > 0) return { type: 'denied', reason: zeroPrice };
  const difference = chargeMinor - allowedMinor;
  const reason = difference > 0 ? '45' : '94';
  const adjustments: readonly Adjustment[] = difference === 0 ? [] : [{ group: 'CO', reason, amountMinor: difference }];
  return { type: 'priced', allowedMinor, adjustments };
}
