import type { ClaimDocument } from '../claims/claim.js';
import type { DocumentReference } from '../documents/key.js';
import type { AdjudicationBody, DecisionFacts, EobBody } from './adjudication.js';
import type { ClaimDecision } from './decide.js';
import { rulesIn } from './rule-sets.js';
import type { RuleSet } from './rule-sets.js';

/** What an adjudication cites. */
export interface Citations {
  readonly claim: DocumentReference;
  readonly inputs: readonly DocumentReference[];
  readonly eobHash: string;
}

/** How the claim was decided. */
export function adjudicationBody({ claim, inputs, eobHash }: Citations, facts: DecisionFacts, { rulesFired }: ClaimDecision, rules: RuleSet): AdjudicationBody {
  return { claim, inputs, ruleSet: rules.name, rules: rulesIn(rules), facts, rulesFired, eobHash };
}

/** What was decided. */
export function eobBody(claim: ClaimDocument, reference: DocumentReference, { decision, totals, lines }: ClaimDecision): EobBody {
  const { patientControlNumber, currency } = claim.body.content;
  return { claim: reference, patientControlNumber, currency, decision, totals, lines };
}
