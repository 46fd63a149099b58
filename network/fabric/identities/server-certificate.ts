import { join } from 'node:path';
import { generatePrivateKey, type OrganizationTree, privateKeyToPem, type TlsMaterial } from '../../identities/index.js';
import { readIfPresent, writeWhole } from '../../identities/tree/durable-file.js';

/** File names of a server's TLS material. */
export interface ServerTlsFiles {
  readonly certificate: string;
  readonly privateKey: string;
  readonly caCertificate: string;
}

/** The files in a folder that `issueServerTls` fills. */
export function serverTlsFiles(directory: string): ServerTlsFiles {
  return { certificate: join(directory, 'server.crt'), privateKey: join(directory, 'server.key'), caCertificate: join(directory, 'ca.crt') };
}

/**
 * A TLS certificate, and no identity, for a server that belongs to an organisation but is no node of the network: a chaincode
 * server must not be able to sign as a peer. What is there is kept.
 */
export async function issueServerTls(organisation: OrganizationTree, directory: string, name: string, hosts: readonly string[]): Promise<TlsMaterial> {
  const files = serverTlsFiles(directory);
  const caCertificate = organisation.issuer.authorities.tls;
  const present = { certificate: await readIfPresent(files.certificate), privateKey: await readIfPresent(files.privateKey) };
  if (present.certificate !== undefined && present.privateKey !== undefined) return { ...present, caCertificate } as TlsMaterial;
  const key = await generatePrivateKey();
  const certificate = await organisation.issuer.enrol({ profile: 'tls', name, role: 'client', attributes: {}, hosts, key });
  const privateKey = privateKeyToPem(key);
  await writeWhole(files.privateKey, privateKey, 'secret');
  await writeWhole(files.caCertificate, caCertificate);
  await writeWhole(files.certificate, certificate);
  return { certificate, privateKey, caCertificate };
}
