import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import 'reflect-metadata';
import { X509Certificate } from '@peculiar/x509';
import { DomainError } from '@medaccord/domain';

/** A user of the organisation as enrolled with its certificate authority. */
export interface EnrolledIdentity {
  /** The certificate's `medaccord.role`. */
  readonly role: string;
  /** The certificate's `medaccord.unit`, where it is bound to one. */
  readonly unit?: string;
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

/** Whose identity signs: that of a role, or of a role in one unit (`registrar@ca-medical`). */
export function identityName({ role, unit }: { readonly role: string; readonly unit?: string }): string {
  return unit === undefined ? role : `${role}@${unit}`;
}

/** The refusal of whoever has no identity to sign with: FORBIDDEN_UNIT for somebody of a unit, else FORBIDDEN_ROLE. */
export function noIdentity(name: string): DomainError {
  return new DomainError(name.includes('@') ? 'FORBIDDEN_UNIT' : 'FORBIDDEN_ROLE');
}

/**
 * Reads the `users` of an organisation's folder as Fabric's tools lay it out, and keeps those with a role, by
 * `identityName`; of several with the same name the first by user is used. A role that has identities in units only is
 * served by the first of these: it may do less than one for the whole organisation.
 */
export function loadEnrolledIdentities(organisationDirectory: string): ReadonlyMap<string, EnrolledIdentity> {
  const identities = new Map<string, EnrolledIdentity>();
  const users = join(organisationDirectory, 'users');
  const read = readdirSync(users).sort().map((name) => readIdentity(join(users, name, 'msp'))).filter((identity) => identity !== undefined);
  for (const identity of read) if (!identities.has(identityName(identity))) identities.set(identityName(identity), identity);
  for (const identity of read) if (!identities.has(identity.role)) identities.set(identity.role, identity);

  return identities;
}

/** An identity's signature in Base64: ECDSA in DER over SHA-256, or Ed25519. */
export function signatureBy({ privateKey }: EnrolledIdentity, bytes: Uint8Array): string {
  return sign(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, privateKey).toString('base64');
}

function readIdentity(msp: string): EnrolledIdentity | undefined {
  const certificate = readOnlyFile(join(msp, 'signcerts'));
  const parsed = new X509Certificate(certificate);
  const { role, unit } = attributesOf(parsed);
  if (typeof role !== 'string') return undefined;

  const fingerprint = createHash('sha256').update(Buffer.from(parsed.rawData)).digest('hex');

  return { role, ...(typeof unit === 'string' && { unit }), certificate, privateKey: createPrivateKey(readOnlyFile(join(msp, 'keystore'))), fingerprint, expires: parsed.notAfter };
}

function readOnlyFile(folder: string): string {
  const [name] = readdirSync(folder).sort();
  if (name === undefined) throw new Error(`The folder ${folder} is empty`);

  return readFileSync(join(folder, name), 'utf8');
}

function attributesOf(certificate: X509Certificate): { readonly role?: unknown; readonly unit?: unknown } {
  const extension = certificate.getExtension(attributesExtension);
  if (extension === null) return {};
  const parsed: unknown = JSON.parse(Buffer.from(extension.value).toString('utf8'));
  const attributes = isRecord(parsed) && isRecord(parsed['attrs']) ? parsed['attrs'] : {};

  return { role: attributes['medaccord.role'], unit: attributes['medaccord.unit'] };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
