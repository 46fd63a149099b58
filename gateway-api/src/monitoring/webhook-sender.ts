import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { inParallel } from '../ledger/in-parallel.js';
import type { GatewaySecret } from '../config/gateway-secret.js';
import { pauseMs } from '../ledger/retry.js';
import type { RetryPolicy } from '../ledger/retry.js';
import type { MonitoringStore, StoredNotice } from './monitoring-store.js';
import { sendWebhook, webhookMessage, webhookSecret } from './webhook.js';

/** What waits is looked for this often. */
const pollMs = 500;
const noticesAtOnce = 50;
const receiversAtOnce = 5;

/** Sends notices to webhooks, at least once each; what is not taken after the last try is a dead letter. */
export class WebhookSender {
  readonly #store: MonitoringStore;
  readonly #secret: GatewaySecret;
  readonly #log: Logger;
  readonly #policy: RetryPolicy;
  readonly #stopping = new AbortController();
  #sending: Promise<void> | undefined;

  constructor(store: MonitoringStore, secret: GatewaySecret, log: Logger, attempts: number) {
    this.#store = store;
    this.#secret = secret;
    this.#log = log;
    this.#policy = { attempts, firstPauseMs: 1_000, longestPauseMs: 3_600_000 };
  }

  /** Begins to send; once. */
  start(): void {
    this.#sending ??= this.#send();
  }

  /** Ends when what is under way has been answered. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#sending;
  }

  async #send(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        const due = await this.#store.takeDue(noticesAtOnce);
        await inParallel(due, receiversAtOnce, (notice) => this.#sendOne(notice));
        if (due.length === noticesAtOnce) continue;
      } catch {
        this.#log.warn('notices were not sent; they will be');
      }
      await pause(pollMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  async #sendOne(notice: StoredNotice): Promise<void> {
    const subscriber = await this.#store.subscriber(notice.subscriberId);
    if (subscriber.webhookUrl === null) return this.#store.settle(notice, 'FEED', '');
    const message = webhookMessage(notice, webhookSecret(this.#secret, subscriber), Math.floor(Date.now() / 1000));
    const { delivered, outcome } = await sendWebhook(subscriber.webhookUrl, message);
    if (delivered) return this.#store.settle(notice, 'DELIVERED', outcome);
    if (notice.attempts >= this.#policy.attempts) return this.#store.settle(notice, 'DEAD', outcome);

    return this.#store.settle(notice, 'PENDING', outcome, pauseMs(notice.attempts + 1, this.#policy, 1));
  }
}
