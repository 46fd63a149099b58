import { derivedSalt } from '../documents/bytes.js';
import { newDocument } from '../documents/execution.js';
import type { Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import { concatBytes, fromHex, toHex } from '../shared/bytes.js';
import type { Sha256 } from '../shared/bytes.js';
import { canonicalBytes } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import type { Minor } from '../shared/money.js';
import { replaceLeaves } from '../shared/merkle.js';
import type { AccumulatorDocument, AccumulatorInput, Posting, TotalLeaf } from './accumulator.js';

/** The postings root before the first posting. */
export const NO_POSTINGS = '0'.repeat(64);

/** A family's totals while the claims of one command are decided; written as one new version at the end. */
export class AccumulatorState {
  readonly #input: AccumulatorInput;
  readonly #used: Map<string, Minor>;
  readonly #postings: Posting[] = [];

  constructor(input: AccumulatorInput) {
    this.#input = input;
    this.#used = new Map(input.leaves.map(({ leaf }) => [leaf.key, leaf.value.usedMinor]));
  }

  /** The totals as they stand now, in order of their leaves. */
  totals(): readonly { readonly leaf: string; readonly usedMinor: Minor }[] {
    return [...this.#used].sort(([left], [right]) => (left < right ? -1 : 1)).map(([leaf, usedMinor]) => ({ leaf, usedMinor }));
  }

  /** Adds postings; throws INPUT_MISSING for a total whose leaf did not travel. */
  post(postings: readonly Posting[]): void {
    for (const { leaf, amountMinor } of postings) {
      const used = this.#used.get(leaf);
      if (used === undefined) throw new DomainError('INPUT_MISSING', { input: 'accumulator' });
      this.#used.set(leaf, used + amountMinor);
    }
    this.#postings.push(...postings);
  }

  /** Undoes, when called, whatever is posted from now on: a claim that is held after all changes no total. */
  checkpoint(): () => void {
    const [used, posted] = [new Map(this.#used), this.#postings.length];
    return () => {
      for (const [leaf, usedMinor] of used) this.#used.set(leaf, usedMinor);
      this.#postings.length = posted;
    };
  }

  /** The next version, or nothing where no total changed. */
  nextVersion(execution: Execution): AccumulatorDocument | undefined {
    if (this.#postings.length === 0) return undefined;
    const { document, leaves } = this.#input;
    const name = { kind: 'accumulator' as const, id: document.id, version: document.version + 1 };
    const changes = leaves
      .map((old) => ({ old, usedMinor: this.#used.get(old.leaf.key) ?? 0 }))
      .filter(({ old, usedMinor }) => old.leaf.value.usedMinor !== usedMinor)
      .map(({ old, usedMinor }) => ({ old, next: freshLeaf(old.leaf.key, usedMinor, documentKey(name), execution) }));
    const root = replaceLeaves(document.body.root, changes, execution.sha256);
    if (root === undefined) throw new DomainError('PROOF_INVALID', { input: 'accumulator' });
    return newDocument(execution, 'accumulator', name, document.parties, {
      ...document.body,
      root,
      changed: changes.map(({ next }) => next),
      postings: this.#postings,
      postingsRoot: chain(document.body.postingsRoot, this.#postings, execution.sha256),
      postingCount: document.body.postingCount + this.#postings.length,
    });
  }
}

/** A leaf with a salt of its own, derived from the command's. */
export function freshLeaf(key: string, usedMinor: Minor, documentName: string, { salt, sha256 }: Execution): TotalLeaf {
  return { key, salt: derivedSalt(salt, `${documentName}~${key}`, sha256), value: { usedMinor } };
}

/** The hash over all postings up to these. */
export function chain(postingsRoot: string, postings: readonly Posting[], sha256: Sha256): string {
  return toHex(sha256(concatBytes(fromHex(postingsRoot), canonicalBytes(postings))));
}

/** All leaves after changes that were made one after the other, from the leaves that the chain begins with. */
export function leavesAfter(base: readonly TotalLeaf[], changes: readonly (readonly TotalLeaf[])[]): readonly TotalLeaf[] {
  const leaves = new Map(base.map((leaf) => [leaf.key, leaf]));
  for (const leaf of changes.flat()) leaves.set(leaf.key, leaf);
  return [...leaves.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
