import type { ClaimContent } from './claim.js';

/** A claim of frequency 7 replaces an earlier one (CLM05-3). */
export const REPLACES = '7';

/** A claim of frequency 8 voids an earlier one and is not itself decided. */
export const VOIDS = '8';

/** Bills of a stay: the first one before it ends, those that go on, the last one, and charges that come late. */
export const FIRST = '2';
export const CONTINUING = '3';
export const LAST = '4';
export const LATE_CHARGES = '5';

/** Claims that take an earlier one back: a bill of a stay takes the place of the one before. */
const CORRECTIONS = [REPLACES, VOIDS, CONTINUING, LAST, LATE_CHARGES];

/** True for a claim that takes an earlier one back. */
export function isCorrection({ frequency }: { readonly frequency: string }): boolean {
  return CORRECTIONS.includes(frequency);
}

/** True for a bill of a part of a stay, or of charges that come late: a contract has to accept those. */
export function isPartialBill({ institutional, frequency }: Pick<ClaimContent, 'institutional' | 'frequency'>): boolean {
  return institutional !== undefined && [FIRST, CONTINUING, LAST, LATE_CHARGES].includes(frequency);
}
