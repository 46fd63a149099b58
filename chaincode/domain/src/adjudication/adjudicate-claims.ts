import type { AdjudicateClaims } from '../claims/command.js';
import type { ClaimDocument, OpenClaim } from '../claims/claim.js';
import { renderingProvider } from '../claims/claim.js';
import { openClaim } from '../claims/submit-claims.js';
import { AccumulatorState } from '../coverage/accumulator-state.js';
import { referenceTo } from '../documents/bytes.js';
import type { AnyDocument, JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution, IndexEntry } from '../documents/execution.js';
import { coverageClaimKey, documentKey, serviceKey } from '../documents/key.js';
import type { DocumentReference } from '../documents/key.js';
import type { ReceiptItem } from '../documents/receipt.js';
import type { AdjudicationDocument, EobDocument, HistoryClaim } from './adjudication.js';
import { decide } from './decide.js';
import { adjudicationBody, eobBody } from './documents.js';
import { collectFacts } from './facts.js';
import { historyClaim } from './history.js';
import { inputsOf } from './inputs.js';
import type { AdjudicationInputs, ClaimInputs } from './inputs.js';
import { CURRENT_RULE_SET } from './rule-sets.js';

/**
 * Decides the claims of a command one after the other: each sees the totals and the decisions that the ones before it
 * left. A decided claim gets its adjudication and explanation of benefits and waits no longer; a held one stays open
 * with the reasons. Inputs must have been proved to be the recorded ones.
 */
export function adjudicateClaims(body: AdjudicateClaims, parties: JointParties, execution: Execution): Effects {
  return new AdjudicationRun(body, parties, execution).effects();
}

/** Later versions of an adjudication come with corrections; until then there is one. */
const FIRST = 1;

class AdjudicationRun {
  readonly #execution: Execution;
  readonly #parties: JointParties;
  readonly #inputs: AdjudicationInputs;
  readonly #accumulators = new Map<string, AccumulatorState>();
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
    for (const input of body.accumulators) this.#accumulators.set(input.document.id, new AccumulatorState(input));
  }

  effects(): Effects {
    const items = this.#inputs.claims().map((inputs) => this.#decide(inputs));
    const accumulators = [...this.#accumulators.values()].flatMap((state) => state.nextVersion(this.#execution) ?? []);
    return { documents: [...this.#documents, ...accumulators], opened: this.#opened, closed: this.#closed, index: this.#index, items };
  }

  #decide(inputs: ClaimInputs): ReceiptItem {
    const { claim, coverage, accumulator } = inputs;
    const state = accumulator && this.#accumulators.get(accumulator.document.id);
    const facts = collectFacts(inputs, this.#inputs, this.#execution.registry.standings, state?.totals() ?? [], this.#decided.get(coverage.id) ?? []);
    const name = { id: claim.id, version: FIRST };
    const decision = decide(claim.body.content, facts, CURRENT_RULE_SET, documentKey({ kind: 'adjudication', ...name }));
    if (decision.holds.length > 0) {
      this.#opened.push(openClaim(claim, this.#execution, 'PENDED', decision.holds));
      return { id: claim.id, outcome: 'PENDED', reasons: decision.holds };
    }
    const eob: EobDocument = newDocument(this.#execution, 'eob', name, this.#parties, eobBody(claim, this.#reference(claim), decision));
    const cited = { claim: this.#reference(claim), inputs: this.#citations(inputs), eobHash: referenceTo(eob, this.#execution.sha256).hash };
    const adjudication: AdjudicationDocument = newDocument(
      this.#execution, 'adjudication', name, this.#parties, adjudicationBody(cited, facts, decision, CURRENT_RULE_SET),
    );
    state?.post(decision.postings);
    this.#record(inputs, adjudication, eob);
    return { id: claim.id, outcome: 'ADJUDICATED', version: FIRST, decision: decision.decision };
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
  #citations({ coverage, plan, feeSchedule, accumulator, history }: ClaimInputs): readonly DocumentReference[] {
    const documents = [coverage, plan, feeSchedule, accumulator?.document, ...history.flatMap(({ claim, eob }) => [claim, eob])];
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

/** Where the services are found that a person rendered: when that person's past changes, the decision is looked at again. */
function serviceKeys({ id, body: { content } }: ClaimDocument): readonly string[] {
  const keys = content.lines.flatMap((line) => {
    const { entity, npi } = renderingProvider(content, line);
    return entity === 'person' && npi !== undefined ? [serviceKey(npi, line.serviceFrom, id)] : [];
  });
  return [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1));
}
