import { Module } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { ChainReader } from '../ledger/chain-reader.js';
import { CredentialsClient } from '../ledger/credentials-client.js';
import { Ledger } from '../ledger/ledger.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { BylawsController } from './bylaws.controller.js';
import { BlocksController } from './packet/blocks.controller.js';
import { PacketsController } from './packet/packets.controller.js';
import { ConsentsController } from './consents.controller.js';
import { CredentialFilesController } from './credential-files.controller.js';
import { CredentialingDesk } from './credentialing-desk.js';
import { CredentialingReader } from './credentialing-reader.js';
import { DelegationsController } from './delegations.controller.js';
import { ExclusionMatchesController } from './exclusion-matches.controller.js';
import { PrivilegesController } from './privileges.controller.js';
import { TasksController } from './tasks.controller.js';
import { VerificationFhirController } from './verification-fhir.controller.js';
import { VerificationsController } from './verifications.controller.js';

/** The private half of credentialing: a hospital's medical-staff office, an insurer's credentialing department. */
@Module({
  controllers: [ConsentsController, VerificationsController, VerificationFhirController, CredentialFilesController, DelegationsController, ExclusionMatchesController, PrivilegesController, BylawsController, TasksController, PacketsController, BlocksController],
  providers: [
    { provide: CredentialsClient, inject: [Ledger, GATEWAY_CONFIG], useFactory: (ledger: Ledger, config: GatewayConfig): CredentialsClient => new CredentialsClient(ledger, config) },
    { provide: CredentialingDesk, inject: [CredentialsClient], useFactory: (client: CredentialsClient): CredentialingDesk => new CredentialingDesk(client) },
    {
      provide: CredentialingReader, inject: [CredentialsClient, ChainReader, RegistryClient],
      useFactory: (client: CredentialsClient, chain: ChainReader, registry: RegistryClient): CredentialingReader => new CredentialingReader(client, chain, registry),
    },
  ],
})
export class CredentialingModule {}
