import { coveredCharge, renderingProvider } from '../claims/claim.js';
import type { ClaimLine } from '../claims/claim.js';
import { MULTIPLE_PROCEDURES } from '../coverage/prices.js';
import type { Fee, ListedPrices } from '../coverage/prices.js';
import { WHOLE, portion } from '../shared/money.js';
import type { BasisPoints, Minor } from '../shared/money.js';
import type { Amount, Pricing } from './claim-price.js';
import { contractAmount, factorsFor, listedFee } from './price.js';

interface ListedLine {
  readonly line: ClaimLine;
  readonly fee: Fee;
  readonly feeMinor: Minor;
}

/**
 * Listed prices line by line: price × units × modifier factors. Several procedures of a provider on a day are paid by their
 * rank in price where the contract ranks them, else as modifier 51 says; both are a reduction beside the full price.
 */
export function listedAmounts(prices: ListedPrices, pricing: Pricing): ReadonlyMap<number, Amount> {
  const listed = pricing.lines.flatMap((line): readonly ListedLine[] => {
    const fee = listedFee(line, pricing.facts);
    return fee === null ? [] : [{ line, fee, feeMinor: fullFee(line, fee, prices, pricing) }];
  });
  const notListed: Amount = prices.notListed === 'pend' ? { type: 'pended' } : { type: 'denied', reason: prices.notListed };
  const reductions = reductionsOf(listed, prices, pricing);
  return new Map(pricing.lines.map((line) => {
    const one = listed.find((other) => other.line === line);
    return [line.number, one === undefined ? notListed : amountOf(one, reductions.get(line.number) ?? WHOLE, prices, pricing)];
  }));
}

function fullFee(line: ClaimLine, fee: Fee, prices: ListedPrices, { content, rounding }: Pricing): Minor {
  const modifierFactors = prices.modifierFactors.filter(({ modifier }) => modifier !== MULTIPLE_PROCEDURES);
  return contractAmount(line, content, fee, factorsFor(line, { modifierFactors }), rounding);
}

function amountOf({ line, fee, feeMinor }: ListedLine, reduction: BasisPoints, { lesserOfCharge }: ListedPrices, { rounding }: Pricing): Amount {
  const atMost = (amount: Minor): Minor => (lesserOfCharge ? Math.min(coveredCharge(line), amount) : amount);
  const allowedMinor = atMost(portion(feeMinor, reduction, rounding));
  return { type: 'amount', fullMinor: atMost(feeMinor), allowedMinor, ifNothing: { type: 'denied', reason: fee.zeroPrice ?? 'CO-147' } };
}

/** What is paid of each line that is not paid in full, by its number. */
function reductionsOf(listed: readonly ListedLine[], prices: ListedPrices, pricing: Pricing): ReadonlyMap<number, BasisPoints> {
  const { multipleProcedureFactors: factors } = prices;
  if (factors === undefined) return new Map(listed.flatMap(({ line }) => byModifier(line, prices)));
  const procedures = listed.filter(({ fee }) => fee.multipleProcedure === true);
  return new Map(procedures.map((one) => {
    const rank = procedures.filter((other) => isBefore(other, one, pricing)).length;
    return [one.line.number, factors[Math.min(rank, factors.length - 1)] ?? WHOLE];
  }));
}

function byModifier({ number, procedure }: ClaimLine, { modifierFactors }: ListedPrices): readonly (readonly [number, BasisPoints])[] {
  const factor = procedure.modifiers.includes(MULTIPLE_PROCEDURES) ? modifierFactors.find(({ modifier }) => modifier === MULTIPLE_PROCEDURES)?.factor : undefined;
  return factor === undefined ? [] : [[number, factor]];
}

/** The dearer of two procedures of the same provider and day comes first; of equal ones the earlier line. */
function isBefore(other: ListedLine, one: ListedLine, { content }: Pricing): boolean {
  const isOfDay = other.line.serviceFrom === one.line.serviceFrom && renderingProvider(content, other.line).npi === renderingProvider(content, one.line).npi;
  if (!isOfDay || other.line === one.line) return false;
  return other.feeMinor === one.feeMinor ? other.line.number < one.line.number : other.feeMinor > one.feeMinor;
}
