import { randomUUID } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { GATEWAY_CONFIG } from '../config/gateway-config.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { GatewaySecret, loadGatewaySecret } from '../config/gateway-secret.js';
import { OpenDatabase } from '../database/database.js';
import { AnswerRetention } from './answer-retention.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { OperationStore } from './operation-store.js';
import { Operations } from './operations.js';
import { OperationsController } from './operations.controller.js';

/** A database keyed with another secret would take every resend for a new request: better not to start. */
async function openStore(open: OpenDatabase, secret: GatewaySecret): Promise<OperationStore> {
  const store = new OperationStore(open.database, randomUUID());
  const mark = secret.mac('database').toString('hex');
  if ((await store.rememberFact('secret-mark', mark)) !== mark) throw new Error('The database was used with another gateway secret (MEDACCORD_GATEWAY_SECRET_FILE)');
  if (open.exclusive) await store.releaseAll();

  return store;
}

/** What makes every write happen once. */
@Global()
@Module({
  controllers: [OperationsController],
  providers: [
    { provide: GatewaySecret, inject: [GATEWAY_CONFIG], useFactory: (config: GatewayConfig): GatewaySecret => loadGatewaySecret(config.secretFile) },
    { provide: OperationStore, inject: [OpenDatabase, GatewaySecret], useFactory: openStore },
    { provide: Operations, inject: [OperationStore, GatewaySecret], useFactory: (store: OperationStore, secret: GatewaySecret): Operations => new Operations(store, secret) },
    IdempotencyInterceptor,
    AnswerRetention,
  ],
  exports: [GatewaySecret, Operations, IdempotencyInterceptor],
})
export class IdempotencyModule {}
