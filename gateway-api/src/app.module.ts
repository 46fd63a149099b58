import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AttestationsModule } from './attestations/attestations.module.js';
import { AuthModule } from './auth/auth.module.js';
import { BoardsModule } from './boards/boards.module.js';
import { ClaimsModule } from './claims/claims.module.js';
import { ConfigModule } from './config/config.module.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { CredentialingModule } from './credentialing/credentialing.module.js';
import { CredentialsModule } from './credentials/credentials.module.js';
import { DatabaseModule } from './database/database.module.js';
import { ExclusionsModule } from './exclusions/exclusions.module.js';
import { HttpModule } from './http/http.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { MembersModule } from './members/members.module.js';
import { MonitoringModule } from './monitoring/monitoring.module.js';
import { OperationsModule } from './operations/operations.module.js';

/** The whole gateway of one organisation. */
@Module({})
export class AppModule {
  static for(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.for(config), OperationsModule, DatabaseModule, LedgerModule, HttpModule, AuthModule, IdempotencyModule, MembersModule, BoardsModule, CredentialsModule, AttestationsModule, ClaimsModule, CredentialingModule, ExclusionsModule, MonitoringModule],
    };
  }
}
