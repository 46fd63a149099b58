import { generateKeyPairSync, sign } from 'node:crypto';
import { verifySignature } from './certificates.js';

const bytes = new TextEncoder().encode('an order');

describe('a signature', () => {
  test.each([
    ['of a P-256 key', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256'],
    ['of a P-384 key', generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha256'],
    ['of an Ed25519 key', generateKeyPairSync('ed25519'), null],
  ])('%s holds over its own bytes alone', (_, { publicKey, privateKey }, algorithm) => {
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const signature = sign(algorithm, bytes, privateKey).toString('base64');

    expect(verifySignature(key, bytes, signature)).toBe(true);
    expect(verifySignature(key, new TextEncoder().encode('another order'), signature)).toBe(false);
    expect(verifySignature(key, bytes, Buffer.from('no signature at all').toString('base64'))).toBe(false);
  });

  test('of what is no key never holds', () => {
    expect(verifySignature('AAAA', bytes, 'AAAA')).toBe(false);
  });
});
