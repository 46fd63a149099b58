import { components, element } from './segment.js';
import type { Segment } from './segment.js';

/** How a composite begins whose first components the standard fixes; the captured character then separates it. */
const STARTS = {
  /** SV101 and SVD03: code list qualifier, then the code. */
  procedure: /^[A-Z]{2}([^A-Za-z0-9 ])[A-Za-z0-9]/,
  /** HI: qualifier, then the code. */
  diagnosis: /^[A-Z]{2,3}([^A-Za-z0-9 ])[A-Za-z0-9]/,
  /** CLM05: place, qualifier, frequency. */
  place: /^[A-Za-z0-9]{1,2}([^A-Za-z0-9 ])[AB]?\1[A-Za-z0-9]$/,
  /** SV107: positions of diagnoses. */
  pointers: /^(?:\d{1,2}|[A-L])([^A-Za-z0-9 ])(?:\d|[A-L])/,
  /** CLM11: kinds of accident. */
  causes: /^[A-Z]{2}([^A-Za-z0-9 ])/,
} as const;

/** A composite's components, and whether it was cut at another separator than the one that ISA16 names. */
export interface Composite {
  readonly parts: readonly string[];
  readonly otherSeparator: boolean;
}

/**
 * Cuts an element into components. Files exist that were cut with another separator than their own header names: where
 * the named one does not occur, the composite's own shape tells the separator.
 */
export function compositeOf(segment: Segment, number: number, start: keyof typeof STARTS): Composite {
  const text = element(segment, number);
  const found = text.includes(segment.componentSeparator) ? undefined : STARTS[start].exec(text)?.[1];
  if (found === undefined) return { parts: components(segment, number), otherSeparator: false };

  return { parts: text.split(found).map((part) => part.trim()), otherSeparator: true };
}
