import { coveredCharge } from '../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { WHOLE_WEIGHT, isFee } from '../coverage/prices.js';
import type { DrgPrices, DrgWeight, Fee, ListedPrices, Rate, TablePrices } from '../coverage/prices.js';
import { caseKeys, drgKey, isStayInRoom, lineKey } from '../coverage/rate-keys.js';
import { daysBetween } from '../shared/dates.js';
import { assertNever } from '../shared/errors.js';
import { portion, scale, sumOf } from '../shared/money.js';
import type { Minor, Rounding } from '../shared/money.js';
import type { DecisionFacts } from './adjudication.js';
import type { Price } from './price.js';

/** A claim to be priced: only lines that no edit denied. */
export interface Pricing {
  readonly lines: readonly ClaimLine[];
  readonly content: ClaimContent;
  readonly facts: DecisionFacts;
  readonly rounding: Rounding;
}

type NoAmount = Extract<Price, { readonly type: 'denied' | 'pended' }>;

/** What is allowed, before and after reductions, and what an amount of nothing means; or that there is no amount. */
export type Amount =
  | { readonly type: 'amount'; readonly fullMinor: Minor; readonly allowedMinor: Minor; readonly ifNothing: Extract<Price, { readonly type: 'denied' }> | { readonly type: 'bundled' } }
  | NoAmount;

/** Tables whose price is that of a whole claim. */
export type ClaimPrices = Exclude<TablePrices, ListedPrices>;

type ClaimAmount = { readonly type: 'amount'; readonly amountMinor: Minor } | NoAmount;

/** The entry by which a claim is priced as a whole; undefined where there is none. */
export function claimRate(prices: ClaimPrices, content: ClaimContent, facts: DecisionFacts): Rate | undefined {
  switch (prices.type) {
    case 'per-diem':
      return content.lines.filter(isStayInRoom).map((line) => feeAt(line.revenueCode, facts)).find((fee) => fee !== undefined);
    case 'case-rate':
      return caseRate(content.lines, content, facts);
    case 'drg':
      return weightOf(content, facts);
    default:
      return assertNever(prices);
  }
}

/** The price of a whole claim; never above its covered charges where the contract says so. */
export function priceOfClaim(prices: ClaimPrices, pricing: Pricing): ClaimAmount {
  const covered = sumOf(pricing.lines.map(coveredCharge));
  const amount = amountBy(prices, pricing, covered);
  if (amount === undefined) return prices.notListed === 'pend' ? { type: 'pended' } : { type: 'denied', reason: prices.notListed };
  if (amount === 0) return { type: 'denied', reason: zeroPriceOf(claimRate(prices, pricing.content, pricing.facts)) };
  return { type: 'amount', amountMinor: prices.lesserOfCharge ? Math.min(covered, amount) : amount };
}

/**
 * Spreads a claim's price over lines by their covered charges, cut down to whole minor units, so that the last line with a
 * charge, which takes the rest, never gets less than its share. Without charges the last line takes all.
 */
export function spreadOverLines(amount: ClaimAmount, lines: readonly ClaimLine[]): ReadonlyMap<number, Amount> {
  if (amount.type !== 'amount') return new Map(lines.map(({ number }) => [number, amount]));
  const inOrder = [...lines].sort((a, b) => a.number - b.number);
  const total = sumOf(inOrder.map(coveredCharge));
  const shares = inOrder.map((line) => (total === 0 ? 0 : scale(amount.amountMinor, coveredCharge(line), total, 'down')));
  const last = inOrder.findLast((line) => coveredCharge(line) > 0) ?? inOrder.at(-1);
  const rest = amount.amountMinor - sumOf(shares);
  return new Map(inOrder.map((line, index) => {
    const allowedMinor = (shares[index] ?? 0) + (line === last ? rest : 0);
    return [line.number, { type: 'amount', fullMinor: allowedMinor, allowedMinor, ifNothing: { type: 'bundled' } }];
  }));
}

