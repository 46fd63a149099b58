/**
 * ECDSA signatures as Fabric takes them: DER, with S in the lower half of the curve's order, so that a signature cannot
 * be altered into a second valid one.
 */

/** Half the order of P-256, the largest S that Fabric's peers and orderers accept. */
const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P256_HALF_ORDER = P256_ORDER >> 1n;

/** The two numbers of an ECDSA signature. */
export interface EcdsaNumbers {
  readonly r: bigint;
  readonly s: bigint;
}

/** Reads a DER `SEQUENCE { INTEGER r, INTEGER s }`; undefined where the bytes are anything else. */
export function decodeSignature(der: Uint8Array): EcdsaNumbers | undefined {
  // A P-256 signature is at most 72 bytes, so every length is one byte.
  if (der.length < 8 || der.length > 72 || der[0] !== 0x30 || der[1] !== der.length - 2) {
    return undefined;
  }
  const r = readInteger(der, 2);
  const s = r === undefined ? undefined : readInteger(der, r.end);
  if (r === undefined || s === undefined || s.end !== der.length) {
    return undefined;
  }
  return { r: r.value, s: s.value };
}

/** Writes both numbers as DER. */
export function encodeSignature({ r, s }: EcdsaNumbers): Uint8Array {
  const body = [...derInteger(r), ...derInteger(s)];
  return Uint8Array.from([0x30, body.length, ...body]);
}

/** True where S is at most half of the curve's order. */
export function isLowS(numbers: EcdsaNumbers): boolean {
  return numbers.s <= P256_HALF_ORDER;
}

/** The equivalent signature with a low S; the same bytes where S is low already. */
export function toLowS(der: Uint8Array): Uint8Array {
  const numbers = decodeSignature(der);
  if (numbers === undefined || isLowS(numbers)) {
    return der;
  }
  return encodeSignature({ r: numbers.r, s: P256_ORDER - numbers.s });
}

function readInteger(der: Uint8Array, offset: number): { value: bigint; end: number } | undefined {
  const length = der[offset + 1];
  if (der[offset] !== 0x02 || length === undefined || length === 0) {
    return undefined;
  }
  const bytes = der.subarray(offset + 2, offset + 2 + length);
  const [first, second] = bytes;
  const negative = first !== undefined && first >= 0x80;
  const padded = first === 0 && second !== undefined && second < 0x80;
  if (bytes.length !== length || negative || padded) {
    return undefined;
  }
  return { value: BigInt(`0x${Buffer.from(bytes).toString('hex')}`), end: offset + 2 + length };
}

function derInteger(value: bigint): number[] {
  const digits = value.toString(16);
  const bytes = [...Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')];
  const content = (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes;
  return [0x02, content.length, ...content];
}
