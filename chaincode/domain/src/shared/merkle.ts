import { concatBytes, fromHex, toHex, utf8 } from './bytes.js';
import type { Sha256 } from './bytes.js';
import { canonicalBytes } from './canonical-json.js';

/**
 * A sorted Merkle tree commits to a whole reference set (a fee schedule, an accumulator) by one hash. Keys are ASCII and
 * ascending; each leaf's value is hidden by its own salt, so that a neighbour in a proof tells its key and nothing else.
 * Leaves and nodes are hashed under different prefixes and the tree has the shape of RFC 9162 (split at the largest
 * power of two), so no leaf can pass for a node; the root also binds the number of leaves, which proofs of absence need.
 */
export interface Leaf<V> {
  readonly key: string;
  /** Hexadecimal, at least 16 bytes. */
  readonly salt: string;
  readonly value: V;
}

/** Where a leaf stands and the hashes beside its way to the root, from the bottom. */
export interface Path {
  readonly index: number;
  readonly count: number;
  readonly siblings: readonly string[];
}

/** A leaf together with its place. */
export interface Inclusion<V> {
  readonly leaf: Leaf<V>;
  readonly path: Path;
}

/** A leaf of which only the key is told. */
export interface Neighbour {
  readonly key: string;
  /** Hash over salt and value, hexadecimal. */
  readonly content: string;
  readonly path: Path;
}

/** Shows that a key lies strictly between two neighbouring leaves, or before the first, or after the last. */
export interface Absence {
  readonly before?: Neighbour;
  readonly after?: Neighbour;
}

/** A tree with all its leaves; throws RangeError where keys are not ascending ASCII. */
export class MerkleTree<V> {
  readonly root: string;
  readonly #leaves: readonly Leaf<V>[];
  readonly #hashes: readonly Uint8Array[];
  readonly #sha256: Sha256;
  readonly #subtrees = new Map<string, Uint8Array>();

