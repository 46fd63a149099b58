import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { DomainError, invalidInput, issue } from '@medaccord/domain';
import type { Request } from 'express';

const keyForm = /^[\x21-\x7e]{1,255}$/;

/** The key of a write; IDEMPOTENCY_KEY_REQUIRED where it has none, INVALID_INPUT where it cannot be one. */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key') ?? '';
  if (key === '') throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');
  if (!keyForm.test(key)) throw invalidInput([issue('WRONG_FORMAT', '/Idempotency-Key')]);

  return key;
}

/** Refuses a write without a key before its body, which may be a large file, is received. */
@Injectable()
export class IdempotencyKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    idempotencyKeyOf(context.switchToHttp().getRequest<Request>());

    return true;
  }
}
