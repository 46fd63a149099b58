import { createHash, sign, type KeyObject } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { toLowS } from '../authority/ecdsa-signature.js';

/** Who signs: an organisation's certificate with its private key. */
export class SigningIdentity {
  private readonly serialized: Uint8Array;

  constructor(
    readonly mspId: string,
    /** PEM. */
    readonly certificate: string,
    readonly privateKey: KeyObject,
  ) {
    const identity = new msp.SerializedIdentity();
    identity.setMspid(mspId);
    identity.setIdBytes(Buffer.from(certificate));
    this.serialized = identity.serializeBinary();
  }

  /** `msp.SerializedIdentity`: how Fabric's messages name their creator or endorser. */
  serialize(): Uint8Array {
    return this.serialized;
  }

  /** ECDSA over the SHA-256 of the message, DER with a low S, as every Fabric node verifies it. */
  sign(message: Uint8Array): Uint8Array {
    return toLowS(sign('sha256', message, this.privateKey));
  }

  /** SHA-256 of the serialised identity, hexadecimal: a short name for logs. */
  fingerprint(): string {
    return createHash('sha256').update(this.serialized).digest('hex');
  }
}
