import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, lastValueFrom, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { actorOf } from '../auth/caller.js';
import { bodyContentOf } from '../http/body-content.js';
import { PROBLEM_MEDIA_TYPE, problemFor } from '../http/problem.js';
import { traceIdOf } from '../http/trace.js';
import { idempotencyKeyOf } from './idempotency-key.guard.js';
import { Operations } from './operations.js';
import type { Answer } from './operations.js';
import { rememberOperation } from './pending-operation.js';
import type { WriteRequest } from './write-request.js';
import { rememberWrite } from './current-write.js';

/** Makes a write happen once: the same caller, key and body get the first answer; see this folder's README. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  readonly #operations: Operations;

  constructor(@Inject(Operations) operations: Operations) {
    this.#operations = operations;
  }

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const content = [request.method, request.originalUrl, ...bodyContentOf(request)];
    const begun = await this.#operations.begin({ actor: actorOf(request), idempotencyKey: idempotencyKeyOf(request), content });
    if ('answer' in begun) return of(replay(response, begun.answer));
    rememberOperation(request, begun.write.operationId);
    rememberWrite(request, begun.write);

    return from(this.#operations.holding(begun.write, () => this.#run(begun.write, request, response, next)));
  }

  async #run(write: WriteRequest, request: Request, response: Response, next: CallHandler<unknown>): Promise<unknown> {
    try {
      const body = await lastValueFrom(next.handle(), { defaultValue: undefined });
      await this.#operations.finish(write, { status: response.statusCode, body: JSON.stringify(body ?? null) });

      return body;
    } catch (error) {
      const problem = problemFor(error, traceIdOf(request));
      // A refusal is an answer; a fault or an unknown outcome is a reason to try again under the same key.
      const isAnswer = problem.status >= 400 && problem.status < 500 && problem.code !== 'IDEMPOTENT_REQUEST_RUNNING';
      await (isAnswer ? this.#operations.finish(write, { status: problem.status, body: JSON.stringify(problem) }) : this.#operations.giveBack(write));
      throw error;
    }
  }
}

function replay(response: Response, answer: Answer): unknown {
  response.status(answer.status).setHeader('Idempotency-Replayed', 'true');
  if (answer.status >= 400) response.type(PROBLEM_MEDIA_TYPE);

  return JSON.parse(answer.body);
}
