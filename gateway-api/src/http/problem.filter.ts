import { Catch, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER } from '../operations/logging.js';
import { pendingOperationOf } from '../idempotency/pending-operation.js';
import { PROBLEM_MEDIA_TYPE, problemFor } from './problem.js';
import type { Problem } from './problem.js';
import { traceIdOf } from './trace.js';

/** Answers everything that is thrown as a problem; a commit whose outcome is not known yet as 202 with its status link. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log: Logger;

  constructor(@Inject(LOGGER) log: Logger) {
    this.#log = log;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemFor(error, traceIdOf(request));
    if (problem.status >= 500) this.#record(error, problem);
    if (response.headersSent) response.destroy();
    else answer(request, response, problem);
  }

  /** The kind of a fault and where in the code it arose; never its message, which may quote a document. */
  #record(error: unknown, problem: Problem): void {
    const kind = error instanceof Error ? error.name : typeof error;
    const at = error instanceof Error && !(error instanceof DomainError) ? stackFrames(error) : undefined;
    this.#log.error({ traceId: problem.traceId, code: problem.code, details: problem.details, kind, at }, 'request failed');
  }
}

function answer(request: Request, response: Response, problem: Problem): void {
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (problem.status === 503 || problem.code === 'IDEMPOTENT_REQUEST_RUNNING') response.setHeader('Retry-After', '1');
  if (problem.status === 429) response.setHeader('Retry-After', '60');
  const pending = problem.status === 202 ? pendingOperationOf(request, problem) : undefined;
  if (pending === undefined) response.status(problem.status).type(PROBLEM_MEDIA_TYPE).send(JSON.stringify(problem));
  else response.status(202).location(pending.statusUrl).json(pending);
}

function stackFrames(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());

  return lines.filter((line) => line.startsWith('at ')).slice(0, 8);
}
