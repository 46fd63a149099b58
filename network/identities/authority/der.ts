/** The few lines of DER that the libraries do not offer: the parts of a signed structure, and putting them together. */

/** A certificate or revocation list: what was signed, the algorithm, the signature. */
export interface SignedStructure {
  /** Encoded, with its own tag and length. */
  readonly content: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly signature: Uint8Array;
}

/** Takes `SEQUENCE { content, algorithm, BIT STRING signature }` apart; throws RangeError where the bytes are too short. */
export function readSigned(der: Uint8Array): SignedStructure {
  const outer = element(der, 0);
  const content = element(der, outer.start);
  const algorithm = element(der, content.end);
  const bits = element(der, algorithm.end);
  return {
    content: der.subarray(outer.start, content.end),
    algorithm: der.subarray(content.end, algorithm.end),
    // The first octet of a BIT STRING counts its unused bits, which a signature has none of.
    signature: der.subarray(bits.start + 1, bits.end),
  };
}

/** Puts a signed structure together again. */
export function writeSigned({ content, algorithm, signature }: SignedStructure): Uint8Array {
  const bits = Buffer.concat([Uint8Array.of(0x03), length(signature.length + 1), Uint8Array.of(0), signature]);
  const body = Buffer.concat([content, algorithm, bits]);
  return Uint8Array.from(Buffer.concat([Uint8Array.of(0x30), length(body.length), body]));
}

function element(der: Uint8Array, offset: number): { start: number; end: number } {
  const first = der[offset + 1];
  if (first === undefined) {
    throw new RangeError('the DER ends early');
  }
  const size = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + size;
  const count = size === 0 ? first : der.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  if (start + count > der.length) {
    throw new RangeError('the DER ends early');
  }
  return { start, end: start + count };
}

function length(count: number): Uint8Array {
  if (count < 0x80) {
    return Uint8Array.of(count);
  }
  const digits = count.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  return Buffer.concat([Uint8Array.of(0x80 | bytes.length), bytes]);
}
