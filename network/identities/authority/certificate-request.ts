import type { KeyObject } from 'node:crypto';
import { Pkcs10CertificateRequestGenerator } from './x509.js';
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
