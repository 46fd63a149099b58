import type { AdjudicateClaims, AdjudicationItem, HistoryInput } from '../claims/command.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import type { PlanDocument } from '../coverage/benefit-plan.js';
import { FAMILY } from '../coverage/accumulator.js';
import { accumulatorOf } from '../corrections/reverse.js';
import type { ReversalInput } from '../corrections/reversal.js';
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
  };
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
