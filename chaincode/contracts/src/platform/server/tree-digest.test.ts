import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestNamedIn, treeDigest } from './tree-digest.js';

describe('the digest of a built tree', () => {
  const root = mkdtempSync(join(tmpdir(), 'medaccord-tree-'));
  const write = (path: string, content: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  };

  beforeAll(() => {
    write('a/rule.js', 'export const one = 1;');
    write('b/other.js', 'export const two = 2;');
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const digest = (): string => treeDigest([root]);

  test('is twelve hexadecimal digits and the same each time', () => {
    expect(digest()).toMatch(/^[0-9a-f]{12}$/);
    expect(digest()).toBe(digest());
  });

  test('does not change with what does not run', () => {
    const before = digest();
    for (const path of ['a/rule.d.ts', 'a/rule.js.map', 'a/rule.test.js', 'testing/helper.js', '.tsbuildinfo']) write(path, 'anything');
    expect(digest()).toBe(before);
  });

  test('changes with content, name and place of what runs', () => {
    const before = digest();
    write('a/rule.js', 'export const one = 2;');
    const changed = digest();
    write('c/rule.js', 'export const one = 2;');
    expect(new Set([before, changed, digest(), treeDigest([join(root, 'a'), root])]).size).toBe(4);
  });

  test.each([
    ['registry_0.1.0+abcdef012345:6b3f', 'abcdef012345'],
    ['registry:0.1.0+abcdef012345', 'abcdef012345'],
    ['registry:0.1.0', undefined],
    ['registry:0.1.0+abcdef0123456', undefined],
  ])('named in %s is %p', (id, named) => {
    expect(digestNamedIn(id)).toBe(named);
  });
});
