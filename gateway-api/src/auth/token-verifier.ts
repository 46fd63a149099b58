import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { DomainError, present } from '@medaccord/domain';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import type { Caller } from './caller.js';

/** Asymmetric algorithms only: a shared secret would let every gateway issue tokens. */
const algorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'];
const clockToleranceSeconds = 5;

/** Verifies bearer tokens against the issuer's published keys; only this folder knows tokens. */
@Injectable()
export class TokenVerifier {
  readonly #config: GatewayConfig;
  readonly #keys: JWTVerifyGetKey;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig) {
    this.#config = config;
    this.#keys = createRemoteJWKSet(new URL(config.tokens.jwksUri), { cooldownDuration: 5_000, timeoutDuration: 5_000 });
  }

  /** The caller whom the Authorization header names; UNAUTHENTICATED for any token that does not verify. */
  async verify(authorization: string | undefined): Promise<Caller> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('UNAUTHENTICATED');

    return callerOf(await this.#verified(token));
  }

  async #verified(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.#config.tokens;
    const requiredClaims = ['exp', 'sub', 'organisation', 'roles'];
    try {
      return (await jwtVerify(token, this.#keys, { issuer, audience, algorithms, clockTolerance: clockToleranceSeconds, requiredClaims })).payload;
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** What jose reports when the keys could not be fetched: the provider's matter, and worth another try. */
const providerFaults = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

function refusal(error: unknown): Error {
  const tokenRefused = error instanceof errors.JOSEError && !providerFaults.includes(error.code);

  return tokenRefused ? new DomainError('UNAUTHENTICATED') : new ServiceUnavailableException();
}

function callerOf(payload: JWTPayload): Caller {
  const { sub, organisation, roles, unit } = payload;
  if (typeof sub !== 'string' || typeof organisation !== 'string' || !isTextList(roles)) throw new DomainError('UNAUTHENTICATED');
  // A claim that cannot be a unit must not free its bearer from the unit.
  if (unit !== undefined && typeof unit !== 'string') throw new DomainError('UNAUTHENTICATED');

  return { subject: sub, organisation, roles, ...present('unit', unit) };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
