import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { AnyDocument } from '../documents/document.js';
import { documentKey } from '../documents/key.js';
import type { Sha256 } from '../shared/bytes.js';
import { DomainError } from '../shared/errors.js';
import { isIncluded } from '../shared/merkle.js';
import type { AbsentKey } from '../claims/preconditions.js';
import { accumulatorOf } from './reverse.js';
import type { ReversalInput } from './reversal.js';

/** The documents of a decision that is taken back: all must be the newest recorded ones. */
export function reversalDocuments({ claim, adjudication, eob, payment, authorisations = [] }: ReversalInput): readonly AnyDocument[] {
  return [claim, adjudication, eob, ...(payment === undefined ? [] : [payment]), ...authorisations];
}

/** Who says that a decision is not final proves it: there is no payment of it. */
export function unlessFinal({ adjudication: { id, version }, payment }: ReversalInput): readonly AbsentKey[] {
  return payment === undefined ? [{ key: documentKey({ kind: 'payment', id, version }), code: 'INPUT_MISSING', input: 'payment' }] : [];
}

/** Refuses totals whose leaves are not proved. Throws PROOF_INVALID with the item's place. */
export function assertReversible({ adjudication }: ReversalInput, accumulators: ReadonlyMap<string, AccumulatorInput>, place: string, sha256: Sha256): void {
  const input = accumulators.get(accumulatorOf(adjudication) ?? '');
  if (input === undefined) return;
  const holds = input.leaves.every((leaf) => isIncluded(input.document.body.root, leaf, sha256));
  if (!holds) throw new DomainError('PROOF_INVALID', { input: 'accumulator', items: [place] });
}
