import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { CREDENTIALS_CHANGED, REGISTRY_CHANGED } from '@medaccord/domain';
import type { EventEnvelope } from '@medaccord/domain';
import type { Logger } from 'pino';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { OpenDatabase } from '../database/database.js';
import { ChainReader } from '../ledger/chain-reader.js';
import type { LedgerEvent } from '../ledger/event-stream.js';
import { LedgerFollower } from '../ledger/ledger-follower.js';
import { Ledger } from '../ledger/ledger.js';
import { LOGGER } from '../operations/logging.js';
import { Monitor } from './monitor.js';
import { MonitoringStore } from './monitoring-store.js';
import { WebhookSender } from './webhook-sender.js';

/** The calendar is looked at this often; the look at everybody happens once a day. */
const calendarMs = 60_000;

/** Follows the ledger, the calendar and what waits to be sent, from the first subscriber on. */
@Injectable()
export class MonitoringService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #store: MonitoringStore;
  readonly #monitor: Monitor;
  readonly #sender: WebhookSender;
  readonly #followers: readonly LedgerFollower[];
  readonly #chain: ChainReader;
  readonly #exclusive: boolean;
  readonly #log: Logger;
  readonly #hasCredentials: boolean;
  #exclusionsHeight = 0;
  #day = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(OpenDatabase) open: OpenDatabase, @Inject(Ledger) ledger: Ledger, @Inject(ChainReader) chain: ChainReader,
    @Inject(MonitoringStore) store: MonitoringStore, @Inject(Monitor) monitor: Monitor, @Inject(WebhookSender) sender: WebhookSender, @Inject(LOGGER) log: Logger,
  ) {
    this.#store = store;
    this.#monitor = monitor;
    this.#sender = sender;
    this.#chain = chain;
    this.#exclusive = open.exclusive;
    this.#log = log;
    this.#hasCredentials = config.ledger.served.includes('claims');
    const parts = { ledger, chain, checkpoints: store, log };
    const { registryChaincode, claimsChaincode } = config.ledger;
    this.#followers = [
      new LedgerFollower(parts, { chaincode: registryChaincode, event: REGISTRY_CHANGED, begin: () => this.#monitor.lookAtAll(), handle: (event) => this.#registryChanged(event) }),
      ...(this.#hasCredentials
        ? [new LedgerFollower(parts, { chaincode: claimsChaincode, event: CREDENTIALS_CHANGED, begin: () => this.lookAtExclusions(), handle: (event) => this.#credentialsChanged(event) })]
        : []),
    ];
  }

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.#store.subscribers()).length > 0) await this.start();
  }

  /** Begins to watch, once there is somebody to tell. */
  async start(): Promise<void> {
    if (this.#timer !== undefined) return;
    this.#day = today();
    this.#timer = setInterval(() => void this.#newDay(), calendarMs).unref();
    if (this.#exclusive) await this.#store.releaseTaken();
    for (const follower of this.#followers) follower.start();
    this.#sender.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all([...this.#followers.map((follower) => follower.stop()), this.#sender.stop()]);
  }

  /** An event says where to look; the registry says what is so. */
  async #registryChanged({ payload }: LedgerEvent): Promise<void> {
    const { events } = JSON.parse(Buffer.from(payload).toString('utf8')) as EventEnvelope;
    const licences = events.filter(({ type }) => type.startsWith('licence.') || type === 'compact-group.enlarged.v1').map(({ id }) => id);
    const linked = events.filter(({ type }) => type === 'provider-link.changed.v1').map(({ id }) => id.slice(0, id.indexOf('~')));
    const identified = events.filter(({ type }) => type === 'provider-identity.changed.v1').map(({ id }) => id);
    await this.#monitor.lookAt(await this.#store.holdersOf(licences));
    await this.#monitor.lookAtPeople([...linked, ...identified]);
  }

  /** The event has no payload and may be another organisation's: one look serves all events of the blocks before it. */
  async #credentialsChanged({ position }: LedgerEvent): Promise<void> {
    if (position.blockNumber >= this.#exclusionsHeight) await this.lookAtExclusions();
  }

  /** Tells exclusions, at an organisation whose peer has them. */
  async lookAtExclusions(): Promise<void> {
    if (!this.#hasCredentials) return;
    const height = await this.#chain.height();
    await this.#monitor.lookAtExclusions();
    this.#exclusionsHeight = height;
  }

  async #newDay(): Promise<void> {
    const day = today();
    if (day === this.#day) return;
    try {
      await this.#monitor.lookAtAll();
      this.#day = day;
    } catch {
      this.#log.warn('clinicians were not looked at for the new day; the next minute tries again');
    }
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
