import { postingsOf } from '../adjudication/recompute.js';
import { citedAuthorisations } from '../authorisations/authorisation-states.js';
import type { AuthorisationStates } from '../authorisations/authorisation-states.js';
import type { AccumulatorState } from '../coverage/accumulator-state.js';
import type { Posting } from '../coverage/accumulator.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Execution, IndexEntry } from '../documents/execution.js';
import { documentKey, parseDocumentKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import { DomainError } from '../shared/errors.js';
import type { OpaqueId } from '../shared/ids.js';
import { present } from '../shared/present.js';
import { reversedEntries } from './reversed-entries.js';
import type { ReversalBody, ReversalCause, ReversalDocument, ReversalInput } from './reversal.js';

/** Why a decision is taken back, and by which claim. */
export interface ReversalReason {
  readonly cause: ReversalCause;
  readonly reason?: string;
  readonly correctedBy?: OpaqueId;
}

/** What a command changes while it goes on: totals by their id, and authorisations. */
export interface RunningStates {
  readonly accumulators: ReadonlyMap<string, AccumulatorState>;
  readonly authorisations: AuthorisationStates;
}

/** A reversal, and the insurer's index entries that no longer count. */
export interface Reversed {
  readonly reversal: ReversalDocument;
  readonly index: readonly IndexEntry[];
}

/**
 * Takes a decision back: posts the opposite of all that it had posted, to the totals of then, and records that. The
 * postings follow from the decision's own facts, so that nobody has to show what else stood in that version of the totals.
 * Throws INPUT_MISSING where the totals did not travel.
 */
export function reverse(
  input: ReversalInput, why: ReversalReason, { accumulators, authorisations }: RunningStates, parties: JointParties, execution: Execution,
): Reversed {
  const { claim, adjudication } = input;
  const name = { kind: 'reversal' as const, id: claim.id, version: adjudication.version };
  const postings = negated(postingsOf(claim, adjudication), documentKey(name));
  if (postings.length > 0) totalsOf(input, accumulators).post(postings);
  authorisations.giveBack(documentKey(adjudication), citedAuthorisations(adjudication.body.inputs));
  const reversal = newDocument(execution, 'reversal', name, parties, bodyOf(input, why, postings, execution));
  return { reversal, index: reversedEntries(input) };
}

/** The id of the totals that a decision posted to; undefined where it had none. */
export function accumulatorOf({ body: { inputs } }: ReversalInput['adjudication']): OpaqueId | undefined {
  return inputs.map(({ key }) => parseDocumentKey(key)).find(({ kind }) => kind === 'accumulator')?.id;
}

/** The reversal that the next decision has to settle: this one where money had moved, else the one that it carries on. */
export function settledBy(reversal: ReversalDocument, { sha256 }: Pick<Execution, 'sha256'>): DocumentReference | undefined {
  return reversal.body.payment === undefined ? reversal.body.carries : referenceTo(reversal, sha256);
}

function bodyOf({ claim, adjudication, eob, payment }: ReversalInput, why: ReversalReason, postings: readonly Posting[], { sha256 }: Execution): ReversalBody {
  return {
    claim: referenceTo(claim, sha256),
    adjudication: referenceTo(adjudication, sha256),
    eob: referenceTo(eob, sha256),
    cause: why.cause,
    ...present('reason', why.reason),
    ...present('correctedBy', why.correctedBy),
    ...present('payment', payment && referenceTo(payment, sha256)),
    ...present('carries', payment === undefined ? adjudication.body.corrects : undefined),
    postings,
  };
}

function totalsOf({ adjudication }: ReversalInput, accumulators: ReadonlyMap<string, AccumulatorState>): AccumulatorState {
  const state = accumulators.get(accumulatorOf(adjudication) ?? '');
  if (state === undefined) throw new DomainError('INPUT_MISSING', { input: 'accumulator' });
  return state;
}

function negated(postings: readonly Posting[], cause: string): readonly Posting[] {
  return postings.map(({ leaf, amountMinor }) => ({ leaf, amountMinor: -amountMinor, cause }));
}
