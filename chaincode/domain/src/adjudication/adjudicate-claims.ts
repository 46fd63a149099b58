import type { AdjudicateClaims } from '../claims/command.js';
import type { ClaimDocument, OpenClaim } from '../claims/claim.js';
import { serviceKeys } from '../claims/service-keys.js';
import { openClaim } from '../claims/submit-claims.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { referenceTo } from '../documents/bytes.js';
import type { AnyDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution, IndexEntry } from '../documents/execution.js';
import { coverageClaimKey, documentKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import type { ReceiptItem } from '../documents/receipt.js';
import { AuthorisationStates } from '../authorisations/authorisation-states.js';
import { correctFirst, NO_FINAL_ORIGINAL } from '../corrections/correction.js';
import type { Correction } from '../corrections/correction.js';
import { assertSecondPerson } from '../pends/work-pends.js';
import { present } from '../shared/present.js';
import type { AdjudicationDocument, DecisionFacts, EobDocument, HistoryClaim } from './adjudication.js';
import { decide } from './decide.js';
import type { ClaimDecision } from './decide.js';
import { adjudicationBody, eobBody } from './documents.js';
import type { Citations } from './documents.js';
import { collectFacts } from './facts.js';
import { historyClaim } from './history.js';
import { inputsOf } from './inputs.js';
import type { AdjudicationInputs, ClaimInputs } from './inputs.js';
import { CURRENT_RULE_SETS } from './rule-sets.js';
import { systemDecision } from './system-decision.js';

/**
 * Decides the claims of a command one after the other: each sees the totals and the decisions that the ones before it
 * left. A decided claim gets its adjudication and explanation of benefits and waits no longer; a held one stays open
 * with the reasons. Inputs must have been proved to be the recorded ones.
 */
export function adjudicateClaims(body: AdjudicateClaims, parties: JointParties, execution: Execution): Effects {
  return new AdjudicationRun(body, parties, execution).effects();
}

class AdjudicationRun {
  readonly #execution: Execution;
  readonly #parties: JointParties;
  readonly #inputs: AdjudicationInputs;
  readonly #accumulators = new Map<string, AccumulatorState>();
  readonly #authorisations: AuthorisationStates;
  readonly #decided = new Map<string, HistoryClaim[]>();
  readonly #documents: AnyDocument[] = [];
  readonly #opened: OpenClaim[] = [];
  readonly #closed: string[] = [];
  readonly #index: IndexEntry[] = [];
  readonly #references = new Map<AnyDocument, DocumentReference>();

  constructor(body: AdjudicateClaims, parties: JointParties, execution: Execution) {
    this.#execution = execution;
    this.#parties = parties;
    this.#inputs = inputsOf(body, execution.sha256);
    this.#authorisations = new AuthorisationStates(body.items.flatMap(({ authorisations = [], original }) => [...authorisations, ...(original?.authorisations ?? [])]));
    for (const input of body.accumulators) this.#accumulators.set(input.document.id, new AccumulatorState(input));
  }

  effects(): Effects {
    const items = this.#inputs.claims().map((inputs) => this.#decide(inputs));
    const accumulators = [...this.#accumulators.values()].flatMap((state) => state.nextVersion(this.#execution) ?? []);
    return { documents: [...this.#documents, ...accumulators, ...this.#authorisations.nextVersions(this.#execution)], opened: this.#opened, closed: this.#closed, index: this.#index, items };
  }

  #decide(inputs: ClaimInputs): ReceiptItem {
    const { claim, accumulator } = inputs;
    const bySystem = systemDecision(claim, inputs, this.#execution.actor);
    assertSecondPerson(inputs.pend, this.#execution);
    const undo = [...this.#accumulators.values(), this.#authorisations].map((state) => state.checkpoint());
    const correction = correctFirst(inputs, { accumulators: this.#accumulators, authorisations: this.#authorisations }, this.#parties, this.#execution);
    if (correction.held) return this.#hold(claim, [NO_FINAL_ORIGINAL]);
    if (correction.voids) return this.#void(claim, correction);
    const state = accumulator && this.#accumulators.get(accumulator.document.id);
    const facts = {
      ...collectFacts(inputs, this.#inputs, this.#execution.registry.standings, state?.totals() ?? [], this.#decided.get(inputs.coverage.id) ?? []),
      ...present('authorisations', inputs.authorisations && this.#authorisations.facts(claim.body.content)),
    };
    const name = { id: claim.id, version: correction.version };
    const decision = decide(claim.body.content, facts, CURRENT_RULE_SETS[claim.body.content.type], documentKey({ kind: 'adjudication', ...name }));
    if (decision.holds.length > 0) {
      undo.forEach((back) => { back(); });
      return this.#hold(claim, decision.holds);
    }
    state?.post(decision.postings);
    this.#authorisations.use(documentKey({ kind: 'adjudication', ...name }), claim.body.content, decision.lines);
    this.#write(inputs, name, facts, decision, { ...correction, ...present('bySystem', bySystem) });
    return { id: claim.id, outcome: 'ADJUDICATED', version: name.version, decision: decision.decision };
  }

  #hold(claim: ClaimDocument, holds: readonly string[]): ReceiptItem {
    this.#opened.push(openClaim(claim, this.#execution, 'PENDED', holds));
    return { id: claim.id, outcome: 'PENDED', reasons: holds };
  }

  #void({ id }: ClaimDocument, { reversed }: Correction): ReceiptItem {
    this.#takeBack(reversed);
    this.#closed.push(id);
    return { id, outcome: 'VOIDED' };
  }

  #takeBack(reversed: Correction['reversed']): void {
    if (reversed === undefined) return;
    this.#documents.push(reversed.reversal);
    this.#index.push(...reversed.index);
  }

  #write(inputs: ClaimInputs, name: { readonly id: string; readonly version: number }, facts: DecisionFacts, decision: ClaimDecision, { reversed, corrects, bySystem }: Correction & Pick<Citations, 'bySystem'>): void {
    const { claim } = inputs;
    const cites = { claim: this.#reference(claim), inputs: this.#citations(inputs, facts), ...present('corrects', corrects) };
    const eob: EobDocument = newDocument(this.#execution, 'eob', name, this.#parties, eobBody(claim, cites, facts, decision));
    const cited = { ...cites, ...present('bySystem', bySystem), eobHash: referenceTo(eob, this.#execution.sha256).hash };
    const adjudication: AdjudicationDocument = newDocument(
      this.#execution, 'adjudication', name, this.#parties, adjudicationBody(cited, facts, decision, CURRENT_RULE_SETS[claim.body.content.type]),
    );
    this.#takeBack(reversed);
    this.#record(inputs, adjudication, eob);
  }

  #record({ claim, coverage }: ClaimInputs, adjudication: AdjudicationDocument, eob: EobDocument): void {
    this.#documents.push(adjudication, eob);
    this.#closed.push(claim.id);
    this.#decided.set(coverage.id, [...(this.#decided.get(coverage.id) ?? []), historyClaim(claim, eob)]);
    const entry = { claimId: claim.id, claimVersion: claim.version, version: adjudication.version };
    this.#index.push({ key: coverageClaimKey(coverage.id, claim.id), value: entry });
    for (const key of serviceKeys(claim)) this.#index.push({ key, value: entry });
  }

  /** What the decision rests on besides the claim, in order of the keys. */
  #citations({ coverage, plan, feeSchedule, accumulator, history, imported = [], authorisations = [] }: ClaimInputs, facts: DecisionFacts): readonly DocumentReference[] {
    const documents = [coverage, plan, feeSchedule, accumulator?.document, ...this.#inputs.tablesIn(facts), ...authorisations, ...imported, ...history.flatMap(({ claim, eob }) => [claim, eob])];
    return documents
      .flatMap((document) => (document === undefined ? [] : [this.#reference(document)]))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  #reference(document: AnyDocument): DocumentReference {
    const known = this.#references.get(document) ?? referenceTo(document, this.#execution.sha256);
    this.#references.set(document, known);
    return known;
  }
}
