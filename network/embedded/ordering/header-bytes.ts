import type { common } from '@hyperledger/fabric-protos';

const INTEGER = 0x02;
const OCTET_STRING = 0x04;
const SEQUENCE = 0x30;

/** A block header as orderers sign it: the ASN.1 DER sequence of number, previous hash and data hash. */
export function headerBytes(header: common.BlockHeader): Uint8Array {
  return der(SEQUENCE, [
    der(INTEGER, [unsigned(header.getNumber())]),
    der(OCTET_STRING, [header.getPreviousHash_asU8()]),
    der(OCTET_STRING, [header.getDataHash_asU8()]),
  ]);
}

/** Every content here is shorter than 128 bytes (two hashes and a number), so that one length byte does. */
function der(tag: number, contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag, content.length), content]);
}

/** Big-endian without leading zeros, and with one where the first bit would read as a minus sign. */
function unsigned(value: number): Uint8Array {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
}
