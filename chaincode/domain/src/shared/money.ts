/** An amount in the smallest unit of its currency (cents), always a safe integer; its document names the currency. */
export type Minor = number;

/** An amount with its currency, where it stands alone. */
export interface Money {
  readonly currency: Currency;
  readonly minor: Minor;
}

/** ISO 4217 code, such as `USD`. */
export type Currency = string;

/** What becomes of half a minor unit and more: `halfUp` away from zero, `halfEven` to the even neighbour, `down` cut off. */
export type Rounding = 'halfUp' | 'halfEven' | 'down';

/** Hundredths of a per cent: 10 000 is the whole. */
export type BasisPoints = number;

/** One whole in basis points. */
export const WHOLE: BasisPoints = 10_000;

/** Sum of amounts; throws RangeError where the sum is no longer exact. */
export function sumOf(amounts: Iterable<Minor>): Minor {
  let total = 0;
  for (const amount of amounts) total = exact(total + amount);
  return total;
}

/** `amount × numerator ÷ denominator`, rounded as told; exact for all safe integers. Throws RangeError for a denominator below 1. */
export function scale(amount: Minor, numerator: number, denominator: number, rounding: Rounding): Minor {
  if (denominator < 1) throw new RangeError('the denominator must be positive');
  const product = BigInt(amount) * BigInt(numerator);
  const sign = product < 0n ? -1n : 1n;
  const size = product * sign;
  const divisor = BigInt(denominator);
  const quotient = size / divisor;
  return exact(Number(sign * (quotient + roundingStep(quotient, size % divisor, divisor, rounding))));
}

/** That share of an amount, in basis points, rounded as told. */
export function portion(amount: Minor, basisPoints: BasisPoints, rounding: Rounding): Minor {
  return scale(amount, basisPoints, WHOLE, rounding);
}

/** True for an amount that may stand in a document: a safe integer, not negative zero. */
export function isMinor(amount: number): boolean {
  return Number.isSafeInteger(amount) && !Object.is(amount, -0);
}

function roundingStep(quotient: bigint, remainder: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (rounding === 'down' || remainder * 2n < divisor) return 0n;
  const isHalf = remainder * 2n === divisor;
  return isHalf && rounding === 'halfEven' && quotient % 2n === 0n ? 0n : 1n;
}

function exact(amount: number): Minor {
  if (!Number.isSafeInteger(amount)) throw new RangeError('the amount is too large to be exact');
  return amount === 0 ? 0 : amount;
}
