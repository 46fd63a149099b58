import { Global, Module } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { HealthController } from './health.controller.js';
import { createLogger, LOGGER } from './logging.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { Readiness } from './readiness.js';

/** Health, metrics and logs: what those who run a gateway look at. */
@Global()
@Module({
  controllers: [HealthController, MetricsController],
  providers: [
    Readiness,
    { provide: Metrics, useFactory: (): Metrics => new Metrics() },
    { provide: LOGGER, inject: [GATEWAY_CONFIG], useFactory: (config: GatewayConfig) => createLogger(config.logLevel, config.mspId) },
  ],
  exports: [Metrics, LOGGER],
})
export class OperationsModule {}
