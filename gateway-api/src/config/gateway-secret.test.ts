import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadGatewaySecret } from './gateway-secret.js';

describe('the gateway secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medaccord-secret-'));
  const file = join(folder, 'deep', 'secret');
  afterAll(() => { rmSync(folder, { recursive: true }); });

  test('is made once, for its owner alone', () => {
    const first = loadGatewaySecret(file).mac('purpose', 'part');
    const second = loadGatewaySecret(file).mac('purpose', 'part');

    expect(second).toEqual(first);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['secret']);
  });

  test('closes a file that others may read', () => {
    chmodSync(file, 0o644);

    loadGatewaySecret(file);

    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('refuses a file that holds something else', () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'changeme');

    expect(() => loadGatewaySecret(other)).toThrow('32 bytes in hexadecimal');
  });

  test('keeps purposes and the borders between parts apart', () => {
    const secret = loadGatewaySecret(file);
    const macs = [secret.mac('a', 'bc'), secret.mac('ab', 'c'), secret.mac('a', 'b', 'c'), secret.mac('a', 'bc', '')].map((mac) => mac.toString('hex'));

    expect(new Set(macs).size).toBe(macs.length);
  });
});
