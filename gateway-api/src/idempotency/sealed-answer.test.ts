import { randomBytes } from 'node:crypto';
import { seal, unseal } from './sealed-answer.js';

describe('a sealed answer', () => {
  const key = randomBytes(32);

  test('opens for the same key and operation', () => {
    expect(unseal(key, 'one', seal(key, 'one', '{"paid":1250}'))).toBe('{"paid":1250}');
  });

  test('shows nothing of what it holds', () => {
    expect(Buffer.from(seal(key, 'one', 'plain words')).includes('plain words')).toBe(false);
  });

  test.each([
    ['another operation', (sealed: Uint8Array): string => unseal(key, 'two', sealed)],
    ['another key', (sealed: Uint8Array): string => unseal(randomBytes(32), 'one', sealed)],
    ['altered bytes', (sealed: Uint8Array): string => unseal(key, 'one', sealed.with(-1, (sealed.at(-1) ?? 0) ^ 1))],
  ])('does not open for %s', (_, open) => {
    expect(() => open(seal(key, 'one', 'text'))).toThrow();
  });
});
