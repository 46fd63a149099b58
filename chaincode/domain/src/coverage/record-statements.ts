import type { RecordAccumulators, RecordCoverages, RecordPlans } from '../claims/command.js';
import type { AnyDocument, HeldDocument, Parties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { invalidInput, issue } from '../shared/errors.js';
import { MerkleTree } from '../shared/merkle.js';
import { accumulatorId } from './accumulator.js';
import type { AccumulatorBody, AccumulatorDocument, Posting, TotalLeaf } from './accumulator.js';
import { NO_POSTINGS, chain, freshLeaf } from './accumulator-state.js';

/** Records benefit plans, each as the version that the command names. */
export function recordPlans({ items }: RecordPlans, parties: Parties, execution: Execution): Effects {
  return recorded(items.map((item) => newDocument(execution, 'plan', item, parties, item.body)));
}

/** Records coverages, also that a person is not known. */
export function recordCoverages({ items }: RecordCoverages, parties: Parties, execution: Execution): Effects {
  return recorded(items.map((item) => newDocument(execution, 'coverage', item, parties, item.body)));
}

/**
 * Records families' totals of a benefit year as they begin, or begin anew: what stands in the leaves is a posting of its
 * own. All leaves are kept in a document beside, from which proofs are made. Throws INVALID_INPUT where leaves are not in
 * order.
 */
export function recordAccumulators({ items }: RecordAccumulators, parties: Parties, execution: Execution): Effects {
  items.forEach(({ totals }, index) => {
    const isOrdered = totals.every(({ leaf }, at) => at === 0 || (totals[at - 1]?.leaf ?? '') < leaf);
    if (!isOrdered) throw invalidInput([issue('INCONSISTENT', `/body/items/${index}/totals`)]);
  });
  const pairs = items.map((item) => openingDocuments(item, parties, execution));
  return { ...recorded(pairs.map(({ accumulator }) => accumulator)), documents: pairs.flatMap(({ accumulator, leaves }) => [accumulator, leaves]) };
}

/** The effects of writing these documents and nothing else. */
export function recorded(documents: readonly HeldDocument[]): Effects {
  const items = documents.map(({ id, version }): ReceiptItem => ({ id, outcome: 'RECORDED', version }));
  return { documents, opened: [], closed: [], index: [], items };
}

function openingDocuments(
  { familyId, benefitYear, currency, version, reason, totals }: RecordAccumulators['items'][number], parties: Parties, execution: Execution,
): { readonly accumulator: AccumulatorDocument; readonly leaves: AnyDocument } {
  const { sha256 } = execution;
  const name = { id: accumulatorId(familyId, benefitYear, sha256), version };
  const key = documentKey({ kind: 'accumulator', ...name });
  const leaves: readonly TotalLeaf[] = totals.map(({ leaf, usedMinor }) => freshLeaf(leaf, usedMinor, key, execution));
  const postings: readonly Posting[] = totals.filter(({ usedMinor }) => usedMinor !== 0).map(({ leaf, usedMinor }) => ({ leaf, amountMinor: usedMinor, cause: reason }));
  const body: AccumulatorBody = {
    familyId,
    benefitYear,
    currency,
    root: new MerkleTree(leaves, sha256).root,
    baseVersion: version,
    changed: [],
    postings,
    postingsRoot: chain(NO_POSTINGS, postings, sha256),
    postingCount: postings.length,
  };
  return {
    accumulator: newDocument(execution, 'accumulator', name, parties, body),
    leaves: newDocument(execution, 'accumulator-leaves', name, parties, { leaves }),
  };
}
