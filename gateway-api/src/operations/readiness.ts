import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { OpenDatabase } from '../database/database.js';
import { Ledger } from '../ledger/ledger.js';
import type { Health } from './health.dto.js';

/** An answer is reused this long, so that probes cannot load the ledger. */
const reuseMs = 1_000;
const checkMs = 5_000;

type CheckResult = 'ok' | 'unavailable';

/** Asks what the gateway depends on: its own peer, the chaincodes that run there, its database. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  readonly #config: GatewayConfig;
  readonly #ledger: Ledger;
  readonly #database: OpenDatabase;
  #draining = false;
  #last: { readonly at: number; readonly health: Promise<Health> } | undefined;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(Ledger) ledger: Ledger, @Inject(OpenDatabase) database: OpenDatabase) {
    this.#config = config;
    this.#ledger = ledger;
    this.#database = database;
  }

  async check(): Promise<Health> {
    if (this.#draining) return { status: 'draining', checks: {} };
    const now = performance.now();
    if (this.#last === undefined || now - this.#last.at > reuseMs) this.#last = { at: now, health: this.#checkAll() };

    return this.#last.health;
  }

  beforeApplicationShutdown(): void {
    this.#draining = true;
  }

  async #checkAll(): Promise<Health> {
    const { served, registryChaincode, claimsChaincode } = this.#config.ledger;
    const names = { registry: registryChaincode, claims: claimsChaincode };
    const probes: readonly (readonly [string, Promise<unknown>])[] = [
      ['database', this.#database.ping()],
      ['peer', this.#ledger.probePeer()],
      ...served.map((chaincode) => [`chaincode-${chaincode}`, this.#ledger.probeChaincode(names[chaincode])] as const),
    ];
    const entries = await Promise.all(probes.map(async ([name, probe]) => [name, await resultOf(probe)] as const));

    return { status: entries.every(([, result]) => result === 'ok') ? 'ok' : 'unavailable', checks: Object.fromEntries(entries) };
  }
}

/** A probe that fails or does not answer in time says no more than that. */
async function resultOf(probe: Promise<unknown>): Promise<CheckResult> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => { resolve('unavailable'); }, checkMs);
    const settle = (result: CheckResult) => (): void => { clearTimeout(timer); resolve(result); };
    probe.then(settle('ok'), settle('unavailable'));
  });
}
