import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { decodeSignature, encodeSignature, isLowS, toLowS } from './ecdsa-signature.js';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const message = Buffer.from('a message');

describe('low-S signatures', () => {
  test('every signature becomes one with a low S that still verifies', () => {
    for (let round = 0; round < 40; round += 1) {
      const signature = toLowS(sign('sha256', message, privateKey));
      const numbers = decodeSignature(signature);
      expect(numbers !== undefined && isLowS(numbers)).toBe(true);
      expect(verify('sha256', message, publicKey, signature)).toBe(true);
    }
  });

  test('decoding is the inverse of encoding', () => {
    const number = fc.bigInt({ min: 1n, max: ORDER - 1n });
    fc.assert(fc.property(number, number, (r, s) => {
      expect(decodeSignature(encodeSignature({ r, s }))).toEqual({ r, s });
    }));
  });

  test('a high S is told apart from a low one', () => {
    expect(isLowS({ r: 1n, s: ORDER >> 1n })).toBe(true);
    expect(isLowS({ r: 1n, s: (ORDER >> 1n) + 1n })).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['another tag', '3106020101020101'],
    ['trailing bytes', '300602010102010100'],
    ['a negative number', '3006020181020101'],
    ['a number padded with zeros', '300702020001020101'],
    ['a number that is cut off', '3006020101020201'],
  ])('refuses %s', (_, hex) => {
    expect(decodeSignature(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
