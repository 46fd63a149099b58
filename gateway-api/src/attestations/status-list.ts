import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttestationPurpose, Instant } from '@medaccord/domain';

/** The fewest bits of a list (Bitstring Status List 1.0, 6.1), so that fetching one tells nobody which bit was looked at. */
export const LIST_BITS = 131_072;

const mostBytes = 16 * 1024 * 1024;

/** A published list of bits, one purpose for all attestations that name it. */
export interface StatusListCredential {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly issuer: string;
  readonly validFrom: Instant;
  readonly validUntil: Instant;
  readonly credentialSubject: {
    readonly id: string;
    readonly type: 'BitstringStatusList';
    readonly statusPurpose: AttestationPurpose;
    readonly encodedList: string;
    /** Milliseconds for which a reader may keep it. */
    readonly ttl: number;
  };
}

/** The list with these bits set: gzip, base64url, and the `u` of multibase before it. */
export function encodeBits(set: readonly number[]): string {
  const bits = Buffer.alloc(LIST_BITS / 8);
  for (const position of set) bits[position >> 3] = (bits[position >> 3] ?? 0) | maskOf(position);

  return `u${gzipSync(bits).toString('base64url')}`;
}

/** The bit at a position; undefined where the list is none or ends before it. */
export function bitAt(encodedList: string, position: number): boolean | undefined {
  const bits = decoded(encodedList);
  const byte = Number.isSafeInteger(position) && position >= 0 && bits !== undefined && bits.length * 8 >= LIST_BITS ? bits[Math.floor(position / 8)] : undefined;

  return byte === undefined ? undefined : (byte & maskOf(position)) !== 0;
}

/** Position 0 is the leftmost bit. */
function maskOf(position: number): number {
  return 0x80 >> (position % 8);
}

function decoded(encodedList: string): Uint8Array | undefined {
  try {
    return encodedList.startsWith('u') ? gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'), { maxOutputLength: mostBytes }) : undefined;
  } catch {
    return undefined;
  }
}
