import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';

/** The provider's key: kept in the file where one is named, so that tokens outlive a restart; else a fresh one. */
export async function loadSigningKey(file: string | undefined): Promise<JWK> {
  if (file !== undefined && statSync(file, { throwIfNoEntry: false }) !== undefined) return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key: JWK = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' };
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  }

  return key;
}
