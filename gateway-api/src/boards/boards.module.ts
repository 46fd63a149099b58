import { Module } from '@nestjs/common';
import type { FactoryProvider, Type } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { OpenDatabase } from '../database/database.js';
import type { Database } from '../database/schema.js';
import { ChainReader } from '../ledger/chain-reader.js';
import { Ledger } from '../ledger/ledger.js';
import { OrderSigner } from '../ledger/order-signer.js';
import { RegistryClient } from '../ledger/registry-client.js';
import { BatchVoidDesk } from './batch-void-desk.js';
import { BatchVoidStore } from './batch-void-store.js';
import { BatchVoidsController } from './batch-voids.controller.js';
import { BoardExportsController } from './board-exports.controller.js';
import { BoardIndex } from './board-index.js';
import { BoardIndexStore } from './board-index-store.js';
import { BoardRunStore } from './board-run-store.js';
import { BoardWorkController } from './board-work.controller.js';
import { LookUp } from './look-up.js';
import { LookUpController } from './look-up.controller.js';
import { OrderPublicationsController } from './order-publications.controller.js';
import { OwnBoards } from './own-boards.js';
import { PublicationDesk } from './publication-desk.js';
import { PublicationStore } from './publication-store.js';
import { StatusWordsController } from './status-words.controller.js';

/** A store over the gateway's database. */
function stored<T>(type: Type<T> & (new (database: Database) => T)): FactoryProvider<T> {
  return { provide: type, inject: [OpenDatabase], useFactory: ({ database }: OpenDatabase): T => new type(database) };
}

/** Boards' daily work: the feed, reconciliation, voids of imports, exports, and what boards tell the public. */
@Module({
  controllers: [BoardWorkController, StatusWordsController, BatchVoidsController, BoardExportsController, OrderPublicationsController, LookUpController],
  providers: [
    stored(BoardIndexStore),
    stored(BoardRunStore),
    stored(BatchVoidStore),
    stored(PublicationStore),
    { provide: OwnBoards, inject: [RegistryClient, GATEWAY_CONFIG], useFactory: (registry: RegistryClient, config: GatewayConfig): OwnBoards => new OwnBoards(registry, config) },
    {
      provide: BoardIndex,
      inject: [BoardIndexStore, Ledger, GATEWAY_CONFIG, RegistryClient, OwnBoards, PublicationStore],
      useFactory: (store: BoardIndexStore, ledger: Ledger, config: GatewayConfig, registry: RegistryClient, boards: OwnBoards, publications: PublicationStore): BoardIndex =>
        new BoardIndex({ store, chain: new ChainReader(ledger, config), registry, boards, withdrawSealed: (views) => publications.withdrawSealed(views) }),
    },
    {
      provide: BatchVoidDesk,
      inject: [RegistryClient, OrderSigner, BatchVoidStore, BoardIndex, BoardIndexStore, BoardRunStore],
      useFactory: (registry: RegistryClient, signer: OrderSigner, drafts: BatchVoidStore, index: BoardIndex, store: BoardIndexStore, runs: BoardRunStore): BatchVoidDesk => new BatchVoidDesk({ registry, signer, drafts, index, store, runs }),
    },
    { provide: PublicationDesk, inject: [RegistryClient, PublicationStore, OwnBoards], useFactory: (...parts: ConstructorParameters<typeof PublicationDesk>): PublicationDesk => new PublicationDesk(...parts) },
    {
      provide: LookUp,
      inject: [RegistryClient, BoardIndex, BoardIndexStore, OwnBoards, PublicationStore],
      useFactory: (registry: RegistryClient, index: BoardIndex, store: BoardIndexStore, boards: OwnBoards, publications: PublicationStore): LookUp => new LookUp({ registry, index, store, boards, publications }),
    },
  ],
  exports: [BoardRunStore, OwnBoards],
})
export class BoardsModule {}
