import type { AdjudicationDocument, DecisionFacts, EobDocument } from '../adjudication/adjudication.js';
import { decide } from '../adjudication/decide.js';
import type { ClaimDecision } from '../adjudication/decide.js';
import { adjudicationBody, eobBody } from '../adjudication/documents.js';
import { collectFacts } from '../adjudication/facts.js';
import { inputsOf } from '../adjudication/inputs.js';
import type { ClaimInputs } from '../adjudication/inputs.js';
import { CURRENT_RULE_SETS, ruleSet } from '../adjudication/rule-sets.js';
import type { RuleSet } from '../adjudication/rule-sets.js';
import { standingQueriesAsKnown, standingQueriesOf } from '../adjudication/standings.js';
import type { AdjudicateClaims } from '../claims/command.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { AbsentKey, Preconditions } from '../claims/preconditions.js';
import { serviceKeys } from '../claims/service-keys.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import type { HeldDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution, IndexEntry } from '../documents/execution.js';
import { coverageClaimKey, decidedAloneKey, documentKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import { assertSecondPerson } from '../pends/work-pends.js';
import { canonicalJson } from '../shared/canonical-json.js';
import type { Sha256 } from '../shared/bytes.js';
import { DomainError } from '../shared/errors.js';
import { isIncluded } from '../shared/merkle.js';
import { assertWaited, tickOf } from './attempt.js';
import type { AttemptDocument } from './attempt.js';
import type { CountersignDecision, DecideAlone, UnilateralBody, UnilateralDocument, WithdrawDecision } from './unilateral.js';

/** The mark of a claim that the insurer decided alone: no joint decision while it stands. */
export function unlessDecidedAlone(claimId: string, insurerMsp: string): AbsentKey {
  return { key: decidedAloneKey(claimId), code: 'DECIDED_ALONE', parties: { insurerMsp } };
}

/** What deciding alone rests on: all that a joint decision does. */
export function decidingAlonePreconditions({ attempt, before, contract, terms }: DecideAlone, sha256: Sha256): Preconditions {
  const inputs = inputsOf(terms, sha256);
  return {
    ...NO_PRECONDITIONS,
    documents: [...inputs.documents(), attempt, ...(before === undefined ? [] : [before]), ...(contract === undefined ? [] : [contract])],
    open: terms.items.map(({ claim }) => claim.id),
    absent: terms.items.map(({ claim }) => unlessDecidedAlone(claim.id, claim.parties.insurerMsp)),
    standings: standingQueriesOf(inputs.claims()),
  };
}

/**
 * Decides one claim by the current rules and reserves the totals; the claim goes on waiting for both. Throws TOO_EARLY_ALONE,
 * ATTEMPT_LAPSED, ALONE_NOT_POSSIBLE for a claim that a person has to look at, and INPUT_MISMATCH for several claims, a
 * correction, a decision that was taken back, or one with authorisations: those change documents of both.
 */
export function decideAlone({ attempt, before, contract, terms }: DecideAlone, { insurerMsp, hospitalMsp }: JointParties, execution: Execution): Effects {
  const inputs = onlyClaim(terms, execution.sha256);
  const { id } = inputs.claim;
  assertOfClaim(attempt, before, id, { insurerMsp, hospitalMsp });
  assertWaited(attempt, contract, execution);
  assertSecondPerson(inputs.pend, execution);
  const { facts, decision } = decided(terms, inputs, CURRENT_RULE_SETS[inputs.claim.body.content.type], execution);
  if (decision.holds.length > 0) throw new DomainError('ALONE_NOT_POSSIBLE');
  const reference = referenceTo(inputs.claim, execution.sha256);
  const body: UnilateralBody = {
    hospitalMsp,
    claim: reference,
    attempt: referenceTo(attempt, execution.sha256),
    tick: tickOf(execution),
    inputs: cited(inputs, tablesOf(terms, facts, execution), execution.sha256),
    ruleSet: CURRENT_RULE_SETS[inputs.claim.body.content.type].name,
    facts,
    rulesFired: decision.rulesFired,
    eob: eobBody(inputs.claim, { claim: reference }, facts, decision),
    postings: decision.postings,
    state: 'DECIDED',
  };
  const document = newDocument(execution, 'unilateral', { id, version: (before?.version ?? 0) + 1 }, { ownerMsp: insurerMsp }, body);
  return { ...recorded([document]), documents: [document, ...totalsAfter(inputs, decision, execution)], index: [{ key: decidedAloneKey(id), value: { version: document.version } }] };
}

/** The attempt, and what was withdrawn before, are of this claim and these parties. */
function assertOfClaim({ id, parties, body }: AttemptDocument, before: UnilateralDocument | undefined, claimId: string, { insurerMsp, hospitalMsp }: JointParties): void {
  const isOne = body.purpose === 'DECIDE' && id === claimId && parties.ownerMsp === insurerMsp && body.counterparty === hospitalMsp;
  if (!isOne || (before !== undefined && before.id !== claimId)) throw new DomainError('INPUT_MISMATCH', { input: 'attempt' });
}

function totalsAfter({ accumulator }: ClaimInputs, { postings }: ClaimDecision, execution: Execution): readonly HeldDocument[] {
  const next = accumulator && posted(new AccumulatorState(accumulator), postings).nextVersion(execution);
  return next === undefined ? [] : [next];
}

/** What counter-signing rests on: the decision and its claim as they are, the other documents as they were, the licences as they were known. */
export function countersigningDecisionPreconditions({ unilateral, terms }: CountersignDecision, sha256: Sha256): Preconditions {
  const claims = terms.items.map(({ claim }) => claim);
  const isClaim = (document: HeldDocument): boolean => claims.some(({ id }) => document.kind === 'claim' && document.id === id);
  return {
    ...NO_PRECONDITIONS,
    documents: [unilateral, ...claims],
    recorded: inputsOf(terms, sha256).documents().filter((document) => !isClaim(document)),
    open: claims.map(({ id }) => id),
    standings: standingQueriesAsKnown(unilateral.body.facts.standings),
  };
}

/**
 * Computes the decision again from what it names, by its rule set, and makes it one of both where it comes out the same. The
 * totals were reserved when it was made. Throws COUNTERSIGNING_DIFFERS where it does not, DECISION_SETTLED where it is done with.
 */
export function countersignDecision({ unilateral, terms }: CountersignDecision, parties: JointParties, execution: Execution): Effects {
  const { id, body } = unilateral;
  if (body.state !== 'DECIDED') throw new DomainError('DECISION_SETTLED');
  const inputs = onlyClaim(terms, execution.sha256);
  if (inputs.claim.id !== id || unilateral.parties.ownerMsp !== parties.insurerMsp || body.hospitalMsp !== parties.hospitalMsp) throw new DomainError('INPUT_MISMATCH', { input: 'unilateral' });
  const rules = ruleSet(body.ruleSet);
  const { facts, decision } = decided(terms, inputs, rules, execution);
  const cites = { claim: referenceTo(inputs.claim, execution.sha256), inputs: cited(inputs, tablesOf(terms, facts, execution), execution.sha256) };
  const again = { ...cites, facts, rulesFired: decision.rulesFired, eob: eobBody(inputs.claim, cites, facts, decision), postings: decision.postings };
  const { claim, inputs: named, facts: seen, rulesFired, eob, postings } = body;
  if (canonicalJson(again) !== canonicalJson({ claim, inputs: named, facts: seen, rulesFired, eob, postings })) throw new DomainError('COUNTERSIGNING_DIFFERS');
  const name = { id, version: 1 };
  const jointEob: EobDocument = newDocument(execution, 'eob', name, parties, eob);
  const adjudication: AdjudicationDocument = newDocument(execution, 'adjudication', name, parties, adjudicationBody({ ...cites, eobHash: referenceTo(jointEob, execution.sha256).hash }, facts, decision, rules));
  const settled = newDocument(execution, 'unilateral', { id, version: unilateral.version + 1 }, unilateral.parties, { ...body, state: 'COUNTERSIGNED' as const });
  return {
    documents: [adjudication, jointEob, settled], opened: [], closed: [id], index: indexOf(inputs, adjudication), removed: [decidedAloneKey(id)],
    items: [{ id, outcome: 'ADJUDICATED', version: 1, decision: decision.decision }],
  };
}

/** What withdrawing rests on: the decision as it is, and the newest totals. */
export function withdrawalPreconditions({ unilateral, accumulator }: WithdrawDecision): Preconditions {
  return { ...NO_PRECONDITIONS, documents: [unilateral, ...(accumulator === undefined ? [] : [accumulator.document])] };
}

/**
 * Takes a decision back that nobody countersigned, with what it reserved; the claim may then be decided by both. Throws
 * SAME_PERSON to who made it, DECISION_SETTLED, INPUT_MISSING without the totals that it posted to, and PROOF_INVALID.
 */
export function withdrawDecision({ unilateral, accumulator, reason }: WithdrawDecision, { insurerMsp }: JointParties, execution: Execution): Effects {
  const { id, body, recorded: { by }, parties } = unilateral;
  if (parties.ownerMsp !== insurerMsp) throw new DomainError('INPUT_MISMATCH', { input: 'unilateral' });
  if (body.state !== 'DECIDED') throw new DomainError('DECISION_SETTLED');
  if (by.actorId === execution.actor.actorId) throw new DomainError('SAME_PERSON');
  const name = { id, version: unilateral.version + 1 };
  const document = newDocument(execution, 'unilateral', name, parties, { ...body, state: 'WITHDRAWN' as const, reason });
  return { ...recorded([document]), documents: [document, ...takenBack(body, accumulator, documentKey({ kind: 'unilateral', ...name }), execution)], removed: [decidedAloneKey(id)] };
}

function takenBack({ postings, inputs }: UnilateralBody, accumulator: WithdrawDecision['accumulator'], cause: string, execution: Execution): readonly HeldDocument[] {
  if (postings.length === 0) return [];
  const isOne = accumulator !== undefined && inputs.some(({ key }) => key.startsWith(`accumulator~${accumulator.document.id}~`));
  if (!isOne) throw new DomainError('INPUT_MISSING', { input: 'accumulator' });
  if (!accumulator.leaves.every((leaf) => isIncluded(accumulator.document.body.root, leaf, execution.sha256))) throw new DomainError('PROOF_INVALID', { input: 'accumulator' });
  const next = posted(new AccumulatorState(accumulator), postings.map(({ leaf, amountMinor }) => ({ leaf, amountMinor: -amountMinor, cause }))).nextVersion(execution);
  return next === undefined ? [] : [next];
}

/** One claim that takes nothing back and uses nothing of both. */
function onlyClaim(terms: AdjudicateClaims, sha256: Sha256): ClaimInputs {
  const [inputs, ...others] = inputsOf(terms, sha256).claims();
  const isPlain = inputs !== undefined && inputs.original === undefined && inputs.reopened === undefined && inputs.authorisations === undefined && inputs.claim.body.content.frequency === '1';
  if (!isPlain || others.length > 0) throw new DomainError('INPUT_MISMATCH', { input: 'claim' });
  return inputs;
}

function decided(terms: AdjudicateClaims, inputs: ClaimInputs, rules: RuleSet, execution: Execution): { readonly facts: DecisionFacts; readonly decision: ClaimDecision } {
  const totals = inputs.accumulator === undefined ? [] : new AccumulatorState(inputs.accumulator).totals();
  const facts = collectFacts(inputs, inputsOf(terms, execution.sha256), execution.registry.standings, totals, []);
  return { facts, decision: decide(inputs.claim.body.content, facts, rules, documentKey({ kind: 'adjudication', id: inputs.claim.id, version: 1 })) };
}

function posted(state: AccumulatorState, postings: UnilateralBody['postings']): AccumulatorState {
  state.post(postings);
  return state;
}

function tablesOf(terms: AdjudicateClaims, facts: DecisionFacts, { sha256 }: Execution): readonly HeldDocument[] {
  return inputsOf(terms, sha256).tablesIn(facts);
}

function cited({ coverage, plan, feeSchedule, accumulator, history, imported = [] }: ClaimInputs, tables: readonly HeldDocument[], sha256: Sha256): readonly DocumentReference[] {
  return [coverage, plan, feeSchedule, accumulator?.document, ...tables, ...imported, ...history.flatMap(({ claim, eob }) => [claim, eob])]
    .flatMap((document) => (document === undefined ? [] : [referenceTo(document, sha256)]))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function indexOf({ claim, coverage }: ClaimInputs, { version }: AdjudicationDocument): readonly IndexEntry[] {
  const value = { claimId: claim.id, claimVersion: claim.version, version };
  return [coverageClaimKey(coverage.id, claim.id), ...serviceKeys(claim)].map((key) => ({ key, value }));
}
