import { createHash } from 'node:crypto';

/** One way in which a secret could stand in bytes. */
export interface SecretForm {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The forms of a value: plain, hex in both cases, base64 at each of its three alignments, SHA-256 raw, hex and base64. */
export function secretForms(value: string | Uint8Array): SecretForm[] {
  const plain = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(value);
  const digest = createHash('sha256').update(plain).digest();
  return [
    { name: 'plain', bytes: plain },
    { name: 'hex', bytes: Buffer.from(plain.toString('hex')) },
    { name: 'HEX', bytes: Buffer.from(plain.toString('hex').toUpperCase()) },
    ...base64Forms(plain),
    { name: 'sha-256', bytes: digest },
    { name: 'sha-256 hex', bytes: Buffer.from(digest.toString('hex')) },
    { name: 'sha-256 base64', bytes: Buffer.from(digest.toString('base64').replace(/=+$/, '')) },
  ];
}

/**
 * Base64 of a value that begins 0, 1 or 2 bytes after a group of three, without the characters that depend on its
 * neighbours; too short ones are left out, since they would be found everywhere.
 */
function base64Forms(plain: Buffer): SecretForm[] {
  return [0, 1, 2]
    .map((offset) => {
      const encoded = Buffer.concat([Buffer.alloc(offset), plain]).toString('base64').replace(/=+$/, '');
      const begin = offset === 0 ? 0 : offset + 1;
      const end = (offset + plain.length) % 3 === 0 ? encoded.length : encoded.length - 1;
      return { name: `base64+${String(offset)}`, bytes: Buffer.from(encoded.slice(begin, end)) };
    })
    .filter(({ bytes }) => bytes.length >= 8);
}
