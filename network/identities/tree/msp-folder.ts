import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import type { NodeRole } from '../authority/issuer.js';
import { writeWhereDifferent } from './durable-file.js';

/** What an MSP folder says about whom to trust. */
export interface TrustAnchors {
  /** File name and PEM of the organisation's identity authority. */
  readonly identityAuthority: { readonly file: string; readonly pem: string };
  readonly tlsAuthority: { readonly file: string; readonly pem: string };
}

const ROLES: readonly NodeRole[] = ['client', 'peer', 'admin', 'orderer'];

/** Writes `cacerts`, `tlscacerts` and the `config.yaml` that turns on classification by organisational unit. */
export async function writeTrustAnchors(directory: string, { identityAuthority, tlsAuthority }: TrustAnchors): Promise<void> {
  await writeWhereDifferent(join(directory, 'cacerts', basename(identityAuthority.file)), identityAuthority.pem);
  await writeWhereDifferent(join(directory, 'tlscacerts', basename(tlsAuthority.file)), tlsAuthority.pem);
  await writeWhereDifferent(join(directory, 'config.yaml'), nodeOuConfiguration(`cacerts/${basename(identityAuthority.file)}`));
}

/** Where an organisation's MSP folder keeps its revocation list. */
export function revocationListPath(mspDirectory: string): string {
  return join(mspDirectory, 'crls', 'crl.pem');
}

function nodeOuConfiguration(certificate: string): string {
  const identifiers = ROLES.map((role) => [`${role.charAt(0).toUpperCase()}${role.slice(1)}OUIdentifier`, { Certificate: certificate, OrganizationalUnitIdentifier: role }]);
  return stringify({ NodeOUs: { Enable: true, ...Object.fromEntries(identifiers) as object } });
}
