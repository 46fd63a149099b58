import { appealDocumentShape } from '../appeals/appeal.js';
import type { AppealDocument } from '../appeals/appeal.js';
import { documentKey } from '../documents/key.js';
import { openClaim } from '../claims/submit-claims.js';
import { AuthorisationStates } from '../authorisations/authorisation-states.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { accumulatorInputShape } from '../coverage/accumulator.js';
import type { AccumulatorInput } from '../coverage/accumulator.js';
import type { JointParties } from '../documents/document.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { DomainError } from '../shared/errors.js';
import { freeText, list, object, oneOf, optional } from '../shared/parse.js';
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
  /** APPEAL: the appeal that overturned the decision. */
  readonly appeal?: AppealDocument;
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
  items: list(object<Reopening>({ decision: reversalInputShape, cause: oneOf(REOPENING_CAUSES), reason: freeText(1, 500), appeal: optional(appealDocumentShape) }), 1, 500),
  accumulators: list(accumulatorInputShape, 0, 500),
});

/** What reopening rests on. */
export function reopeningPreconditions({ items, accumulators }: ReopenClaims): Preconditions {
  return {
    ...NO_PRECONDITIONS,
    documents: [...items.flatMap(({ decision, appeal }) => [...reversalDocuments(decision), ...(appeal === undefined ? [] : [appeal])]), ...accumulators.map(({ document }) => document)],
    absent: items.flatMap(({ decision }) => unlessFinal(decision)),
  };
}

/**
 * Takes decisions back: a final one stands as a reversal in the next remittance, another one simply counts no more. A second
 * person is needed: who decided a claim does not open it again. Throws SAME_PERSON and what `reverse` refuses.
 */
export function reopenClaims({ items, accumulators }: ReopenClaims, parties: JointParties, execution: Execution): Effects {
  const authorisations = new AuthorisationStates(items.flatMap(({ decision }) => decision.authorisations ?? []));
  const states = new Map(accumulators.map((input) => [input.document.id, new AccumulatorState(input)]));
  const inputs = new Map(accumulators.map((input) => [input.document.id, input]));
  const done = items.map((item, index) => {
    const { decision, cause, reason } = item;
    assertSecondPerson(decision, execution, String(index));
    assertOverturned(item, String(index));
    assertReversible(decision, inputs, String(index), execution.sha256);
    return reverse(decision, { cause, reason }, { accumulators: states, authorisations }, parties, execution);
  });
  const totals = [...states.values()].flatMap((state) => state.nextVersion(execution) ?? []);
  return {
    documents: [...done.map(({ reversal }) => reversal), ...totals, ...authorisations.nextVersions(execution)],
    opened: items.map(({ decision: { claim }, cause }) => openClaim(claim, execution, 'REOPENED', [cause])),
    closed: [],
    index: done.flatMap(({ index }) => index),
    items: done.map(({ reversal }): ReceiptItem => ({ id: reversal.id, outcome: 'REOPENED', version: reversal.version })),
  };
}

/** An appeal that overturned this very decision, exactly where that is the cause. */
function assertOverturned({ decision: { adjudication }, cause, appeal }: Reopening, place: string): void {
  const isOverturned = appeal?.body.state === 'OVERTURNED' && appeal.body.adjudication.key === documentKey(adjudication);
  if (isOverturned !== (cause === 'APPEAL')) throw new DomainError('INPUT_MISMATCH', { input: 'appeal', items: [place] });
}

function assertSecondPerson({ adjudication }: ReversalInput, { actor }: Execution, place: string): void {
  const { by } = adjudication.recorded;
  if (by.mspId === actor.mspId && by.actorId === actor.actorId) throw new DomainError('SAME_PERSON', { items: [place] });
}
