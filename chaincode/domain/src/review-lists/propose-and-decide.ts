import { inputsOf } from '../adjudication/inputs.js';
import { standingQueriesOf } from '../adjudication/standings.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties, Parties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import { documentKey } from '../documents/key.js';
import type { Sha256 } from '../shared/bytes.js';
import { canonicalJson } from '../shared/canonical-json.js';
import { DomainError } from '../shared/errors.js';
import { outcomeNow, outcomeThen } from './reconsider.js';
import type { DecideReviews, ProposedChange, ProposeReviews, ReviewOutcome } from './review-list.js';

/** What proposals rest on: decisions that stand, and the terms of now. */
export function proposalPreconditions({ decisions, terms }: ProposeReviews, sha256: Sha256): Preconditions {
  const inputs = inputsOf(terms, sha256);
  return {
    ...NO_PRECONDITIONS,
    documents: [...inputs.documents(), ...decisions.flatMap(({ adjudication, eob }) => [adjudication, eob])],
    absent: decisions.map(({ adjudication: { id, version } }) => ({ key: documentKey({ kind: 'reversal', id, version }), code: 'ADJUDICATION_REVERSED' as const })),
    standings: standingQueriesOf(inputs.claims()),
  };
}

/**
 * Lists the claims whose outcome, or whose providers' standing, would be otherwise now; it changes none of them. Throws
 * INPUT_MISMATCH where decisions and claims are not the same.
 */
export function proposeReviews({ listId, cause, reason, decisions, terms }: ProposeReviews, { insurerMsp, hospitalMsp }: JointParties, execution: Execution): Effects {
  const all = inputsOf(terms, execution.sha256);
  const claims = all.claims();
  const changes = decisions.map((decision, index): ProposedChange => {
    const inputs = claims[index];
    const { adjudication, eob } = decision;
    if (inputs === undefined || inputs.claim.id !== adjudication.id || eob.id !== adjudication.id || eob.version !== adjudication.version || claims.length !== decisions.length) throw new DomainError('INPUT_MISMATCH', { input: 'decision', items: [String(index)] });
    return {
      claimId: adjudication.id,
      adjudication: referenceTo(adjudication, execution.sha256),
      currency: eob.body.currency,
      was: outcomeThen(decision),
      wouldBe: outcomeNow(inputs, all, execution.registry.standings, decision),
      state: 'PROPOSED',
    };
  });
  const differing = changes.filter(({ was, wouldBe }) => !isSame(was, wouldBe));
  const body = { hospitalMsp, cause, reason, changes: differing, unchanged: changes.length - differing.length, proposedBy: execution.actor };
  return recorded([newDocument(execution, 'review-list', { id: listId, version: 1 }, { insurerMsp }, body)]);
}

/** What deciding rests on: the newest list. */
export function reviewPreconditions({ list }: DecideReviews): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [list] };
}

/**
 * Releases or dismisses proposals, each once. A second person is needed: who asked for the list does not release it. Throws
 * SAME_PERSON, and REVIEW_NOT_OPEN for a claim that is not proposed.
 */
export function decideReviews({ list, decisions }: DecideReviews, parties: Parties, execution: Execution): Effects {
  const { now, actor } = execution;
  if (list.body.proposedBy.actorId === actor.actorId) throw new DomainError('SAME_PERSON');
  const wrong = decisions.findIndex(({ claimId }, index) => !isProposed(list.body.changes, claimId) || decisions.findIndex((one) => one.claimId === claimId) !== index);
  if (wrong >= 0) throw new DomainError('REVIEW_NOT_OPEN', { items: [String(wrong)] });
  const changes = list.body.changes.map((change): ProposedChange => {
    const decision = decisions.find(({ claimId }) => claimId === change.claimId);
    return decision === undefined ? change : { ...change, state: decision.state, decided: { at: now, by: actor, reason: decision.reason } };
  });
  return recorded([newDocument(execution, 'review-list', { id: list.id, version: list.version + 1 }, parties, { ...list.body, changes })]);
}

function isProposed(changes: readonly ProposedChange[], claimId: string): boolean {
  return changes.some((change) => change.claimId === claimId && change.state === 'PROPOSED');
}

/** The rule set's name alone is no difference. */
function isSame({ ruleSet: _then, ...was }: ReviewOutcome, { ruleSet: _now, ...wouldBe }: ReviewOutcome): boolean {
  return canonicalJson(was) === canonicalJson(wouldBe);
}
