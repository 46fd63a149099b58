import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import type { ClientIdentity } from 'fabric-shim-api';
import type { PresentedCertificate, VerifySignature } from '@medaccord/domain';

/** The certificate that the transaction's creator presented; the channel's membership service has checked it. */
export function certificateOf(identity: ClientIdentity): PresentedCertificate {
  const certificate = new X509Certificate(Buffer.from(identity.getIDBytes()));
  return {
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    publicKey: certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    expires: certificate.validToDate.toISOString(),
  };
}

/** ECDSA over SHA-256 in DER, or Ed25519: the kinds of key that Fabric takes. */
export const verifySignature: VerifySignature = (publicKey, bytes, signature) => {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
};
