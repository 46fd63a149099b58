import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { REGISTRY_CHANGED } from '@medaccord/domain';
import type { EventEnvelope } from '@medaccord/domain';
import type { Logger } from 'pino';
import { GATEWAY_CONFIG } from '../../config/gateway-config.js';
import type { GatewayConfig } from '../../config/gateway-config.js';
import { ChainReader } from '../../ledger/chain-reader.js';
import type { LedgerEvent } from '../../ledger/event-stream.js';
import { Ledger } from '../../ledger/ledger.js';
import { LedgerFollower, noCheckpoints } from '../../ledger/ledger-follower.js';
import { LOGGER } from '../../operations/logging.js';
import { HeldClaims } from './held-claims.js';

/** Follows the registry and lets go of claims that waited for it, unless the insurer switched that off. */
@Injectable()
export class HeldClaimsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #isOn: boolean;
  readonly #chain: ChainReader;
  readonly #held: HeldClaims;
  readonly #follower: LedgerFollower;
  #lookedThrough = 0;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(Ledger) ledger: Ledger, @Inject(ChainReader) chain: ChainReader, @Inject(HeldClaims) held: HeldClaims, @Inject(LOGGER) log: Logger,
  ) {
    this.#isOn = config.decidesHeldClaims && config.ledger.served.includes('claims');
    this.#chain = chain;
    this.#held = held;
    this.#follower = new LedgerFollower({ ledger, chain, checkpoints: noCheckpoints, log }, {
      chaincode: config.ledger.registryChaincode, event: REGISTRY_CHANGED, begin: () => this.#look(), handle: (event) => this.#registryChanged(event),
    });
  }

  onApplicationBootstrap(): void {
    if (this.#isOn) this.#follower.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#follower.stop();
  }

  /** Any event but a tick may be the answer; one look serves all events of the blocks before it. */
  async #registryChanged({ payload, position }: LedgerEvent): Promise<void> {
    if (position.blockNumber < this.#lookedThrough) return;
    const { events } = JSON.parse(Buffer.from(payload).toString('utf8')) as EventEnvelope;
    if (events.some(({ type }) => type !== 'clock.advanced.v1')) await this.#look();
  }

  async #look(): Promise<void> {
    const height = await this.#chain.height();
    await this.#held.release();
    this.#lookedThrough = height;
  }
}
