import type { ErrorCategory } from '@medaccord/domain';

/** The HTTP status of each category of error; a category without one does not compile. */
export const STATUS_OF_CATEGORY: Readonly<Record<ErrorCategory, number>> = {
  'outcome-unknown': 202,
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'stale-version': 412,
  'rule-violation': 422,
  'too-many': 429,
  'ledger-fault': 500,
  'ledger-conflict': 503,
  'ledger-unavailable': 503,
};
