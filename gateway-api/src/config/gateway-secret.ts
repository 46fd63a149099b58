import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readOrCreateSecret } from './secret-file.js';

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

/** Reads the secret, or makes the file where there is none. */
export function loadGatewaySecret(file: string): GatewaySecret {
  const text = readOrCreateSecret(file, () => `${randomBytes(secretBytes).toString('hex')}\n`).trim();
  if (!hexSecret.test(text)) throw new Error(`The gateway secret file must hold ${secretBytes} bytes in hexadecimal`);

  return new GatewaySecret(Buffer.from(text, 'hex'));
}
