import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Attributes, readAttributes } from '../../identities/authority/attributes.js';
import { SubjectAlternativeNameExtension, X509Certificate } from '../../identities/authority/x509.js';
import { ATTRIBUTE_EXTENSION, type CertificateProfile, type NodeRole } from '../../identities/index.js';

/** A certificate of an organisation that has its key beside it: what it says, and where both are. */
export interface CertificateRecord {
  readonly file: string;
  readonly keyFile: string;
  readonly profile: CertificateProfile;
  /** Common name, which is the enrolment id. */
  readonly name: string;
  readonly role: NodeRole;
  readonly attributes: Attributes;
  readonly hosts: readonly string[];
  readonly notAfter: Date;
}

/** Every identity and TLS certificate below an organisation's folder, the ones that expire first at the front. */
export async function listCertificates(organisationDirectory: string): Promise<readonly CertificateRecord[]> {
  const files = (await readdir(organisationDirectory, { recursive: true })).map((file) => join(organisationDirectory, file));
  const certificates = files.filter((file) => keyFileOf(file) !== undefined);
  const records = await Promise.all(certificates.map(readRecord));
  return records.sort((one, other) => one.notAfter.getTime() - other.notAfter.getTime());
}

/** Where Fabric's layout keeps the key of a certificate; undefined for files that are no holder's certificate. */
function keyFileOf(file: string): string | undefined {
  const folder = dirname(file);
  if (basename(folder) === 'signcerts') return join(dirname(folder), 'keystore', 'priv_sk');
  if (basename(folder) === 'tls' && /^(server|client)\.crt$/.test(basename(file))) return file.replace(/\.crt$/, '.key');
  return undefined;
}

async function readRecord(file: string): Promise<CertificateRecord> {
  const certificate = new X509Certificate(await readFile(file, 'utf8'));
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.items ?? [];
  return {
    file,
    keyFile: keyFileOf(file) ?? '',
    profile: basename(dirname(file)) === 'tls' ? 'tls' : 'identity',
    name: certificate.subjectName.getField('CN')[0] ?? '',
    role: roleOf(certificate.subjectName.getField('OU')),
    attributes: readAttributes(certificate.getExtension(ATTRIBUTE_EXTENSION)),
    hosts: names.filter(({ type }) => type === 'dns' || type === 'ip').map(({ value }) => value),
    notAfter: certificate.notAfter,
  };
}

const ROLES: readonly NodeRole[] = ['admin', 'peer', 'orderer', 'client'];

/** TLS certificates name no role; they are issued as a client's. */
function roleOf(units: readonly string[]): NodeRole {
  return ROLES.find((role) => units.includes(role)) ?? 'client';
}