  constructor(leaves: readonly Leaf<V>[], sha256: Sha256) {
    assertAscending(leaves);
    this.#leaves = leaves;
    this.#sha256 = sha256;
    this.#hashes = leaves.map((leaf) => hashOfLeaf(leaf.key, contentOf(leaf, sha256), sha256));
    this.root = sealedRoot(leaves.length, this.#subtree(0, leaves.length), sha256);
  }

  /** The leaf with this key and its path; undefined where there is none. */
  inclusion(key: string): Inclusion<V> | undefined {
    const index = this.#firstAtLeast(key);
    const leaf = this.#leaves[index];
    return leaf?.key === key ? { leaf, path: this.#path(index) } : undefined;
  }

  /** The proof that there is no leaf with this key; undefined where there is one. */
  absence(key: string): Absence | undefined {
    const index = this.#firstAtLeast(key);
    if (this.#leaves[index]?.key === key) return undefined;
    const before = this.#neighbour(index - 1);
    const after = this.#neighbour(index);
    return { ...(before && { before }), ...(after && { after }) };
  }

  #neighbour(index: number): Neighbour | undefined {
    const leaf = this.#leaves[index];
    return leaf && { key: leaf.key, content: toHex(contentOf(leaf, this.#sha256)), path: this.#path(index) };
  }

  #firstAtLeast(key: string): number {
    let [low, high] = [0, this.#leaves.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#leaves[middle]?.key ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #path(index: number): Path {
    const siblings: string[] = [];
    let [from, to] = [0, this.#leaves.length];
    while (to - from > 1) {
      const split = from + splitOf(to - from);
      siblings.unshift(toHex(index < split ? this.#subtree(split, to) : this.#subtree(from, split)));
      if (index < split) to = split;
      else from = split;
    }
    return { index, count: this.#leaves.length, siblings };
  }

  #subtree(from: number, to: number): Uint8Array {
    if (to === from) return new Uint8Array(0);
    const known = to - from === 1 ? this.#hashes[from] : this.#subtrees.get(`${from}-${to}`);
    if (known !== undefined) return known;
    const split = from + splitOf(to - from);
    const hash = hashOfNode(this.#subtree(from, split), this.#subtree(split, to), this.#sha256);
    this.#subtrees.set(`${from}-${to}`, hash);
    return hash;
  }
}

/** True when the leaf is in the tree with this root. */
export function isIncluded<V>(root: string, { leaf, path }: Inclusion<V>, sha256: Sha256): boolean {
  return rootOver(leaf.key, contentOf(leaf, sha256), path, sha256) === root;
}

/** True when the tree with this root has no leaf with this key. */
export function isAbsent(root: string, key: string, { before, after }: Absence, sha256: Sha256): boolean {
  if (before === undefined && after === undefined) return sealedRoot(0, new Uint8Array(0), sha256) === root;
  if (!isBeside(root, before, sha256) || !isBeside(root, after, sha256)) return false;
  return isBetween(key, before, after) && areAdjacent(before?.path, after?.path);
}

function isBetween(key: string, before: Neighbour | undefined, after: Neighbour | undefined): boolean {
  return (before === undefined || before.key < key) && (after === undefined || key < after.key);
}

/** True for neighbouring places; nothing comes before the first leaf and nothing after the last. */
function areAdjacent(before: Path | undefined, after: Path | undefined): boolean {
  return (before?.index ?? -1) + 1 === (after?.index ?? before?.count);
}

/**
 * The root after these leaves, each proved by its old inclusion, got new salts and values; keys stay. Undefined where an
 * inclusion does not hold or two of them name one place.
 */
export function replaceLeaves<V>(
  root: string,
  changes: readonly { readonly old: Inclusion<V>; readonly next: Leaf<V> }[],
  sha256: Sha256,
): string | undefined {
  const count = changes[0]?.old.path.count;
  if (count === undefined) return root;
  const known = new Map<string, Uint8Array>();
  const replaced = new Map<number, Uint8Array>();
  for (const { old, next } of changes) {
    if (!isIncluded(root, old, sha256) || old.leaf.key !== next.key || replaced.has(old.path.index)) return undefined;
    replaced.set(old.path.index, hashOfLeaf(next.key, contentOf(next, sha256), sha256));
    rememberSiblings(known, old.path);
  }
  return sealedRoot(count, changedSubtree(0, count, known, replaced, sha256), sha256);
}

function changedSubtree(
  from: number, to: number, known: ReadonlyMap<string, Uint8Array>, replaced: ReadonlyMap<number, Uint8Array>, sha256: Sha256,
): Uint8Array {
  const leaf = to - from === 1 ? replaced.get(from) : undefined;
  if (leaf !== undefined) return leaf;
  const isTouched = [...replaced.keys()].some((index) => index >= from && index < to);
  const sibling = known.get(`${from}-${to}`);
  if (!isTouched && sibling !== undefined) return sibling;
  const split = from + splitOf(to - from);
  return hashOfNode(changedSubtree(from, split, known, replaced, sha256), changedSubtree(split, to, known, replaced, sha256), sha256);
}

function rememberSiblings(known: Map<string, Uint8Array>, path: Path): void {
  stepsOf(path)?.forEach(({ siblingFrom, siblingTo }, index) => {
    known.set(`${siblingFrom}-${siblingTo}`, fromHex(path.siblings[index] ?? ''));
  });
}

function isBeside(root: string, neighbour: Neighbour | undefined, sha256: Sha256): boolean {
  if (neighbour === undefined) return true;
  return isHash(neighbour.content) && rootOver(neighbour.key, fromHex(neighbour.content), neighbour.path, sha256) === root;
}

function rootOver(key: string, content: Uint8Array, path: Path, sha256: Sha256): string | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  const top = steps.reduce((hash, { siblingIsLeft }, index) => {
    const sibling = fromHex(path.siblings[index] ?? '');
    return siblingIsLeft ? hashOfNode(sibling, hash, sha256) : hashOfNode(hash, sibling, sha256);
  }, hashOfLeaf(key, content, sha256));
  return sealedRoot(path.count, top, sha256);
}

interface Step {
  readonly siblingIsLeft: boolean;
  readonly siblingFrom: number;
  readonly siblingTo: number;
}

/** The way from the leaf to the root; undefined where the path cannot belong to a tree of that size. */
function stepsOf({ index, count, siblings }: Path): readonly Step[] | undefined {
  if (!isPlace(index, count)) return undefined;
  const steps: Step[] = [];
  let [from, to] = [0, count];
  while (to - from > 1) {
    const split = from + splitOf(to - from);
    const goesLeft = index < split;
    steps.unshift({ siblingIsLeft: !goesLeft, siblingFrom: goesLeft ? split : from, siblingTo: goesLeft ? to : split });
    if (goesLeft) to = split;
    else from = split;
  }
  return steps.length === siblings.length && siblings.every(isHash) ? steps : undefined;
}

function isPlace(index: number, count: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count;
}

/** The hash over a leaf's salt and value. */
export function contentOf<V>({ salt, value }: Leaf<V>, sha256: Sha256): Uint8Array {
  return sha256(canonicalBytes({ salt, value }));
}

/** The hash of a leaf. */
export function hashOfLeaf(key: string, content: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), sha256(utf8(key)), content));
}

/** The hash of a node over its two halves. */
export function hashOfNode(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** The root, which binds the number of leaves. */
export function sealedRoot(count: number, top: Uint8Array, sha256: Sha256): string {
  return toHex(sha256(concatBytes(Uint8Array.of(2), utf8(`${count}:`), top)));
}

/** The largest power of two below `count`: how many leaves the left half holds. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function isHash(textOfHash: string): boolean {
  return /^[0-9a-f]{64}$/.test(textOfHash);
}

function assertAscending(leaves: readonly { readonly key: string }[]): void {
  leaves.forEach(({ key }, index) => {
    const previous = leaves[index - 1];
    if (!/^[\x20-\x7e]+$/.test(key) || (previous !== undefined && previous.key >= key)) throw new RangeError('keys must be ascending ASCII');
  });
}
