import { DomainError } from '@medaccord/domain';
import type { AttestationConfig } from '../config/gateway-config.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import { didOf } from './did-web.js';
import { loadSigningKey, replaceSigningKey } from './signing-key.js';
import type { SigningKey } from './signing-key.js';

/** Under which name the board speaks outside the network, and with which key. */
export class BoardIdentity {
  readonly #config: AttestationConfig;
  readonly #registry: RegistryClient;

  constructor(config: AttestationConfig, registry: RegistryClient) {
    this.#config = config;
    this.#registry = registry;
  }

  /** Address of the public routes. Throws ATTESTATIONS_NOT_SET_UP. */
  get publicUrl(): string {
    if (this.#config.publicUrl === undefined) throw new DomainError('ATTESTATIONS_NOT_SET_UP');

    return this.#config.publicUrl;
  }

  get did(): string {
    return didOf(this.publicUrl);
  }

  /** The key that signs, which the ledger knows and nobody has revoked. Throws ISSUER_KEY_NOT_FOUND and ISSUER_KEY_REVOKED. */
  async signingKey(): Promise<SigningKey> {
    const key = loadSigningKey(this.#config.keyFile);
    const known = (await this.#registry.issuerKeys(SERVICE_ROLE)).find(({ keyId, did }) => keyId === key.keyId && did === this.did);
    if (known === undefined) throw new DomainError('ISSUER_KEY_NOT_FOUND');
    if (known.revoked !== undefined) throw new DomainError('ISSUER_KEY_REVOKED');

    return key;
  }

  /** The key that is to be introduced: another one in the place of one that is revoked. */
  async keyToIntroduce(): Promise<SigningKey> {
    const key = loadSigningKey(this.#config.keyFile);
    const known = await this.#registry.issuerKeys(SERVICE_ROLE);

    return known.some(({ keyId, revoked }) => keyId === key.keyId && revoked !== undefined) ? replaceSigningKey(this.#config.keyFile) : key;
  }
}
