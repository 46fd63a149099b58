import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** A new P-256 private key, the curve that Fabric's peers, orderers and clients all take. */
export async function generatePrivateKey(): Promise<KeyObject> {
  const { privateKey } = await generate('ec', { namedCurve: 'P-256' });
  return privateKey;
}

/** PKCS#8 PEM, as Fabric's tools write `priv_sk`. */
export function privateKeyToPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Reads a private key, PEM. Throws where the text is none. */
export function privateKeyFromPem(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** The same key for `crypto.subtle`, which `@peculiar/x509` signs with. */
export async function toSigningKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const pkcs8 = Uint8Array.from(key.export({ type: 'pkcs8', format: 'der' }));
  return crypto.subtle.importKey('pkcs8', pkcs8, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
}

/** Its public half for `crypto.subtle`. */
export async function toVerifyingKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const spki = Uint8Array.from(createPublicKey(key).export({ type: 'spki', format: 'der' }));
  return crypto.subtle.importKey('spki', spki, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']);
}
