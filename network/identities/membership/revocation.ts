import { type KeyObject, verify, type X509Certificate } from 'node:crypto';
import * as x509 from '../authority/x509.js';
import { readSigned } from '../authority/der.js';
import { IdentityError } from '../identity-error.js';

/** One certificate revocation list of an MSP, read once. */
export class RevocationList {
  private readonly serialNumbers: ReadonlySet<string>;
  private readonly authorityKeyId: string;
  private readonly signed: Uint8Array;
  private readonly signature: Uint8Array;

  /** Throws MSP_CONFIGURATION_INVALID where the bytes (PEM or DER) are no revocation list. */
  constructor(bytes: Uint8Array) {
    try {
      const text = Buffer.from(bytes).toString('latin1');
      const list = new x509.X509Crl(text.includes('-----BEGIN') ? text : Uint8Array.from(bytes));
      this.serialNumbers = new Set(list.entries.map((entry) => normalSerial(entry.serialNumber)));
      this.authorityKeyId = list.getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId ?? '';
      const { content, signature } = readSigned(new Uint8Array(list.rawData));
      this.signed = content;
      this.signature = signature;
    } catch (cause) {
      throw new IdentityError('MSP_CONFIGURATION_INVALID', 'could not parse RevocationList', { cause });
    }
  }

  /** True where the list names the certificate and was signed by the authority that issued it. */
  revokes(certificate: X509Certificate, issuer: X509Certificate): boolean {
    return this.serialNumbers.has(normalSerial(certificate.serialNumber))
      && this.authorityKeyId === subjectKeyId(issuer)
      && this.isSignedBy(issuer.publicKey);
  }

  private isSignedBy(key: KeyObject): boolean {
    return verify('sha256', this.signed, key, this.signature);
  }
}

function subjectKeyId(certificate: X509Certificate): string | undefined {
  return new x509.X509Certificate(Uint8Array.from(certificate.raw)).getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
}

function normalSerial(serial: string): string {
  return serial.toLowerCase().replace(/^0+/, '');
}
