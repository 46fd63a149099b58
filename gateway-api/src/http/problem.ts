import { HttpException } from '@nestjs/common';
import { DomainError, invalidInput, issue } from '@medaccord/domain';
import type { ErrorCode, Issue } from '@medaccord/domain';
import { STATUS_OF_CATEGORY } from './status-of-category.js';

/** Media type of RFC 9457. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An error as a client sees it (RFC 9457); nothing in it ever repeats what the client sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly traceId: string;
  readonly issues?: readonly Issue[];
  /** Parameters of the code, for example the transaction id. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The problem for anything that was thrown: a domain error as it is, Nest's own refusals by status, all else a fault. */
export function problemFor(error: unknown, traceId: string): Problem {
  if (error instanceof DomainError) return problemOf(error, STATUS_OF_CATEGORY[error.category], traceId);
  const status = refusedStatus(error);

  return problemOf(refusalOf(status), status, traceId);
}

function problemOf(error: DomainError, status: number, traceId: string): Problem {
  const { issues, ...details } = error.details;

  return {
    type: `urn:medaccord:problem:${error.code}`,
    title: error.message,
    status,
    code: error.code,
    traceId,
    ...(issues === undefined ? {} : { issues }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** Express's parsers throw plain errors that carry a status; their messages quote the body and are dropped. */
function refusedStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;

  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function refusalOf(status: number): DomainError {
  switch (status) {
    case 401:
      return new DomainError('UNAUTHENTICATED');
    case 403:
      return new DomainError('FORBIDDEN');
    case 404:
    case 405:
      return new DomainError('ROUTE_NOT_FOUND');
    case 413:
      return invalidInput([issue('TOO_LARGE', '')]);
    case 415:
      return invalidInput([issue('NOT_ALLOWED', '')]);
    default:
      return status < 500 ? invalidInput([issue('NOT_JSON', '')]) : new DomainError('UNEXPECTED_FAULT');
  }
}
