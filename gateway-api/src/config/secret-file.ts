import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from './system-error.js';

/** Reads a secret, or makes the file (mode 0600) where there is none; two replicas that start at once agree on one. */
export function readOrCreateSecret(file: string, make: () => string): string {
  mkdirSync(dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false }) === undefined) createSecret(file, make());
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);

  return readFileSync(file, 'utf8');
}

/** Written aside and linked, so that no reader sees half a secret and the first writer wins. */
function createSecret(file: string, text: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
}
