import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { signers } from '@hyperledger/fabric-gateway';
import fc from 'fast-check';
import { nativeSigner } from './native-signer.js';

/** S of a DER signature. */
function sOf(der: Uint8Array): bigint {
  const rLength = der[3] ?? 0;
  return BigInt(`0x${Buffer.from(der.subarray(6 + rLength)).toString('hex')}`);
}

test.each([
  ['prime256v1', 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
  ['secp384r1', 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n],
])('ECDSA on %s is valid DER with the lower S, whatever the message', async (namedCurve, order) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const signer = nativeSigner(privateKey);
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (message) => {
    const signature = await signer(message);
    expect(verify('sha256', message, publicKey, signature)).toBe(true);
    expect(sOf(signature) <= order / 2n).toBe(true);
  }), { numRuns: 200 });
});

test('a key of the client’s own signer makes signatures of the same kind', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const message = Buffer.from('the same message');
  const theirs = await signers.newPrivateKeySigner(privateKey)(createHash('sha256').update(message).digest());
  expect(verify('sha256', message, publicKey, theirs)).toBe(true);
  expect(verify('sha256', message, publicKey, await nativeSigner(privateKey)(message))).toBe(true);
});

test('Ed25519 signs the message itself', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const message = Buffer.from('message');
  expect(verify(null, message, publicKey, await nativeSigner(privateKey)(message))).toBe(true);
});

test('another kind of key is refused', () => {
  expect(() => nativeSigner(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)).toThrow(TypeError);
});
