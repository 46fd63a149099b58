import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError, invalidInput, isOpaqueId, issue, present } from '@medaccord/domain';
import type { Request } from 'express';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { Allow, Public } from './access.decorators.js';
import { admit } from './caller.js';
import { PUBLIC_PURPOSES, roleFor } from './permissions.js';
import type { PublicPurpose } from './permissions.js';
import { TokenVerifier } from './token-verifier.js';

/** Stands before every route: without `@Public(purpose)` or `@Allow(permission)` a route answers nobody. */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #config: GatewayConfig;
  readonly #reflector: Reflector;
  readonly #tokens: TokenVerifier;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, reflector: Reflector, tokens: TokenVerifier) {
    this.#config = config;
    this.#reflector = reflector;
    this.#tokens = tokens;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(this.#reflector.get(Public, context.getHandler()))) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = await this.#tokens.verify(request.get('authorization'));
    if (caller.organisation !== this.#config.mspId) throw new DomainError('FORBIDDEN_ORGANISATION');
    const permission = this.#reflector.get(Allow, context.getHandler());
    if (permission === undefined) throw new DomainError('FORBIDDEN');
    const role = roleFor(permission, caller.roles);
    if (role === undefined) throw new DomainError('FORBIDDEN_ROLE');
    admit(request, { id: caller.subject, role, ...present('unit', caller.unit), ...present('mandateId', mandateOf(request)) }, caller);

    return true;
  }
}

/** Whatever else a decorator might say opens nothing. */
function isPublic(purpose: PublicPurpose | undefined): boolean {
  return purpose !== undefined && PUBLIC_PURPOSES.includes(purpose);
}

/** The mandate that a request names; throws INVALID_INPUT where it is no id. */
function mandateOf(request: Request): string | undefined {
  const mandateId = request.get('mandate-id');
  if (mandateId !== undefined && !isOpaqueId(mandateId)) throw invalidInput([issue('WRONG_FORMAT', '/Mandate-Id')]);

  return mandateId;
}
