import { DomainError } from '@medaccord/domain';
import type { Actor } from '../auth/caller.js';
import type { GatewaySecret } from '../config/gateway-secret.js';
import { identityName } from '../ledger/enrolled-identities.js';
import { LEASE_RENEWAL_MS } from './operation-store.js';
import type { OperationStore, StoredOperation } from './operation-store.js';
import { seal, unseal } from './sealed-answer.js';
import { writeRequest } from './write-request.js';
import type { WriteRequest } from './write-request.js';

/** An answer as it went, or goes again, to the client. */
export interface Answer {
  readonly status: number;
  /** JSON text of the body. */
  readonly body: string;
}

/** A write as it arrived. */
export interface IncomingWrite {
  readonly actor: Actor;
  readonly idempotencyKey: string;
  /** What must be equal in a resend: method, URL and body. */
  readonly content: readonly (string | Uint8Array)[];
}

/** Either the first answer, given before, or the write to run now. */
export type Begun = { readonly answer: Answer } | { readonly write: WriteRequest };

/** The life of a write: begun once per caller and Idempotency-Key, answered once, resumed by whoever holds its lease. */
export class Operations {
  readonly #store: OperationStore;
  readonly #secret: GatewaySecret;
  readonly #sealingKey: Buffer;

  constructor(store: OperationStore, secret: GatewaySecret) {
    this.#store = store;
    this.#secret = secret;
    this.#sealingKey = secret.key('answers');
  }

  /**
   * Refuses another request under the same key, and a request that is still running. The work of a process that died may
   * be taken over when its lease of some seconds has ended.
   */
  async begin(incoming: IncomingWrite): Promise<Begun> {
    const { actor, content } = incoming;
    const id = this.#secret.mac('operation', actor.id, incoming.idempotencyKey).toString('hex').slice(0, 40);
    const fingerprint = this.#secret.mac('fingerprint', identityName(actor), ...content);
    if (await this.#store.acquire({ id, subject: actor.id, fingerprint })) return { write: writeRequest(id, actor, this.#secret, this.#store) };

    return { answer: this.#answerOf(await this.#store.find(id), fingerprint) };
  }

  /** Runs `work` while renewing the lease. */
  async holding<T>(write: WriteRequest, work: () => Promise<T>): Promise<T> {
    // A renewal that fails is made up for by the next one; a lost lease is noticed when the next transaction is journalled.
    const heartbeat = setInterval(() => void this.#store.renew(write.operationId).catch(() => undefined), LEASE_RENEWAL_MS);
    try {
      return await work();
    } finally {
      clearInterval(heartbeat);
    }
  }

  async finish(write: WriteRequest, answer: Answer): Promise<void> {
    await this.#store.answer(write.operationId, { status: answer.status, sealed: seal(this.#sealingKey, write.operationId, answer.body) });
  }

  async giveBack(write: WriteRequest): Promise<void> {
    await this.#store.release(write.operationId);
  }

  /** The first answer to a stored operation. */
  open(operation: StoredOperation): Answer | undefined {
    if (operation.answer === undefined) return undefined;

    return { status: operation.answer.status, body: unseal(this.#sealingKey, operation.id, operation.answer.sealed) };
  }

  #answerOf(operation: StoredOperation | undefined, fingerprint: Uint8Array): Answer {
    if (operation !== undefined && !Buffer.from(operation.fingerprint).equals(fingerprint)) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    const answer = operation === undefined ? undefined : this.open(operation);
    if (answer === undefined) throw new DomainError('IDEMPOTENT_REQUEST_RUNNING');

    return answer;
  }
}
