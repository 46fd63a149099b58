import { Module } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { GatewaySecret } from '../config/gateway-secret.js';
import { OpenDatabase } from '../database/database.js';
import { ReferenceDataController } from '../reference-data/reference-data.controller.js';
import { ReferenceStore } from '../reference-data/reference-store.js';
import { ReferenceTables } from '../reference-data/reference-tables.js';
import { ClaimsClient } from '../ledger/claims-client.js';
import { Ledger } from '../ledger/ledger.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { AdjudicationDesk } from './adjudication-desk.js';
import { AdjudicationsController } from './adjudications.controller.js';
import { ClaimsController } from './claims.controller.js';
import { CopiesController } from './copies.controller.js';
import { CoverageController } from './coverage.controller.js';
import { ErasuresController } from './erasures.controller.js';
import { InsuredIds } from './insured-ids.js';
import { InsurerStatements } from './insurer-statements.js';
import { AuthorisationsController } from './authorisations.controller.js';
import { LifeCycleDesk } from './life-cycle-desk.js';
import { SettlementsController } from './settlements.controller.js';
import { LifeCycleController } from './life-cycle.controller.js';
import { AloneController } from './alone/alone.controller.js';
import { DisputesController } from './alone/disputes.controller.js';
import { LodgementDesk } from './alone/lodgement-desk.js';
import { UnilateralDesk } from './alone/unilateral-desk.js';
import { PayerContractsController } from './payer-contracts/payer-contracts.controller.js';
import { ExternalPostingDesk } from './imports/external-posting-desk.js';
import { ImportDesk } from './imports/import-desk.js';
import { ImportsController } from './imports/imports.controller.js';
import { MandatesController } from './mandates/mandates.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { CoverageChangeDesk } from './surroundings/coverage-change-desk.js';
import { EligibilityController } from './surroundings/eligibility.controller.js';
import { EligibilityDesk } from './surroundings/eligibility-desk.js';
import { ReviewDesk } from './surroundings/review-desk.js';
import { ReviewsController } from './surroundings/reviews.controller.js';
import { HeldClaims } from './held/held-claims.js';
import { HeldClaimsService } from './held/held-claims-service.js';
import { RemittanceDesk } from './remittance-run.js';
import { RemittancesController } from './remittances.controller.js';

/** Claims from submission to payment. */
@Module({
  controllers: [ClaimsController, CopiesController, AdjudicationsController, CoverageController, ReferenceDataController, RemittancesController, SettlementsController, LifeCycleController, AuthorisationsController, ErasuresController, EligibilityController, ReviewsController, AloneController, DisputesController, PayerContractsController, ImportsController, MandatesController, NoticesController],
  providers: [
    { provide: ClaimsClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): ClaimsClient => new ClaimsClient(ledger, config) },
    { provide: InsuredIds, inject: [GatewaySecret], useFactory: (secret: GatewaySecret): InsuredIds => new InsuredIds(secret) },
    { provide: ReferenceStore, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): ReferenceStore => new ReferenceStore(database) },
    { provide: ReferenceTables, inject: [ReferenceStore], useFactory: (store: ReferenceStore): ReferenceTables => new ReferenceTables(store) },
    { provide: AdjudicationDesk, inject: [ClaimsClient, InsuredIds, ReferenceTables], useFactory: (client: ClaimsClient, ids: InsuredIds, tables: ReferenceTables): AdjudicationDesk => new AdjudicationDesk(client, ids, tables) },
    { provide: HeldClaims, inject: [ClaimsClient, RegistryClient, AdjudicationDesk, GatewaySecret], useFactory: (...parts: ConstructorParameters<typeof HeldClaims>): HeldClaims => new HeldClaims(...parts) },
    HeldClaimsService,
    { provide: RemittanceDesk, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): RemittanceDesk => new RemittanceDesk(client, ids) },
    { provide: LifeCycleDesk, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): LifeCycleDesk => new LifeCycleDesk(client, ids) },
    { provide: InsurerStatements, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): InsurerStatements => new InsurerStatements(client, ids) },
    { provide: EligibilityDesk, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): EligibilityDesk => new EligibilityDesk(client, ids) },
    { provide: ReviewDesk, inject: [ClaimsClient, RegistryClient, InsuredIds, ReferenceTables], useFactory: (client: ClaimsClient, registry: RegistryClient, ids: InsuredIds, tables: ReferenceTables): ReviewDesk => new ReviewDesk(client, registry, ids, tables) },
    { provide: CoverageChangeDesk, inject: [ClaimsClient, InsuredIds, ReviewDesk], useFactory: (client: ClaimsClient, ids: InsuredIds, reviews: ReviewDesk): CoverageChangeDesk => new CoverageChangeDesk(client, ids, reviews) },
    { provide: ImportDesk, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): ImportDesk => new ImportDesk(client, ids) },
    { provide: ExternalPostingDesk, inject: [ClaimsClient, InsuredIds], useFactory: (client: ClaimsClient, ids: InsuredIds): ExternalPostingDesk => new ExternalPostingDesk(client, ids) },
    { provide: LodgementDesk, inject: [ClaimsClient], useFactory: (client: ClaimsClient): LodgementDesk => new LodgementDesk(client) },
    { provide: UnilateralDesk, inject: [ClaimsClient, InsuredIds, ReferenceTables], useFactory: (client: ClaimsClient, ids: InsuredIds, tables: ReferenceTables): UnilateralDesk => new UnilateralDesk(client, ids, tables) },
  ],
})
export class ClaimsModule {}
