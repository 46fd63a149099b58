import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import type { Request } from 'express';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';

const minute = 60_000;

/** How many times one address's share all addresses together may ask: each look asks the ledger. */
const addressesAtOnce = 20;

/** Counts requests without a token, per address and together, in this process; forgets them every minute. */
@Injectable()
export class PublicLimit implements CanActivate {
  readonly #most: number;
  #since = 0;
  #all = 0;
  readonly #byAddress = new Map<string, number>();

  constructor(@Inject(GATEWAY_CONFIG) { publicRequestsPerMinute }: GatewayConfig) {
    this.#most = publicRequestsPerMinute;
  }

  /** Throws TOO_MANY_REQUESTS. */
  canActivate(context: ExecutionContext): boolean {
    this.#forget(Date.now());
    const address = context.switchToHttp().getRequest<Request>().ip ?? '';
    const count = (this.#byAddress.get(address) ?? 0) + 1;
    this.#all += 1;
    if (count > this.#most || this.#all > this.#most * addressesAtOnce) throw new DomainError('TOO_MANY_REQUESTS');
    this.#byAddress.set(address, count);

    return true;
  }

  #forget(now: number): void {
    if (now - this.#since < minute) return;
    this.#since = now;
    this.#all = 0;
    this.#byAddress.clear();
  }
}
