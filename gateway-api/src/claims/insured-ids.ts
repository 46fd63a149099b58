import type { ClaimContent, OpaqueId } from '@medaccord/domain';
import { personKey } from '@medaccord/domain';
import type { GatewaySecret } from '../config/gateway-secret.js';
import { opaqueIdOf } from '../ledger/claims-client.js';

/** What names an insured person: the member id, and for a dependant who shares it the birth date and given name. */
export interface InsuredPerson {
  readonly memberId: string;
  readonly dependant?: { readonly birthDate?: string; readonly givenName?: string };
}

/**
 * Ids of coverages and families. They are keyed by the gateway secret: the hashes of keys stand in blocks for every
 * member to see, and a member id alone could be guessed.
 */
export class InsuredIds {
  readonly #secret: GatewaySecret;

  constructor(secret: GatewaySecret) {
    this.#secret = secret;
  }

  /** The id of a person's coverage, by `personKey`. */
  coverage(key: string): OpaqueId {
    return opaqueIdOf(this.#secret.mac('coverage', key));
  }

  /** The id of a family, by whatever the insurer names it, such as the subscriber's member id. */
  family(name: string): OpaqueId {
    return opaqueIdOf(this.#secret.mac('family', name.replaceAll(' ', '').toUpperCase()));
  }

  /** The id of the account on which an insurer keeps what stands open between it and a hospital. */
  account(hospitalMsp: string, currency: string): OpaqueId {
    return opaqueIdOf(this.#secret.mac('payee account', `${hospitalMsp} ${currency}`));
  }
}

/** The key of a person, as a claim would give it. */
export function personKeyOf({ memberId, dependant }: InsuredPerson): string {
  const patient: Pick<ClaimContent, 'patient'> = dependant === undefined ? {} : { patient: { relationship: '', familyName: '', ...dependant } };

  return personKey({ subscriber: { memberId, familyName: '', payerSequence: 'P' }, ...patient } as ClaimContent);
}
