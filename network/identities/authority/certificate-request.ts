import type { KeyObject, webcrypto } from 'node:crypto';
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from './x509.js';
import { IdentityError } from '../identity-error.js';
import { toSigningKey, toVerifyingKey } from './key-pair.js';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A PKCS#10 request (PEM) for a common name, signed by the key that the certificate shall certify. */
export async function createCertificateRequest(name: string, privateKey: KeyObject): Promise<string> {
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [name] }],
    keys: { publicKey: await toVerifyingKey(privateKey), privateKey: await toSigningKey(privateKey) },
    signingAlgorithm: ECDSA,
  });
  return request.toString('pem');
}

/** The public key of a request; throws CERTIFICATE_REQUEST_INVALID where its holder did not sign it with that key. */
export async function verifiedPublicKey(pem: string): Promise<webcrypto.CryptoKey> {
  try {
    const request = new Pkcs10CertificateRequest(pem);
    if (await request.verify()) {
      return await request.publicKey.export(ECDSA, ['verify']);
    }
  } catch (cause) {
    throw new IdentityError('CERTIFICATE_REQUEST_INVALID', 'the certificate request cannot be read', { cause });
  }
  throw new IdentityError('CERTIFICATE_REQUEST_INVALID', 'the certificate request is not signed by its own key');
}
