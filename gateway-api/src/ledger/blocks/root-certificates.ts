import { createVerify, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Signed, Signer } from './read-transaction.js';

/** Certificates of an organisation's authorities, by MSP id. */
export type Authorities = ReadonlyMap<string, readonly X509Certificate[]>;

/** Whom a reader of the chain trusts: the authorities of its members, and apart from these of its orderers. */
export interface RootCertificates {
  readonly members: Authorities;
  readonly orderers: Authorities;
}

/** Reads `<folder>/<MSP id>.pem` for each member and `<folder>/orderers/<MSP id>.pem` for each orderer's organisation. */
export function readRootCertificates(folder: string): RootCertificates {
  return { members: readAuthorities(folder), orderers: readAuthorities(join(folder, 'orderers')) };
}

function readAuthorities(folder: string): Authorities {
  const names = readdirSync(folder).filter((name) => name.endsWith('.pem'));

  return new Map(names.map((name) => [basename(name, '.pem'), certificatesOf(readFileSync(join(folder, name), 'utf8'))]));
}

/** The certificates of a PEM file, which may hold several. */
export function certificatesOf(pem: string): readonly X509Certificate[] {
  return (pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map((one) => new X509Certificate(one));
}

/** Whether somebody with a certificate of the named organisation signed exactly this. */
export function isSignedBy(authorities: Authorities, { mspId, certificate, data, signature }: Signed): boolean {
  try {
    return isOf(authorities, { mspId, certificate }) && createVerify('sha256').update(data).verify(new X509Certificate(certificate).publicKey, signature);
  } catch {
    return false; // neither a certificate nor a signature
  }
}

/** Whether one of the organisation's authorities issued the certificate. Expiry does not count: blocks outlive certificates. */
function isOf(authorities: Authorities, { mspId, certificate }: Signer): boolean {
  const leaf = new X509Certificate(certificate);

  return (authorities.get(mspId) ?? []).some((authority) => leaf.checkIssued(authority) && leaf.verify(authority.publicKey));
}
