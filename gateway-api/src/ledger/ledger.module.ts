import { Global, Inject, Injectable, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { Metrics } from '../operations/metrics.js';
import { loadEnrolledIdentities } from './enrolled-identities.js';
import { FabricConnection } from './fabric-connection.js';
import { Ledger } from './ledger.js';
import { RegistryClient } from './registry-client.js';

@Injectable()
class LedgerShutdown implements OnApplicationShutdown {
  readonly #ledger: Ledger;

  constructor(@Inject(Ledger) ledger: Ledger) {
    this.#ledger = ledger;
  }

  onApplicationShutdown(): void {
    this.#ledger.close();
  }
}

function openLedger(config: GatewayConfig, metrics: Metrics): Ledger {
  const identities = loadEnrolledIdentities(config.organisationDirectory);
  for (const { role, expires } of identities.values()) metrics.enrolled(role, expires);

  return new Ledger(config, new FabricConnection(config, identities), metrics);
}

/** Connects the gateway to its organisation's peer; the connection itself is made at the first call. */
@Global()
@Module({
  providers: [
    {
      provide: Ledger,
      inject: [GATEWAY_CONFIG, Metrics],
      useFactory: openLedger,
    },
    { provide: RegistryClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): RegistryClient => new RegistryClient(ledger, config) },
    LedgerShutdown,
  ],
  exports: [Ledger, RegistryClient],
})
export class LedgerModule {}
