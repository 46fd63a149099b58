import { createHash, type KeyObject, randomBytes, type webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type X509Crl,
  X509CrlGenerator,
} from './x509.js';
import { isIP } from 'node:net';
import { attributeExtension } from './attributes.js';
import { readSigned, writeSigned } from './der.js';
import { toLowS } from './ecdsa-signature.js';
import type { EnrolmentRequest, Validity } from './issuer.js';
import { generatePrivateKey, toSigningKey, toVerifyingKey } from './key-pair.js';

const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
/** Ten years, as Fabric's development tool gives. */
const DEFAULT_DAYS = 3650;
/** Certificates start five minutes ago, so that a peer whose clock is a little behind takes them. */
const BACKDATED_MS = 5 * 60_000;

/** One certificate authority: a self-signed certificate and its key. An organisation has one for identities and one for TLS. */
export class CertificateAuthority {
  private constructor(
    readonly certificate: X509Certificate,
    readonly privateKey: KeyObject,
    private readonly signingKey: webcrypto.CryptoKey,
  ) {}

  /** A new authority, for example `ca.hospital.example` of the organisation `hospital.example`. */
  static async create(commonName: string, organisation: string, validity: Validity = defaultValidity()): Promise<CertificateAuthority> {
    const privateKey = await generatePrivateKey();
    const signingKey = await toSigningKey(privateKey);
    const publicKey = await toVerifyingKey(privateKey);
    const keyId = await keyIdentifier(publicKey);
    const certificate = lowS(
      await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: subject(commonName, [{ O: [organisation] }]),
        issuer: subject(commonName, [{ O: [organisation] }]),
        ...validity,
        publicKey,
        signingKey,
        signingAlgorithm: SIGNING,
        extensions: [
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, ExtendedKeyUsage.serverAuth]),
          new BasicConstraintsExtension(true, undefined, true),
          new SubjectKeyIdentifierExtension(keyId),
        ],
      }),
    );
    return new CertificateAuthority(certificate, privateKey, signingKey);
  }

  /** An authority that was created before. */
  static async restore(certificatePem: string, privateKey: KeyObject): Promise<CertificateAuthority> {
    return new CertificateAuthority(new X509Certificate(certificatePem), privateKey, await toSigningKey(privateKey));
  }

  /** Issues a certificate. */
  async issue(request: EnrolmentRequest): Promise<X509Certificate> {
    const publicKey = await toVerifyingKey(request.key);
    const extensions = request.profile === 'identity' ? identityExtensions(request) : tlsExtensions(request);
    const keyId = await keyIdentifier(publicKey);
    const validity = request.validity ?? defaultValidity();
    return lowS(
      await X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: subject(request.name, request.profile === 'identity' ? [{ OU: [request.role] }] : []),
        issuer: this.certificate.subjectName.toJSON(),
        ...validity,
        publicKey,
        signingKey: this.signingKey,
        signingAlgorithm: SIGNING,
        extensions: [
          ...extensions,
          new BasicConstraintsExtension(false, undefined, true),
          new SubjectKeyIdentifierExtension(keyId),
          new AuthorityKeyIdentifierExtension(this.keyId()),
        ],
      }),
    );
  }

  /** A revocation list of these serial numbers (hexadecimal). */
  async revocationList(serialNumbers: readonly string[], thisUpdate: Date): Promise<X509Crl> {
    return X509CrlGenerator.create({
      issuer: this.certificate.subjectName.toJSON(),
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + DEFAULT_DAYS * DAY_MS),
      entries: serialNumbers.map((serial) => ({ serialNumber: serial, revocationDate: thisUpdate })),
      extensions: [new AuthorityKeyIdentifierExtension(this.keyId())],
      signingKey: this.signingKey,
      signingAlgorithm: SIGNING,
    });
  }

  private keyId(): string {
    const extension = this.certificate.getExtension(SubjectKeyIdentifierExtension);
    return extension?.keyId ?? '';
  }
}

/** From five minutes ago for ten years. */
export function defaultValidity(now: Date = new Date()): Validity {
  const notBefore = new Date(Math.floor((now.getTime() - BACKDATED_MS) / 1000) * 1000);
  return { notBefore, notAfter: new Date(notBefore.getTime() + DEFAULT_DAYS * DAY_MS) };
}

function identityExtensions(request: EnrolmentRequest): Extension[] {
  const attributes = Object.keys(request.attributes).length === 0 ? [] : [attributeExtension(request.attributes)];
  return [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true), ...attributes];
}

function tlsExtensions(request: EnrolmentRequest): Extension[] {
  return [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
    ...(request.hosts.length === 0 ? [] : [alternativeNames(request.hosts)]),
  ];
}

function alternativeNames(hosts: readonly string[]): Extension {
  return new SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })));
}

function subject(commonName: string, more: JsonName): JsonName {
  return [...more, { CN: [commonName] }];
}

function serialNumber(): string {
  const bytes = randomBytes(16);
  // Positive and of full length, so that every tool prints the same number.
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

/** SHA-256 of the public point, as Fabric's development tool identifies keys (RFC 7093, section 2, method 4). */
async function keyIdentifier(publicKey: webcrypto.CryptoKey): Promise<string> {
  const point = await crypto.subtle.exportKey('raw', publicKey);
  return createHash('sha256').update(new Uint8Array(point)).digest('hex');
}

/** Fabric re-encodes certificates whose signature has a high S, which changes their hash: write a low S to begin with. */
function lowS(certificate: X509Certificate): X509Certificate {
  const signed = readSigned(new Uint8Array(certificate.rawData));
  const signature = toLowS(signed.signature);
  return signature === signed.signature ? certificate : new X509Certificate(writeSigned({ ...signed, signature }));
}
