import { boardOrderBytes, DomainError } from '@medaccord/domain';
import type { OrderSignature, RecordBoardOrder } from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import { signatureBy } from './enrolled-identities.js';
import type { EnrolledIdentity } from './enrolled-identities.js';

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

  /** The signature of a role's identity under an order; FORBIDDEN_ROLE where the organisation has none. */
  sign(role: string, order: RecordBoardOrder): OrderSignature {
    const identity = this.#identities.get(role);
    if (identity === undefined) throw new DomainError('FORBIDDEN_ROLE');

    return { signer: identity.fingerprint, signature: signatureBy(identity, boardOrderBytes(this.#channel, order)) };
  }
}
