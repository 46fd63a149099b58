import { createHash } from 'node:crypto';
import type { Signed } from './signature-set.js';

/**
 * Signatures that were verified lately, so that an endorsement is verified once and not again when its block is
 * validated. Forgets the oldest above its size.
 */
export class VerifiedSignatures {
  private readonly keys = new Set<string>();

  constructor(private readonly size: number) {}

  has(identityId: string, signed: Signed): boolean {
    return this.keys.has(keyOf(identityId, signed));
  }

  add(identityId: string, signed: Signed): void {
    this.keys.add(keyOf(identityId, signed));
    if (this.keys.size > this.size) {
      const [oldest] = this.keys;
      this.keys.delete(oldest ?? '');
    }
  }
}

function keyOf(identityId: string, { data, signature }: Signed): string {
  return createHash('sha256').update(identityId).update(Uint8Array.of(signature.length)).update(signature).update(data).digest('base64');
}
