import fc from 'fast-check';
import { MerkleTree, referenceLeaf } from '@medaccord/domain';
import type { ReferenceEntry } from '@medaccord/domain';
import { sha256 } from '../ledger/claims-client.js';
import { TableTree } from './table-tree.js';

const FILE = '5e'.repeat(32);
const entry: ReferenceEntry = { type: 'units', most: 1, indicator: '1' };
const keyOf = (number: number): string => `X${String(number).padStart(4, '0')}`;

test('has the root and the proofs of the domain’s tree, for every key', async () => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 40 }), async (numbers) => {
    const keys = numbers.map(keyOf).sort((a, b) => (a < b ? -1 : 1));
    const tree = await TableTree.grow(keys.map((key) => ({ key, entry })), FILE);
    const expected = new MerkleTree(keys.map((key) => referenceLeaf(FILE, key, entry, sha256)), sha256);
    expect(tree.root).toBe(expected.root);
    for (const key of [...keys, 'X', 'X0050', 'Y']) expect([tree.inclusion(key), tree.absence(key)]).toEqual([expected.inclusion(key), expected.absence(key)]);
  }), { numRuns: 40 });
});

test('keys out of order, and one key twice, are refused', async () => {
  await expect(TableTree.grow([{ key: 'B', entry }, { key: 'A', entry }], FILE)).rejects.toThrow(RangeError);
  await expect(TableTree.grow([{ key: 'A', entry }, { key: 'A', entry }], FILE)).rejects.toThrow(RangeError);
});

test('other work goes on while a large one grows', async () => {
  let turns = 0;
  let isGrowing = true;
  const count = (): void => {
    turns += 1;
    if (isGrowing) setImmediate(count);
  };
  setImmediate(count);
  await TableTree.grow(Array.from({ length: 20_000 }, (_, index) => ({ key: index.toString(36).padStart(5, '0'), entry })), FILE);
  isGrowing = false;
  expect(turns).toBeGreaterThanOrEqual(10);
});
