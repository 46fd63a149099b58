/** How strictly a file is read: `strict` refuses what the standard refuses, `lenient` reads what can be understood and warns. */
export type ReadingMode = 'strict' | 'lenient';

/** What can be wrong with a file apart from its claims. Values are stable: tools and answers refer to them. */
export const X12_ISSUE_CODES = [
  'ISA_MISSING',
  'ISA_MALFORMED',
  'DELIMITER_GUESSED',
  'COMPONENT_SEPARATOR_DIFFERS',
  'TEXT_OUTSIDE_INTERCHANGE',
  'SEGMENT_TOO_LONG',
  'SEGMENT_UNKNOWN',
  'TERMINATOR_MISSING',
  'CONTROL_NUMBER_MISMATCH',
  'CONTROL_NUMBER_REPEATED',
  'COUNT_MISMATCH',
  'COUNT_MISSING',
  'TRAILER_MISSING',
  'HEADER_MISSING',
  'SEGMENT_OUTSIDE_TRANSACTION',
  'VERSION_UNSUPPORTED',
  'TRANSACTION_NOT_A_CLAIM',
  'TRANSACTION_TOO_LARGE',
  'LEVEL_MALFORMED',
  'VALUE_DROPPED',
] as const;

export type X12IssueCode = (typeof X12_ISSUE_CODES)[number];

/**
 * Something wrong at one place of a file. It names the place and never a value that stands there: any value may be a
 * patient's.
 */
export interface X12Issue {
  readonly code: X12IssueCode;
  readonly severity: 'error' | 'warning';
  /** Number of the segment in the file, from 1. */
  readonly position: number;
  /** Id of the segment, `?` where the id itself is not one of the standard's. */
  readonly segmentId: string;
  /** Number of the element, from 1, where one is at fault. */
  readonly element?: number;
  readonly message: string;
}

/** Takes the issues of a reading in the order of the file. */
export type IssueSink = (issue: X12Issue) => void;

/** These say that something was helped along in reading; a claim that is understood is not in doubt, even in strict mode. */
const ALWAYS_WARNINGS: ReadonlySet<X12IssueCode> = new Set<X12IssueCode>(['TEXT_OUTSIDE_INTERCHANGE', 'VALUE_DROPPED']);

/** Weighs an issue: an error refuses in strict mode; lenient reading goes on and reports a warning. */
export function severityOf(code: X12IssueCode, mode: ReadingMode): 'error' | 'warning' {
  return mode === 'lenient' || ALWAYS_WARNINGS.has(code) ? 'warning' : 'error';
}
