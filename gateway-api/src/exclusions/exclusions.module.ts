import { Module } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { GatewaySecret } from '../config/gateway-secret.js';
import { OpenDatabase } from '../database/database.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { CredentialsClient } from '../ledger/credentials-client.js';
import { Ledger } from '../ledger/ledger.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { ReferenceStore } from '../reference-data/reference-store.js';
import { ClinicianStore } from './clinician-store.js';
import { ExclusionList } from './exclusion-list.js';
import { ExclusionListsController } from './exclusion-lists.controller.js';
import { ExclusionStore } from './exclusion-store.js';
import { PairsController } from './pairs.controller.js';
import { ScreeningController } from './screening.controller.js';
import { ScreeningDesk } from './screening-desk.js';

/** Exclusion lists, and the screening of an organisation's clinicians against them. */
@Module({
  controllers: [ExclusionListsController, PairsController, ScreeningController],
  providers: [
    { provide: ExclusionStore, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): ExclusionStore => new ExclusionStore(database) },
    { provide: ExclusionList, inject: [ExclusionStore], useFactory: (store: ExclusionStore): ExclusionList => new ExclusionList(store) },
    { provide: ClinicianStore, inject: [OpenDatabase, GatewaySecret], useFactory: ({ database }: OpenDatabase, secret: GatewaySecret): ClinicianStore => new ClinicianStore(database, secret) },
    { provide: CredentialsClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): CredentialsClient => new CredentialsClient(ledger, config) },
    { provide: ClaimsClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): ClaimsClient => new ClaimsClient(ledger, config) },
    { provide: ReferenceStore, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): ReferenceStore => new ReferenceStore(database) },
    {
      provide: ScreeningDesk,
      inject: [ExclusionList, ExclusionStore, ClinicianStore, CredentialsClient, RegistryClient, GatewaySecret],
      useFactory: (...parts: ConstructorParameters<typeof ScreeningDesk>): ScreeningDesk => new ScreeningDesk(...parts),
    },
  ],
})
export class ExclusionsModule {}
