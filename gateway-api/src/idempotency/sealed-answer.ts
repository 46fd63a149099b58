import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Encrypts an answer for the database; bound to its operation, so that rows cannot be swapped. */
export function seal(key: Uint8Array, operationId: string, text: string): Uint8Array {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(operationId));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);

  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** The answer that `seal` encrypted; throws where key, operation or bytes are not the same. */
export function unseal(key: Uint8Array, operationId: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(operationId)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));

  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
}
