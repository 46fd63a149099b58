import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '@medaccord/domain';
import type { Logger } from 'pino';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { LOGGER } from '../operations/logging.js';

/** While the registry is not founded or the ledger is away, it is tried this often. */
const retryMs = 2_000;

/** Someone else ticked first, or nobody has founded the registry yet: nothing that an operator has to know. */
const expected: readonly string[] = ['CLOCK_NOT_MONOTONE', 'NOT_INITIALISED', 'NOT_A_MEMBER'];

/** Advances the consortium's clock at the configured interval; several gateways may tick, the rules keep one tick apart. */
@Injectable()
export class ClockTicker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #intervalMs: number;
  readonly #registry: RegistryClient;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(RegistryClient) registry: RegistryClient, @Inject(LOGGER) log: Logger) {
    this.#intervalMs = config.clockIntervalSeconds * 1000;
    this.#registry = registry;
    this.#log = log;
  }

  onApplicationBootstrap(): void {
    if (this.#intervalMs > 0) this.#schedule(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
  }

  #schedule(afterMs: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => { this.#ticking = this.#tick(); }, afterMs);
    this.#timer.unref();
  }

  async #tick(): Promise<void> {
    try {
      await this.#registry.tick(new Date().toISOString());
      this.#schedule(this.#intervalMs);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : 'UNEXPECTED_FAULT';
      if (!expected.includes(code)) this.#log.warn({ code }, 'the clock was not advanced');
      this.#schedule(code === 'CLOCK_NOT_MONOTONE' ? this.#intervalMs : Math.min(retryMs, this.#intervalMs));
    }
  }
}
