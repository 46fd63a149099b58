import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from './system-error.js';

const secretBytes = 32;
const hexSecret = /^[0-9a-f]{64}$/;

/**
 * The secret under which ids, salts and fingerprints are keyed, so that nobody without it can guess them from a
 * patient's data. Whoever loses the file loses the sameness of resends: it belongs into the backup of the database.
 */
export class GatewaySecret {
  readonly #secret: Buffer;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** HMAC-SHA256 of the parts; the lengths are hashed too, so that ('ab','c') and ('a','bc') differ. */
  mac(purpose: string, ...parts: readonly (string | Uint8Array)[]): Buffer {
    const hmac = createHmac('sha256', this.#secret);
    for (const part of [purpose, ...parts]) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      hmac.update(`${bytes.length}:`).update(bytes);
    }

    return hmac.digest();
  }

  /** A 32-byte key for one purpose (sealing answers at rest). */
  key(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, '', purpose, secretBytes));
  }
}

/** Reads the secret, or makes the file (mode 0600) where there is none; two replicas that start at once agree on one. */
export function loadGatewaySecret(file: string): GatewaySecret {
  const text = readOrCreate(file).trim();
  if (!hexSecret.test(text)) throw new Error(`The gateway secret file must hold ${secretBytes} bytes in hexadecimal`);
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);

  return new GatewaySecret(Buffer.from(text, 'hex'));
}

function readOrCreate(file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  if (statSync(file, { throwIfNoEntry: false }) === undefined) createSecret(file);

  return readFileSync(file, 'utf8');
}

/** Written aside and linked, so that no reader sees half a secret and the first writer wins. */
function createSecret(file: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, `${randomBytes(secretBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
}
