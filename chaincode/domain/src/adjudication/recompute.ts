import type { ClaimDocument } from '../claims/claim.js';
import { documentBytes, referenceTo } from '../documents/bytes.js';
import { documentKey } from '../documents/key.js';
import type { Sha256 } from '../shared/bytes.js';
import { present } from '../shared/present.js';
import type { Posting } from '../coverage/accumulator.js';
import type { AdjudicationDocument, EobDocument } from './adjudication.js';
import { decide } from './decide.js';
import { adjudicationBody, eobBody } from './documents.js';
import { ruleSet } from './rule-sets.js';

/** An adjudication and its explanation of benefits, computed again. */
export interface RecomputedBytes {
  readonly adjudication: Uint8Array;
  readonly eob: Uint8Array;
}

/**
 * Decides a claim again by the rule versions and facts that its adjudication names, whenever and wherever. Equal bytes
 * show that the decision follows from them. Throws UNKNOWN_RULE where this build lacks a rule set.
 */
export function recompute(claim: ClaimDocument, adjudication: AdjudicationDocument, eob: EobDocument, sha256: Sha256): RecomputedBytes {
  const { facts, ruleSet: name, inputs, corrects, bySystem } = adjudication.body;
  const rules = ruleSet(name);
  const decision = decide(claim.body.content, facts, rules, documentKey(adjudication));
  const cites = { claim: referenceTo(claim, sha256), inputs, ...present('corrects', corrects) };
  const againEob: EobDocument = { ...eob, body: eobBody(claim, cites, facts, decision) };
  const cited = { ...cites, ...present('bySystem', bySystem), eobHash: referenceTo(againEob, sha256).hash };
  const again: AdjudicationDocument = { ...adjudication, body: adjudicationBody(cited, facts, decision, rules) };
  return { adjudication: documentBytes(again), eob: documentBytes(againEob) };
}

/** What an adjudication posted to the totals: it follows from its facts. Throws UNKNOWN_RULE. */
export function postingsOf(claim: ClaimDocument, adjudication: AdjudicationDocument): readonly Posting[] {
  const { facts, ruleSet: name } = adjudication.body;
  return decide(claim.body.content, facts, ruleSet(name), documentKey(adjudication)).postings;
}
