import { batchVoidBytes, boardOrderBytes } from '@medaccord/domain';
import type { OrderSignature, RecordBoardOrder, VoidImportBatch } from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import { identityName, noIdentity, signatureBy } from './enrolled-identities.js';
import type { EnrolledIdentity } from './enrolled-identities.js';
import type { RegistryActor } from './registry-client.js';

/**
 * Signs a board's orders with the enrolled identity of a role. The gateway holds one key per role and not one per person:
 * what such a signature proves is that this gateway admitted somebody in that role.
 */
export class OrderSigner {
  readonly #identities: ReadonlyMap<string, EnrolledIdentity>;
  readonly #channel: string;

  constructor(identities: ReadonlyMap<string, EnrolledIdentity>, config: Pick<GatewayConfig, 'ledger'>) {
    this.#identities = identities;
    this.#channel = config.ledger.channel;
  }

  /** Under an order, by the actor's enrolled identity; FORBIDDEN_ROLE or FORBIDDEN_UNIT where the organisation has none. */
  sign(actor: RegistryActor, order: RecordBoardOrder): OrderSignature {
    return this.#sign(actor, boardOrderBytes(this.#channel, order));
  }

  /** Under the void of an import. */
  signBatchVoid(actor: RegistryActor, batchVoid: VoidImportBatch): OrderSignature {
    return this.#sign(actor, batchVoidBytes(this.#channel, batchVoid));
  }

  #sign(actor: RegistryActor, bytes: Uint8Array): OrderSignature {
    const name = identityName(actor);
    const identity = this.#identities.get(name);
    if (identity === undefined) throw noIdentity(name);

    return { signer: identity.fingerprint, signature: signatureBy(identity, bytes) };
  }
}
