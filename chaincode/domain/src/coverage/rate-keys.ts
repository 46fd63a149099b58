import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { assertNever } from '../shared/errors.js';
import type { Prices } from './prices.js';

/** Modifiers that make another price of a service: professional or technical part, new, rented or used equipment. */
const PRICING_MODIFIERS = ['26', 'TC', 'NU', 'RR', 'UE'];

/** The key under which a service's price is listed: its code, then its pricing modifiers. */
export function feeKey(code: string, modifiers: readonly string[]): string {
  return [code, ...PRICING_MODIFIERS.filter((modifier) => modifiers.includes(modifier))].join('-');
}

/** The key of a diagnosis-related group. */
export function drgKey(drg: string): string {
  return `DRG${drg}`;
}

/** True for days in a room. */
export function isStayInRoom({ quantity, revenueCode }: ClaimLine): boolean {
  return quantity.unit === 'DA' && revenueCode !== undefined;
}

/** What names a whole case: its group, then its principal procedure. Without either its services do. */
export function caseKeys({ institutional }: Pick<ClaimContent, 'institutional'>): readonly string[] {
  const principal = institutional?.procedures.find(({ qualifier }) => ['BBR', 'BR'].includes(qualifier));
  return [...groupKeys(institutional), ...(principal === undefined ? [] : [principal.code])];
}

/** The key of a line's service. */
export function lineKey({ procedure }: ClaimLine): string {
  return feeKey(procedure.code, procedure.modifiers);
}

/** The keys of the entries by which a claim is priced, each once, in their order. */
export function rateKeys(prices: Pick<Prices, 'type'>, content: ClaimContent): readonly string[] {
  return [...new Set(keysFor(prices, content))].sort((a, b) => (a < b ? -1 : 1));
}

function keysFor({ type }: Pick<Prices, 'type'>, content: ClaimContent): readonly string[] {
  switch (type) {
    case 'listed':
      return content.lines.map(lineKey);
    case 'share-of-charges':
      return [];
    case 'per-diem':
      return content.lines.filter(isStayInRoom).flatMap(({ revenueCode }) => revenueCode ?? []);
    case 'case-rate':
      return [...caseKeys(content), ...content.lines.map(lineKey)];
    case 'drg':
      return groupKeys(content.institutional);
    default:
      return assertNever(type);
  }
}

function groupKeys(institutional: ClaimContent['institutional']): readonly string[] {
  return institutional?.drg === undefined ? [] : [drgKey(institutional.drg)];
}
