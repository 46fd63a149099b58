import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { GATEWAY_CONFIG } from './gateway-config.js';
import type { GatewayConfig } from './gateway-config.js';

/** Gives every other module the configuration under `GATEWAY_CONFIG`. */
@Global()
@Module({})
export class ConfigModule {
  static for(config: GatewayConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: GATEWAY_CONFIG, useValue: config }], exports: [GATEWAY_CONFIG] };
  }
}
