import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import type { ClientIdentity } from 'fabric-shim-api';
import { DomainError } from '@medaccord/domain';
import type { PresentedCertificate, ReadCertificate, VerifySignature } from '@medaccord/domain';
import { NPI_ATTRIBUTE, ROLE_ATTRIBUTE } from './caller.js';
import { CreatorIdentity } from './contract-api.js';

/** The certificate that the transaction's creator presented; the channel's membership service has checked it. */
export function certificateOf(identity: ClientIdentity): PresentedCertificate {
  return presented(new X509Certificate(Buffer.from(identity.getIDBytes())));
}

/**
 * A certificate that the creator presents for somebody else. Chaincode knows no authority; but the channel's membership
 * service has checked the creator's certificate, so an authority that issued both is one of the creator's organisation. Throws
 * CERTIFICATE_UNREADABLE.
 */
export function readCertificate(sender: ClientIdentity, pem: string, authorityPem: string): ReadCertificate {
  try {
    const [certificate, authority, own] = [new X509Certificate(pem), new X509Certificate(authorityPem), new X509Certificate(Buffer.from(sender.getIDBytes()))];
    const identity = identityIn(pem);
    return {
      ...presented(certificate),
      role: identity.getAttributeValue(ROLE_ATTRIBUTE) ?? undefined,
      npi: identity.getAttributeValue(NPI_ATTRIBUTE) ?? undefined,
      isOfSendersAuthority: authority.ca && [certificate, own].every((one) => one.checkIssued(authority) && one.verify(authority.publicKey)),
    };
  } catch {
    throw new DomainError('CERTIFICATE_UNREADABLE');
  }
}

/** The shim reads a creator's certificate only: here it is told that this one is. */
function identityIn(pem: string): ClientIdentity {
  return new CreatorIdentity({ getChannelID: () => '', getTxID: () => '', getCreator: () => ({ mspid: '', idBytes: Buffer.from(pem) }) });
}

function presented(certificate: X509Certificate): PresentedCertificate {
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
