import fc from 'fast-check';
import { MerkleTree, isAbsent, isIncluded, replaceLeaves } from './merkle.js';
import type { Inclusion, Leaf } from './merkle.js';
import { sha256 } from './testing/sha256.js';

const salt = '00112233445566778899aabbccddeeff';
const leaf = (key: string, value = 1): Leaf<number> => ({ key, salt, value });
const keys = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 40 }).map((some) => some.sort((a, b) => (a < b ? -1 : 1)));
const treeOf = (some: readonly string[]): MerkleTree<number> => new MerkleTree(some.map((key, index) => leaf(key, index)), sha256);

function inclusionOf(tree: MerkleTree<number>, key: string): Inclusion<number> {
  const found = tree.inclusion(key);
  if (found === undefined) throw new Error(`no leaf ${key}`);
  return found;
}

describe('a sorted Merkle tree', () => {
  test('proves every leaf that it has and no other', () => {
    fc.assert(
      fc.property(keys, fc.stringMatching(/^[a-z]{1,3}$/), (some, key) => {
        const tree = treeOf(some);
        const [inclusion, absence] = [tree.inclusion(key), tree.absence(key)];
        expect(inclusion !== undefined).toBe(some.includes(key));
        if (inclusion !== undefined) expect(isIncluded(tree.root, inclusion, sha256)).toBe(true);
        else expect(absence !== undefined && isAbsent(tree.root, key, absence, sha256)).toBe(true);
      }),
    );
  });

  test('a proof fails for another value, salt, key, place, size or root', () => {
    const tree = treeOf(['a', 'b', 'c', 'd', 'e']);
    const proof = inclusionOf(tree, 'c');
    const altered: Inclusion<number>[] = [
      { ...proof, leaf: { ...proof.leaf, value: 9 } },
      { ...proof, leaf: { ...proof.leaf, salt: 'ff'.repeat(16) } },
      { ...proof, leaf: { ...proof.leaf, key: 'cc' } },
      { ...proof, path: { ...proof.path, index: 3 } },
      { ...proof, path: { ...proof.path, count: 6 } },
      { ...proof, path: { ...proof.path, index: 7 } },
      { ...proof, path: { ...proof.path, siblings: proof.path.siblings.slice(1) } },
      { ...proof, path: { ...proof.path, siblings: proof.path.siblings.map(() => 'not a hash') } },
    ];
    expect(altered.map((one) => isIncluded(tree.root, one, sha256))).toEqual(altered.map(() => false));
    expect(isIncluded(treeOf(['a', 'c']).root, proof, sha256)).toBe(false);
  });

  test('absence needs the two neighbours: a gap, a present key or a one-sided proof is refused', () => {
    const tree = treeOf(['b', 'd', 'f']);
    const [ofC, ofE, ofA, ofZ] = ['c', 'e', 'a', 'z'].map((key) => tree.absence(key));
    if (!ofC?.before || !ofE?.after || !ofA?.after || !ofZ?.before) throw new Error('proofs expected');
    expect(isAbsent(tree.root, 'd', { before: ofC.before, after: ofE.after }, sha256)).toBe(false); // skips the leaf d
    expect(isAbsent(tree.root, 'e', ofC, sha256)).toBe(false);
    expect(isAbsent(tree.root, 'c', { before: ofC.before }, sha256)).toBe(false); // b is not the last
    expect(isAbsent(tree.root, 'c', { after: ofE.after }, sha256)).toBe(false); // f is not the first
    expect(isAbsent(tree.root, 'c', {}, sha256)).toBe(false); // the tree is not empty
    expect(isAbsent(tree.root, 'c', { ...ofC, before: { ...ofC.before, content: 'x' } }, sha256)).toBe(false);
    expect([isAbsent(tree.root, 'a', ofA, sha256), isAbsent(tree.root, 'z', ofZ, sha256), isAbsent(treeOf([]).root, 'a', {}, sha256)]).toEqual([true, true, true]);
  });

  test('a neighbour tells its key, not its value', () => {
    const absence = new MerkleTree([{ key: 'a', salt, value: 'secret' }], sha256).absence('b');
    expect(JSON.stringify(absence)).not.toContain('secret');
  });

  test('replacing proved leaves gives the root of the changed tree', () => {
    fc.assert(
      fc.property(keys.filter((some) => some.length > 0), fc.infiniteStream(fc.boolean()), (some, picks) => {
        const tree = treeOf(some);
        const chosen = some.filter(() => picks.next().value === true);
        const changes = chosen.map((key) => ({ old: inclusionOf(tree, key), next: leaf(key, 1000) }));
        const changed = new MerkleTree(some.map((key, index) => leaf(key, chosen.includes(key) ? 1000 : index)), sha256);
        expect(replaceLeaves(tree.root, changes, sha256)).toBe(changed.root);
      }),
    );
  });

  test('replacing refuses a leaf that is not proved, a changed key and a place named twice', () => {
    const tree = treeOf(['a', 'b', 'c']);
    const old = inclusionOf(tree, 'b');
    expect(replaceLeaves(tree.root, [{ old: { ...old, leaf: leaf('b', 77) }, next: leaf('b', 2) }], sha256)).toBeUndefined();
    expect(replaceLeaves(tree.root, [{ old, next: leaf('bb', 2) }], sha256)).toBeUndefined();
    expect(replaceLeaves(tree.root, [{ old, next: leaf('b', 2) }, { old, next: leaf('b', 3) }], sha256)).toBeUndefined();
  });

  test('refuses keys that are not ascending ASCII', () => {
    expect(() => treeOf(['b', 'a'])).toThrow(RangeError);
    expect(() => treeOf(['a', 'a'])).toThrow(RangeError);
    expect(() => treeOf(['ä'])).toThrow(RangeError);
  });
});