function amountBy(prices: ClaimPrices, pricing: Pricing, covered: Minor): Minor | undefined {
  switch (prices.type) {
    case 'per-diem':
      return perDiem(pricing);
    case 'case-rate':
      return caseRate(pricing.lines, pricing.content, pricing.facts)?.amountMinor;
    case 'drg':
      return drgAmount(prices, pricing, covered);
    default:
      return assertNever(prices);
  }
}

/** Days × price of each room; undefined where there are no days, or a room has no price. */
function perDiem({ lines, facts, rounding }: Pricing): Minor | undefined {
  const days = lines.filter(isStayInRoom);
  const amounts = days.map(({ revenueCode, quantity }) => {
    const fee = feeAt(revenueCode, facts);
    return fee === undefined ? undefined : scale(fee.amountMinor, quantity.thousandths, 1000, rounding);
  });
  const known = amounts.filter((amount) => amount !== undefined);
  return days.length === 0 || known.length < days.length ? undefined : sumOf(known);
}

/** The price of the claim's group, else of its principal procedure, else the dearest one of these services. */
function caseRate(lines: readonly ClaimLine[], content: ClaimContent, facts: DecisionFacts): Fee | undefined {
  const named = caseKeys(content).map((key) => feeAt(key, facts)).find((fee) => fee !== undefined);
  return named ?? dearest(lines.flatMap((line) => feeAt(lineKey(line), facts) ?? []));
}

/** Base rate × weight; a transfer at most (days + 1) mean days of it; then the outlier's part. */
function drgAmount({ baseRateMinor, transferStatuses = [], outlier }: DrgPrices, { content, facts, rounding }: Pricing, covered: Minor): Minor | undefined {
  const weight = weightOf(content, facts);
  if (weight === undefined) return undefined;
  const full = scale(baseRateMinor, weight.relativeWeight, WHOLE_WEIGHT, rounding);
  const isTransfer = transferStatuses.includes(content.institutional?.patientStatus ?? '');
  const { meanStayTenths } = weight;
  const base = isTransfer && meanStayTenths !== undefined ? Math.min(full, scale(full, (stayDays(content) + 1) * 10, meanStayTenths, rounding)) : full;
  if (outlier === undefined) return base;
  const cost = portion(covered, outlier.costToCharge, rounding);
  return base + portion(Math.max(0, cost - base - outlier.thresholdMinor), outlier.share, rounding);
}

/** Nights from the admission to the end of the statement; at least one day. */
function stayDays({ institutional }: ClaimContent): number {
  if (institutional === undefined) return 1;
  return Math.max(1, daysBetween(institutional.admission?.date ?? institutional.statementFrom, institutional.statementThru));
}

function weightOf({ institutional }: ClaimContent, { fees }: DecisionFacts): DrgWeight | undefined {
  const rate = institutional?.drg === undefined ? undefined : ratesOf(fees).get(drgKey(institutional.drg));
  return rate === undefined || isFee(rate) ? undefined : rate;
}

function feeAt(key: string | undefined, { fees }: DecisionFacts): Fee | undefined {
  const rate = key === undefined ? undefined : ratesOf(fees).get(key);
  return rate !== undefined && isFee(rate) ? rate : undefined;
}

/** Entries by key: a claim of 999 lines asks for all of them once per line. */
const known = new WeakMap<DecisionFacts['fees'], ReadonlyMap<string, Rate>>();

function ratesOf(fees: DecisionFacts['fees']): ReadonlyMap<string, Rate> {
  const rates = known.get(fees) ?? new Map(fees.flatMap(({ key, fee }) => (fee === null ? [] : [[key, fee] as const])));
  known.set(fees, rates);
  return rates;
}

/** The first of the dearest prices. */
function dearest(fees: readonly Fee[]): Fee | undefined {
  return fees.reduce<Fee | undefined>((best, fee) => (best === undefined || fee.amountMinor > best.amountMinor ? fee : best), undefined);
}

function zeroPriceOf(rate: Rate | undefined): NonNullable<Fee['zeroPrice']> {
  return (rate !== undefined && isFee(rate) ? rate.zeroPrice : undefined) ?? 'CO-147';
}
