import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { LOGGER } from '../operations/logging.js';
import { OperationStore } from './operation-store.js';

const hourMs = 60 * 60 * 1000;

/** Forgets operations that are older than the configured days, at start and every hour. */
@Injectable()
export class AnswerRetention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #days: number;
  readonly #store: OperationStore;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(OperationStore) store: OperationStore, @Inject(LOGGER) log: Logger) {
    this.#days = config.limits.answerRetentionDays;
    this.#store = store;
    this.#log = log;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#store.forget(this.#days);
    this.#timer = setInterval(() => void this.#forget(), hourMs).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #forget(): Promise<void> {
    try {
      await this.#store.forget(this.#days);
    } catch {
      this.#log.warn('operations that are too old were not forgotten; the next hour tries again');
    }
  }
}
