import { DomainError, encodeError } from '@medaccord/domain';
import { logFault } from './server/log.js';

/**
 * The error that a contract throws to the shim, which passes on nothing but its message. A DomainError is encoded whole;
 * anything else becomes UNEXPECTED_FAULT, because its message might quote data.
 */
export function chaincodeError(error: unknown, txId: string): Error {
  if (error instanceof DomainError) return new Error(encodeError(error));
  logFault(error, { txId });
  return new Error(encodeError(new DomainError('UNEXPECTED_FAULT')));
}
