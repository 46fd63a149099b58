import type { PlainDate } from '../../shared/dates.js';
import type { ClaimContent } from '../claim.js';
import type { Rejection } from '../rejection.js';

/** What a check finds; the rule's name is added by whoever runs it. */
export type Finding = Omit<Rejection, 'rule'>;

/**
 * A front-end check: looks at one claim by itself, before anything is known about its patient or provider. Published
 * versions are never changed; a new one stands beside them.
 */
export interface FrontEndCheck {
  /** Name and version, such as `provider-npi/v1`. */
  readonly id: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly examine: (content: ClaimContent, receivedOn: PlainDate) => readonly Finding[];
}

/** A required value is absent. */
export function missing(status: string, path: string): Finding {
  return { category: 'A6', status, path };
}

/** A value is not what it must be. */
export function invalid(status: string, path: string): Finding {
  return { category: 'A7', status, path };
}

/** Two values contradict each other. */
export function contradictory(status: string, path: string): Finding {
  return { category: 'A8', status, path };
}

/** True for a value that is absent or blank. */
export function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

/** The finding for a value that must be there and satisfy a test. */
export function required(value: string | undefined, accepts: (value: string) => boolean, status: string, path: string): readonly Finding[] {
  if (value === undefined || isBlank(value)) return [missing(status, path)];
  return accepts(value) ? [] : [invalid(status, path)];
}
