import { createHash, hash } from 'node:crypto';

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Buffer {
  const single = parts[0];
  // Short cut: hashing at once is quicker.
  if (parts.length === 1 && single !== undefined) return hash('sha256', single, 'buffer');
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** SHA-256 of a key in lower-case hex: how hashed keys are named inside the ledger (hex sorts as the bytes do). */
export function keyHashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

/** Equality of two byte strings. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
