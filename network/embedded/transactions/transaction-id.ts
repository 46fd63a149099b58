import { createHash } from 'node:crypto';

/** The id that Fabric gives a transaction: SHA-256 of nonce and creator, in lower-case hexadecimal. */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return createHash('sha256').update(nonce).update(creator).digest('hex');
}
