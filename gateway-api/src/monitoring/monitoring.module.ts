import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { GatewaySecret } from '../config/gateway-secret.js';
import { OpenDatabase } from '../database/database.js';
import { CredentialsClient } from '../ledger/credentials-client.js';
import { Ledger } from '../ledger/ledger.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { LOGGER } from '../operations/logging.js';
import { Monitor } from './monitor.js';
import { MonitoringController } from './monitoring.controller.js';
import { MonitoringService } from './monitoring-service.js';
import { MonitoringStore } from './monitoring-store.js';
import { WebhookSender } from './webhook-sender.js';

/** Continuous monitoring: notices of changed standing, of licences that expire and of exclusions, by feed and webhook. */
@Module({
  controllers: [MonitoringController],
  providers: [
    { provide: MonitoringStore, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): MonitoringStore => new MonitoringStore(database) },
    { provide: CredentialsClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): CredentialsClient => new CredentialsClient(ledger, config) },
    {
      provide: Monitor, inject: [MonitoringStore, RegistryClient, CredentialsClient, GatewaySecret],
      useFactory: (...parts: ConstructorParameters<typeof Monitor>): Monitor => new Monitor(...parts),
    },
    {
      provide: WebhookSender, inject: [MonitoringStore, GatewaySecret, LOGGER, GATEWAY_CONFIG],
      useFactory: (store: MonitoringStore, secret: GatewaySecret, log: Logger, config: GatewayConfig): WebhookSender => new WebhookSender(store, secret, log, config.webhookAttempts),
    },
    MonitoringService,
  ],
})
export class MonitoringModule {}
