import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';

/** A user of the organisation as enrolled with its certificate authority. */
export interface EnrolledIdentity {
  /** The certificate's `medaccord.role`. */
  readonly role: string;
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: KeyObject;
  /** SHA-256 of the certificate in hexadecimal, by which the registry names an officer of a board. */
  readonly fingerprint: string;
  /** After this instant the network refuses what the identity signs. */
  readonly expires: Date;
}

/** Fabric's certificate extension with the attributes of an identity, JSON `{"attrs":{name: value}}`. */
const attributesExtension = '1.2.3.4.5.6.7.8.1';

/**
 * Reads the `users` of an organisation's folder as Fabric's tools lay it out, and keeps those with a role; of several
 * with the same role the first by name is used.
 */
export function loadEnrolledIdentities(organisationDirectory: string): ReadonlyMap<string, EnrolledIdentity> {
  const identities = new Map<string, EnrolledIdentity>();
  const users = join(organisationDirectory, 'users');
  for (const name of readdirSync(users).sort()) {
    const identity = readIdentity(join(users, name, 'msp'));
    if (identity !== undefined && !identities.has(identity.role)) identities.set(identity.role, identity);
  }

  return identities;
}

/** An identity's signature in Base64: ECDSA in DER over SHA-256, or Ed25519. */
export function signatureBy({ privateKey }: EnrolledIdentity, bytes: Uint8Array): string {
  return sign(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, privateKey).toString('base64');
}

function readIdentity(msp: string): EnrolledIdentity | undefined {
  const certificate = readOnlyFile(join(msp, 'signcerts'));
  const parsed = new X509Certificate(certificate);
  const role = roleOf(parsed);
  if (role === undefined) return undefined;

  const fingerprint = createHash('sha256').update(Buffer.from(parsed.rawData)).digest('hex');

  return { role, certificate, privateKey: createPrivateKey(readOnlyFile(join(msp, 'keystore'))), fingerprint, expires: parsed.notAfter };
}

function readOnlyFile(folder: string): string {
  const [name] = readdirSync(folder).sort();
  if (name === undefined) throw new Error(`The folder ${folder} is empty`);

  return readFileSync(join(folder, name), 'utf8');
}

function roleOf(certificate: X509Certificate): string | undefined {
  const extension = certificate.getExtension(attributesExtension);
  if (extension === null) return undefined;
  const parsed: unknown = JSON.parse(Buffer.from(extension.value).toString('utf8'));
  const attributes = isRecord(parsed) && isRecord(parsed['attrs']) ? parsed['attrs'] : {};
  const role = attributes['medaccord.role'];

  return typeof role === 'string' ? role : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
