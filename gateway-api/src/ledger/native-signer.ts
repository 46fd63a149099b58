import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Signer } from '@hyperledger/fabric-gateway';

/** Orders of the curves whose keys Fabric takes, by OpenSSL's names. */
const ORDERS: Readonly<Record<string, bigint>> = {
  prime256v1: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  secp384r1: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

/**
 * Signs messages with Node's own cryptography, as Fabric takes it: ECDSA over SHA-256 in DER with the lower of the two
 * equivalent S, or Ed25519. The client's ready-made signer computes in JavaScript and takes longer than the rest of a call.
 * Use with `hash.none`: the message comes whole. Throws TypeError for a key of another kind.
 */
export function nativeSigner(key: KeyObject): Signer {
  if (key.asymmetricKeyType === 'ed25519') return (message) => Promise.resolve(sign(null, message, key));
  const order = ORDERS[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (key.asymmetricKeyType !== 'ec' || order === undefined) throw new TypeError('not a key that Fabric takes');
  return (message) => Promise.resolve(derOf(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }), order));
}

/** `SEQUENCE { INTEGER r, INTEGER s }` of both numbers laid one after the other. */
function derOf(numbers: Buffer, order: bigint): Uint8Array {
  const half = numbers.length / 2;
  const s = BigInt(`0x${numbers.subarray(half).toString('hex')}`);
  const low = s > order / 2n ? Buffer.from((order - s).toString(16).padStart(numbers.length, '0'), 'hex') : numbers.subarray(half);
  const body = Buffer.concat([derInteger(numbers.subarray(0, half)), derInteger(low)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** An unsigned number without leading zeros, but one where the first bit would make it negative. */
function derInteger(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const digits = number.subarray(first);
  const content = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
  return Buffer.concat([Buffer.from([0x02, content.length]), content]);
}
