import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { rmSync } from 'node:fs';
import { issuerKeyId } from '@medaccord/domain';
import type { IssuerPublicKey, LicenceAttestation } from '@medaccord/domain';
import { CompactSign } from 'jose';
import { readOrCreateSecret } from '../config/secret-file.js';
import type { StatusListCredential } from './status-list.js';

/** A key that signs for a board; its private half never leaves this object. */
export class SigningKey {
  readonly publicKey: IssuerPublicKey;
  /** As the ledger names it. */
  readonly keyId: string;
  readonly #key: KeyObject;

  constructor(pem: string) {
    this.#key = createPrivateKey(pem);
    this.publicKey = publicKeyOf(this.#key);
    this.keyId = issuerKeyId(this.publicKey, (bytes) => createHash('sha256').update(bytes).digest());
  }

  /** A Verifiable Credential as a signed JWT (VC-JOSE-COSE): the claims are the credential itself. */
  async sign(credential: LicenceAttestation | StatusListCredential): Promise<string> {
    const header = { alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${credential.issuer}#${this.keyId}` };

    return new CompactSign(Buffer.from(JSON.stringify(credential))).setProtectedHeader(header).sign(this.#key);
  }
}

/** Reads the key, or makes one where the file is not there. */
export function loadSigningKey(file: string): SigningKey {
  return new SigningKey(readOrCreateSecret(file, newKey));
}

/** Another key in the place of one that is revoked, and of no use to anybody any more. */
export function replaceSigningKey(file: string): SigningKey {
  rmSync(file);

  return loadSigningKey(file);
}

function newKey(): string {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function publicKeyOf(key: KeyObject): IssuerPublicKey {
  const { crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  if (crv !== 'P-256' || x === undefined || y === undefined) throw new Error('The key for attestations must be a P-256 key');

  return { kty: 'EC', crv, x, y };
}
