import { addDays, daysBetween } from '../shared/dates.js';
import type { PlainDate } from '../shared/dates.js';
import { scale, WHOLE } from '../shared/money.js';
import type { BasisPoints, Minor } from '../shared/money.js';
import { flag, integer, object, oneOf, plainDate } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** A month of interest, where it is charged by the month. */
const MONTH = 30;

/**
 * When a product has to be paid, and what is owed for each day after that. Every jurisdiction has its own: Medicare fee for
 * service pays by day 30 at a yearly rate (42 CFR 405.922), many states by the month.
 */
export interface PromptPayTerms {
  /** Days from receipt, the day of receipt not counted; interest runs from the day after. */
  readonly days: number;
  /** `simple`: a yearly rate by the day; `monthly`: a rate for each begun month of 30 days. */
  readonly method: 'simple' | 'monthly';
  readonly rate: BasisPoints;
  /** Days of a year for the yearly rate. */
  readonly dayBasis: 360 | 365 | 366;
  /** Whether the clock stands still while the insurer waits for information that it asked for. */
  readonly pauses: boolean;
  /** Whether what an appeal brings bears interest. */
  readonly afterAppeal: boolean;
}

/** The last day on which a claim is paid in time, and the terms after it. */
export interface PaymentDue {
  readonly dueOn: PlainDate;
  readonly terms: PromptPayTerms;
}

/** Days on which the clock stood still: from the request to the answer. */
export interface ClockPause {
  readonly from: PlainDate;
  readonly thru: PlainDate;
}

/** Reads such terms. */
export const promptPayTermsShape: Shape<PromptPayTerms> = object<PromptPayTerms>({
  days: integer(1, 365),
  method: oneOf(['simple', 'monthly']),
  rate: integer(0, WHOLE),
  dayBasis: (value, path, issues) => integer(360, 366)(value, path, issues) as PromptPayTerms['dayBasis'],
  pauses: flag,
  afterAppeal: flag,
});

/** Reads by when a claim is to be paid. */
export const paymentDueShape: Shape<PaymentDue> = object<PaymentDue>({ dueOn: plainDate, terms: promptPayTermsShape });

/** By when a claim is to be paid: the terms' days after receipt, and the days on which the clock stood still. */
export function paymentDue(terms: PromptPayTerms, receivedOn: PlainDate, pauses: readonly ClockPause[]): PaymentDue {
  const stood = terms.pauses ? pauses.reduce((days, { from, thru }) => days + Math.max(0, daysBetween(from, thru)), 0) : 0;
  return { dueOn: addDays(receivedOn, terms.days + stood), terms };
}

/** Interest on what is paid late, to the cent; nothing on time and nothing on nothing. Half a cent is rounded up. */
export function interestOn(paidMinor: Minor, { dueOn, terms }: PaymentDue, paidOn: PlainDate): Minor {
  const late = daysBetween(dueOn, paidOn);
  if (late <= 0 || paidMinor <= 0) return 0;
  if (terms.method === 'monthly') return scale(paidMinor, terms.rate * Math.ceil(late / MONTH), WHOLE, 'halfUp');
  return scale(paidMinor, terms.rate * late, WHOLE * terms.dayBasis, 'halfUp');
}
