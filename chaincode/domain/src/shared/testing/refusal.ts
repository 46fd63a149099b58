import type { ErrorCode } from '../error-codes.js';
import { DomainError } from '../errors.js';

/** The code with which a call is refused; undefined where it is not. */
export function refusalOf(run: () => unknown): ErrorCode | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
