import type { AdjudicateClaims, AdjudicationItem, HistoryInput } from '../claims/command.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import type { PlanDocument } from '../coverage/benefit-plan.js';
import { FAMILY } from '../coverage/accumulator.js';
import { accumulatorOf } from '../corrections/reverse.js';
import type { ReversalInput } from '../corrections/reversal.js';
import { referenceInput } from '../reference-data/entry-input.js';
import type { ProofMaker } from '../reference-data/entry-input.js';
import type { ReferenceTableDocument } from '../reference-data/reference-table.js';
import { importedHistory } from './history.js';
import { distinctQuestions, editionsOf, referenceQuestions } from './reference-facts.js';
import type { FeeInput } from '../coverage/fee-schedule.js';
import { rateKeys } from '../coverage/rate-keys.js';
import type { AccumulatorFile, FeeScheduleFile } from '../claims/query.js';
import type { Sha256 } from '../shared/bytes.js';
import { MerkleTree } from '../shared/merkle.js';

/** What an insurer's gateway read at its own peer, for the claims that are to be decided. */
export interface AdjudicationReading {
  readonly items: readonly AdjudicationItem[];
  readonly coverages: readonly CoverageDocument[];
  readonly plans: readonly PlanDocument[];
  readonly feeSchedules: readonly FeeScheduleFile[];
  readonly accumulators: readonly AccumulatorFile[];
  readonly history: readonly HistoryInput[];
  /** Every edition that the claims' dates may need, whole. */
  readonly referenceTables?: readonly ReferenceTableFile[];
}

/** An edition with all its entries as a tree, from which proofs are made. */
export interface ReferenceTableFile {
  readonly document: ReferenceTableDocument;
  readonly tree: ProofMaker;
}

/**
 * Puts an adjudicating command together: of each fee schedule only the entries that the claims ask for, of each
 * accumulator only the leaves of these patients and their family, every one with its proof.
 */
export function assembleAdjudication(reading: AdjudicationReading, sha256: Sha256): AdjudicateClaims {
  const { items, coverages, plans, feeSchedules, accumulators, history } = reading;
  return {
    verb: 'adjudicateClaims',
    items,
    coverages,
    plans,
    feeSchedules: feeSchedules.map(({ document }) => document),
    fees: feeSchedules.flatMap((file) => feeInputs(file, items, sha256)),
    accumulators: accumulators.map((file) => accumulatorInput(file, coverages, items.flatMap(({ original }) => original ?? []), sha256)),
    history,
    ...referenceInputs(reading),
  };
}

/** The editions, and of each only the entries that the claims ask for; of the batch's other claims on the same person too. */
function referenceInputs({ items, plans, history, referenceTables }: AdjudicationReading): Pick<AdjudicateClaims, 'referenceTables' | 'entries'> {
  if (referenceTables === undefined || referenceTables.length === 0) return {};
  const documents = referenceTables.map(({ document }) => document);
  const trees = new Map(referenceTables.map(({ document, tree }) => [document.id, tree]));
  const terms = plans.flatMap(({ body }) => body.edits ?? []);
  const earlier = new Map(history.map(({ claim }) => [claim.id, claim]));
  const questions = items.flatMap((item) => {
    const sameBatch = items.filter((other) => other !== item && other.coverageId === item.coverageId).map(({ claim }) => claim);
    const claims = [...item.history.flatMap((id) => earlier.get(id) ?? []), ...sameBatch].filter(({ body }) => body.content.type === item.claim.body.content.type);
    const others = [...claims.flatMap(({ body }) => body.content.lines), ...(item.imported ?? []).flatMap((claim) => importedHistory(claim).lines)];
    return terms.flatMap((one) => referenceQuestions(item.claim.body.content, one, documents, others));
  });
  const entries = distinctQuestions(questions).flatMap(({ document, key }) => {
    const tree = trees.get(document.id);
    return tree === undefined ? [] : [referenceInput(document.id, tree, key)];
  });
  const used = new Set(items.flatMap(({ claim }) => terms.flatMap((one) => editionsOf(claim.body.content, one, documents, questions))).map(({ id }) => id));
  return { referenceTables: documents.filter(({ id }) => used.has(id)), entries };
}

function feeInputs({ document, entries }: FeeScheduleFile, items: readonly AdjudicationItem[], sha256: Sha256): readonly FeeInput[] {
  const { prices } = document.body;
  const asked = items.filter(({ feeScheduleId }) => feeScheduleId === document.id).flatMap(({ claim }) => rateKeys(prices, claim.body.content));
  const keys = [...new Set(asked)].sort((a, b) => (a < b ? -1 : 1));
  if (keys.length === 0) return [];
  const tree = new MerkleTree(entries, sha256);
  return keys.map((key): FeeInput => {
    const inclusion = tree.inclusion(key);
    if (inclusion !== undefined) return { type: 'listed', feeScheduleId: document.id, inclusion };
    return { type: 'not-listed', feeScheduleId: document.id, key, absence: tree.absence(key) ?? {} };
  });
}

/** The leaves of the patients and the family, also of those whose decisions are taken back, with their proofs. */
export function accumulatorInput({ document, leaves }: AccumulatorFile, coverages: readonly CoverageDocument[], reversed: readonly ReversalInput[], sha256: Sha256): AccumulatorInput {
  const tree = new MerkleTree(leaves, sha256);
  const people = coverages.filter(({ body }) => body.familyId === document.body.familyId).flatMap(({ body }) => body.person ?? []);
  const others = reversed.filter(({ adjudication }) => accumulatorOf(adjudication) === document.id).flatMap(({ adjudication }) => adjudication.body.facts.coverage.person ?? []);
  const owners = new Set([FAMILY, ...people, ...others]);
  const wanted = leaves.filter(({ key }) => owners.has(key.slice(0, key.indexOf('/'))));
  return { document, leaves: wanted.flatMap(({ key }) => tree.inclusion(key) ?? []) };
}
