import { element, shownId } from './segment.js';
import type { Segment } from './segment.js';

/** Why a claim cannot be made of its segments. */
export const UNREADABLE_REASONS = [
  'NOT_AN_AMOUNT',
  'NOT_A_QUANTITY',
  'TOO_LONG',
  'TOO_MANY_LINES',
  'TOO_MANY_SEGMENTS',
  'SERVICE_MISSING',
  'UNSUPPORTED_TRANSACTION',
  'TRANSACTION_REFUSED',
] as const;

export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

/** The place at which reading a claim failed; like an issue it carries no value. */
export interface Fault {
  readonly reason: UnreadableReason;
  /** Number of the segment in the file, from 1. */
  readonly position: number;
  readonly segmentId: string;
  /** Number of the element, from 1, where one is at fault. */
  readonly element?: number;
}

/** Thrown inside this folder where a claim cannot be read; it ends that claim alone. */
export class UnreadableClaim extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.reason);
    this.name = 'UnreadableClaim';
    this.fault = fault;
  }
}

/** Ends the reading of a claim at this segment. */
export function unreadable(reason: UnreadableReason, segment: Pick<Segment, 'id' | 'position'>, elementNumber?: number): UnreadableClaim {
  const place = { reason, position: segment.position, segmentId: shownId(segment.id) };

  return new UnreadableClaim(elementNumber === undefined ? place : { ...place, element: elementNumber });
}

/** The longest text that a claim document holds in one field. */
const LONGEST_TEXT = 80;

/** Text of an element; fails where it is longer than a claim can hold. */
export function textOf(segment: Segment, elementNumber: number, longest: number = LONGEST_TEXT): string {
  const text = element(segment, elementNumber);
  if (text.length > longest) throw unreadable('TOO_LONG', segment, elementNumber);

  return text;
}

/** As `textOf`; undefined where the element is absent. */
export function optionalTextOf(segment: Segment | undefined, elementNumber: number): string | undefined {
  const text = segment === undefined ? '' : textOf(segment, elementNumber);

  return text === '' ? undefined : text;
}
