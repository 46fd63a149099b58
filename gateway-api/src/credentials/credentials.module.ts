import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { GatewaySecret } from '../config/gateway-secret.js';
import { OpenDatabase } from '../database/database.js';
import { OrderSigner } from '../ledger/order-signer.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { ApplicationDesk } from './application-desk.js';
import { ApplicationsController } from './applications.controller.js';
import { BoardOfficersController } from './board-officers.controller.js';
import { BoardOrdersController } from './board-orders.controller.js';
import { LicencesController } from './licences.controller.js';
import { OrderDesk } from './order-desk.js';
import { OrderDraftStore } from './order-draft-store.js';
import { PractitionersController } from './practitioners.controller.js';
import { ProviderFhirController } from './provider-fhir.controller.js';
import { ProvidersController } from './providers.controller.js';
import { RosterController } from './roster.controller.js';
import { StandingsController } from './standings.controller.js';

/** Providers, licences, the boards' orders, the links between them, and standing. */
@Module({
  imports: [BoardsModule],
  controllers: [
    ProvidersController, ProviderFhirController, LicencesController, ApplicationsController, BoardOrdersController, BoardOfficersController, PractitionersController, RosterController,
    StandingsController,
  ],
  providers: [
    { provide: ApplicationDesk, inject: [RegistryClient], useFactory: (registry: RegistryClient): ApplicationDesk => new ApplicationDesk(registry) },
    { provide: OrderDraftStore, inject: [OpenDatabase, GatewaySecret], useFactory: (open: OpenDatabase, secret: GatewaySecret): OrderDraftStore => new OrderDraftStore(open.database, secret) },
    { provide: OrderDesk, inject: [RegistryClient, OrderSigner, OrderDraftStore], useFactory: (registry: RegistryClient, signer: OrderSigner, drafts: OrderDraftStore): OrderDesk => new OrderDesk(registry, signer, drafts) },
  ],
})
export class CredentialsModule {}
