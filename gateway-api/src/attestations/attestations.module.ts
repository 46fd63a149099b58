import { Module } from '@nestjs/common';
import { BoardsModule } from '../boards/boards.module.js';
import { OwnBoards } from '../boards/own-boards.js';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { OpenDatabase } from '../database/database.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { AttestationDesk } from './attestation-desk.js';
import { AttestationStore } from './attestation-store.js';
import { AttestationsController } from './attestations.controller.js';
import { BoardIdentity } from './board-identity.js';
import { PublishedController } from './published.controller.js';
import { PublishedDid } from './published-did.js';
import { StatusLists } from './status-lists.js';

/** Signed attestations of licences for readers outside the network, and what they are checked by. */
@Module({
  imports: [BoardsModule],
  controllers: [AttestationsController, PublishedController],
  providers: [
    { provide: AttestationStore, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): AttestationStore => new AttestationStore(database) },
    { provide: BoardIdentity, inject: [GATEWAY_CONFIG, RegistryClient], useFactory: ({ attestations }: GatewayConfig, registry: RegistryClient): BoardIdentity => new BoardIdentity(attestations, registry) },
    { provide: PublishedDid, inject: [RegistryClient, BoardIdentity], useFactory: (registry: RegistryClient, identity: BoardIdentity): PublishedDid => new PublishedDid(registry, identity) },
    {
      provide: StatusLists, inject: [AttestationStore, RegistryClient, BoardIdentity, GATEWAY_CONFIG],
      useFactory: (store: AttestationStore, registry: RegistryClient, identity: BoardIdentity, { attestations }: GatewayConfig): StatusLists => new StatusLists(store, registry, identity, attestations.listSeconds),
    },
    {
      provide: AttestationDesk, inject: [AttestationStore, RegistryClient, BoardIdentity, StatusLists, PublishedDid, OwnBoards, GATEWAY_CONFIG],
      useFactory: (store: AttestationStore, registry: RegistryClient, identity: BoardIdentity, lists: StatusLists, did: PublishedDid, boards: OwnBoards, { mspId, ledger }: GatewayConfig): AttestationDesk =>
        new AttestationDesk({ store, registry, identity, lists, did, boards }, { mspId, channel: ledger.channel }),
    },
  ],
})
export class AttestationsModule {}
