import { ERROR_DEFINITIONS, ISSUE_DEFINITIONS } from './error-codes.js';
import type { ErrorCategory, ErrorCode, IssueCode } from './error-codes.js';

/** One thing that is wrong with an input: what, where (a JSON Pointer such as `/lines/2/units`), and a sentence. */
export interface Issue {
  readonly code: IssueCode;
  readonly path: string;
  readonly message: string;
}

type Detail = string | number | boolean | readonly string[];

/** Parameters of an error. Never a value that a caller sent about a patient: errors are returned, logged and endorsed. */
export interface ErrorDetails {
  readonly issues?: readonly Issue[];
  readonly [name: string]: Detail | readonly Issue[] | undefined;
}

/** The one way in which a rule, a contract or a gateway refuses; the sentence follows from the code. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(ERROR_DEFINITIONS[code].message);
    this.name = 'DomainError';
    this.code = code;
    this.category = ERROR_DEFINITIONS[code].category;
    this.details = details;
  }
}

/** An issue with the sentence of its code. */
export function issue(code: IssueCode, path: string): Issue {
  return { code, path, message: ISSUE_DEFINITIONS[code] };
}

/** The error for an input with these issues. */
export function invalidInput(issues: readonly Issue[]): DomainError {
  return new DomainError('INVALID_INPUT', { issues });
}

/** Makes a switch over a union exhaustive at compile time and fails closed at run time. */
export function assertNever(value: never): never {
  throw new DomainError('UNEXPECTED_FAULT', { unhandled: typeof value });
}
