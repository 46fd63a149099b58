import { Global, Inject, Injectable, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { Metrics } from '../operations/metrics.js';
import { loadEnrolledIdentities } from './enrolled-identities.js';
import type { EnrolledIdentity } from './enrolled-identities.js';
import { ChainReader } from './chain-reader.js';
import { FabricConnection } from './fabric-connection.js';
import { Ledger } from './ledger.js';
import { OrderSigner } from './order-signer.js';
import { ReceiptSigner } from './receipt-signer.js';
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

/** The organisation's enrolled identities, by role. */
class EnrolledIdentities extends Map<string, EnrolledIdentity> {}

function openLedger(config: GatewayConfig, metrics: Metrics, identities: EnrolledIdentities): Ledger {
  for (const [name, { expires }] of identities) metrics.enrolled(name, expires);

  return new Ledger(config, new FabricConnection(config, identities), metrics);
}

/** Connects the gateway to its organisation's peer; the connection itself is made at the first call. */
@Global()
@Module({
  providers: [
    { provide: EnrolledIdentities, inject: [GATEWAY_CONFIG], useFactory: (config: GatewayConfig): EnrolledIdentities => new EnrolledIdentities(loadEnrolledIdentities(config.organisationDirectory)) },
    { provide: OrderSigner, inject: [EnrolledIdentities, GATEWAY_CONFIG], useFactory: (identities: EnrolledIdentities, config: GatewayConfig): OrderSigner => new OrderSigner(identities, config) },
    { provide: ReceiptSigner, inject: [EnrolledIdentities], useFactory: (identities: EnrolledIdentities): ReceiptSigner => new ReceiptSigner(identities) },
    {
      provide: Ledger,
      inject: [GATEWAY_CONFIG, Metrics, EnrolledIdentities],
      useFactory: openLedger,
    },
    { provide: RegistryClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): RegistryClient => new RegistryClient(ledger, config) },
    { provide: ChainReader, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): ChainReader => new ChainReader(ledger, config) },
    LedgerShutdown,
  ],
  exports: [ChainReader, Ledger, OrderSigner, ReceiptSigner, RegistryClient],
})
export class LedgerModule {}
