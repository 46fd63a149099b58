import { readFile } from 'node:fs/promises';
import { privateKeyFromPem, type Issuer } from '../../identities/index.js';
import { writeWhole } from '../../identities/tree/durable-file.js';
import { type CertificateRecord, listCertificates } from './certificate-inventory.js';

const DAY_MS = 86_400_000;

/** Which certificates to renew. */
export interface Renewal {
  /** The organisation's folder. */
  readonly directory: string;
  readonly issuer: Issuer;
  /** Renews what expires within so many days. */
  readonly withinDays: number;
  readonly now?: Date;
}

/**
 * Replaces certificates before they expire by new ones for the same key, name, role, attributes and hosts, and answers which
 * they were. The key stays, because orderers know each other by their keys: another key would need a configuration update.
 * A node uses its new certificates when it is started again.
 */
export async function renewCertificates({ directory, issuer, withinDays, now = new Date() }: Renewal): Promise<readonly CertificateRecord[]> {
  const limit = now.getTime() + withinDays * DAY_MS;
  const expiring = (await listCertificates(directory)).filter(({ notAfter }) => notAfter.getTime() < limit);
  for (const { file, keyFile, profile, name, role, attributes, hosts } of expiring) {
    const key = privateKeyFromPem(await readFile(keyFile, 'utf8'));
    await writeWhole(file, await issuer.enrol({ profile, name, role, attributes, hosts, key }));
  }
  return expiring;
}
