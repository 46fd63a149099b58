import { createHash, verify, type X509Certificate } from 'node:crypto';
import * as x509 from '../authority/x509.js';
import type { msp } from '@hyperledger/fabric-protos';
import { type Attributes, ATTRIBUTE_EXTENSION, readAttributes } from '../authority/attributes.js';
import { decodeSignature, isLowS } from '../authority/ecdsa-signature.js';
import { IdentityError } from '../identity-error.js';
import type { Msp } from './msp.js';

/**
 * An identity that an organisation's MSP has read: its certificate chains to the organisation's authority. Whether it is
 * valid (not revoked, classified) is a question of its own, and expiry yet another: Fabric asks that at the door alone
 * (of a proposal, an envelope, a stream), never when a block is validated, because peers' clocks differ.
 */
export class MspIdentity {
  /** SHA-256 of the certificate, hexadecimal. */
  readonly id: string;
  readonly expiresAt: Date;
  readonly organizationalUnits: readonly string[];
  readonly attributes: Attributes;
  private invalid: IdentityError | 'valid' | undefined;

  constructor(
    readonly mspId: string,
    readonly certificate: X509Certificate,
    /** The certificate's authorities, nearest first. */
    readonly chain: readonly X509Certificate[],
    private readonly issuedBy: Msp,
  ) {
    this.id = createHash('sha256').update(certificate.raw).digest('hex');
    this.expiresAt = certificate.validToDate;
    const parsed = new x509.X509Certificate(Uint8Array.from(certificate.raw));
    this.organizationalUnits = parsed.subjectName.getField('OU');
    this.attributes = readAttributes(parsed.getExtension(ATTRIBUTE_EXTENSION));
  }

  /** Throws where the organisation does not stand by this identity: revoked, unclassified, an authority's own. */
  validate(): void {
    this.invalid ??= this.issuedBy.whyInvalid(this) ?? 'valid';
    if (this.invalid !== 'valid') {
      throw this.invalid;
    }
  }

  /** True where `validate` would not throw. */
  get isValid(): boolean {
    this.invalid ??= this.issuedBy.whyInvalid(this) ?? 'valid';
    return this.invalid === 'valid';
  }

  /** Throws SIGNATURE_INVALID unless the signature (ECDSA, SHA-256, low S) over the message is this identity's. */
  verify(message: Uint8Array, signature: Uint8Array): void {
    const numbers = decodeSignature(signature);
    if (numbers === undefined) {
      throw new IdentityError('SIGNATURE_INVALID', 'could not determine the validity of the signature: failed unmarshalling signature');
    }
    if (!isLowS(numbers)) {
      throw new IdentityError('SIGNATURE_INVALID', 'could not determine the validity of the signature: invalid S, must be smaller than half the order');
    }
    if (!verify('sha256', message, this.certificate.publicKey, signature)) {
      throw new IdentityError('SIGNATURE_INVALID', 'The signature is invalid');
    }
  }

  /** True where this identity matches the principal of a policy. */
  satisfies(principal: msp.MSPPrincipal): boolean {
    return this.issuedBy.satisfies(this, principal);
  }
}
