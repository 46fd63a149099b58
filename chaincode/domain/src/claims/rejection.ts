import { freeText, object, oneOf, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/**
 * Categories of a claim acknowledgement (277CA) that refuse: A3 cannot be processed, A6 something is missing, A7
 * something is invalid, A8 two things contradict each other.
 */
export const REJECTION_CATEGORIES = ['A3', 'A6', 'A7', 'A8'] as const;

/**
 * Why the front end refuses a claim. A rejected claim was never received: it has no claim number, starts no clock, is
 * never adjudicated and never appears in a remittance. It is not a denial.
 */
export interface Rejection {
  readonly category: (typeof REJECTION_CATEGORIES)[number];
  /** Claim status code, such as 562 for a provider's NPI. */
  readonly status: string;
  /** Where in the claim, as a JSON Pointer. Never the value. */
  readonly path: string;
  /** Rule and version, such as `provider-npi/v1`. */
  readonly rule: string;
}

/** Reads a rejection. */
export const rejectionShape: Shape<Rejection> = object<Rejection>({
  category: oneOf(REJECTION_CATEGORIES),
  status: text(/^\d{1,4}$/),
  path: freeText(0, 200),
  rule: freeText(1, 80),
});
