import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import type { WriteRequest } from './write-request.js';

const writes = new WeakMap<object, WriteRequest>();

/** Remembers the write that a request runs. */
export function rememberWrite(request: object, write: WriteRequest): void {
  writes.set(request, write);
}

/** The write under way as a parameter of a handler that is a `@Command`. */
export const CurrentWrite: () => ParameterDecorator = createParamDecorator((_: unknown, context: ExecutionContext): WriteRequest => {
  const write = writes.get(context.switchToHttp().getRequest<object>());
  if (write === undefined) throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');

  return write;
});
