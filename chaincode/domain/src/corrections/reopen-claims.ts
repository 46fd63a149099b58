import { openClaim } from '../claims/submit-claims.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { accumulatorInputShape } from '../coverage/accumulator.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { JointParties } from '../documents/document.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { DomainError } from '../shared/errors.js';
import { freeText, list, object, oneOf } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { reverse } from './reverse.js';
import { reversalInputShape } from './reversal-input-shape.js';
import { assertReversible, reversalDocuments, unlessFinal } from './reversible.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import type { ReversalInput } from './reversal.js';

/** Why the same claim is to be decided again. */
export const REOPENING_CAUSES = ['APPEAL', 'OVERPAYMENT', 'RECONSIDERATION', 'RETROACTIVE_CHANGE'] as const;

/** A decision to take back, so that its claim waits again. */
export interface Reopening {
  readonly decision: ReversalInput;
  readonly cause: (typeof REOPENING_CAUSES)[number];
  readonly reason: string;
}

/** Insurer, claims-supervisor. Takes decisions back with all that they had posted; their claims wait again. */
export interface ReopenClaims {
  readonly verb: 'reopenClaims';
  readonly items: readonly Reopening[];
  readonly accumulators: readonly AccumulatorInput[];
}

/** Reads claims to open again. */
export const reopenClaimsShape: Shape<ReopenClaims> = object<ReopenClaims>({
  verb: oneOf(['reopenClaims']),
  items: list(object<Reopening>({ decision: reversalInputShape, cause: oneOf(REOPENING_CAUSES), reason: freeText(1, 500) }), 1, 500),
  accumulators: list(accumulatorInputShape, 0, 500),
});

/** What reopening rests on. */
export function reopeningPreconditions({ items, accumulators }: ReopenClaims): Preconditions {
  return {
    ...NO_PRECONDITIONS,
    documents: [...items.flatMap(({ decision }) => reversalDocuments(decision)), ...accumulators.map(({ document }) => document)],
    absent: items.flatMap(({ decision }) => unlessFinal(decision)),
  };
}

/**
 * Takes decisions back: a final one stands as a reversal in the next remittance, another one simply counts no more. A second
 * person is needed: who decided a claim does not open it again. Throws SAME_PERSON and what `reverse` refuses.
 */
export function reopenClaims({ items, accumulators }: ReopenClaims, parties: JointParties, execution: Execution): Effects {
  const states = new Map(accumulators.map((input) => [input.document.id, new AccumulatorState(input)]));
  const inputs = new Map(accumulators.map((input) => [input.document.id, input]));
  const done = items.map(({ decision, cause, reason }, index) => {
    assertSecondPerson(decision, execution, String(index));
    assertReversible(decision, inputs, String(index), execution.sha256);
    return reverse(decision, { cause, reason }, states, parties, execution);
  });
  const totals = [...states.values()].flatMap((state) => state.nextVersion(execution) ?? []);
  return {
    documents: [...done.map(({ reversal }) => reversal), ...totals],
    opened: items.map(({ decision: { claim }, cause }) => openClaim(claim, execution, 'REOPENED', [cause])),
    closed: [],
    index: done.flatMap(({ index }) => index),
    items: done.map(({ reversal }): ReceiptItem => ({ id: reversal.id, outcome: 'REOPENED', version: reversal.version })),
  };
}

function assertSecondPerson({ adjudication }: ReversalInput, { actor }: Execution, place: string): void {
  const { by } = adjudication.recorded;
  if (by.mspId === actor.mspId && by.actorId === actor.actorId) throw new DomainError('SAME_PERSON', { items: [place] });
}
