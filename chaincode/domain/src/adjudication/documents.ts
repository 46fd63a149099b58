import type { ClaimDocument } from '../claims/claim.js';
import type { DocumentReference } from '../documents/key.js';
import { paymentDue } from '../coverage/prompt-pay.js';
import { present } from '../shared/present.js';
import type { AdjudicationBody, DecisionFacts, EobBody } from './adjudication.js';
import type { ClaimDecision } from './decide.js';
import { rulesIn } from './rule-sets.js';
import type { SystemDecision } from './system-decision.js';
import type { RuleSet } from './rule-sets.js';

/** What an adjudication cites. */
export interface Citations {
  readonly claim: DocumentReference;
  readonly inputs: readonly DocumentReference[];
  readonly corrects?: DocumentReference;
  readonly bySystem?: SystemDecision;
  readonly eobHash: string;
}

/** How the claim was decided. */
export function adjudicationBody({ claim, inputs, corrects, bySystem, eobHash }: Citations, facts: DecisionFacts, { rulesFired }: ClaimDecision, rules: RuleSet): AdjudicationBody {
  return { claim, inputs, ruleSet: rules.name, rules: rulesIn(rules), facts, rulesFired, ...present('corrects', corrects), ...present('bySystem', bySystem), eobHash };
}

/** What was decided, whom it is paid to, and by when. */
export function eobBody(claim: ClaimDocument, { claim: reference, corrects }: Pick<Citations, 'claim' | 'corrects'>, facts: DecisionFacts, { decision, totals, lines }: ClaimDecision): EobBody {
  const { patientControlNumber, currency, benefitsAssigned } = claim.body.content;
  const terms = facts.plan?.terms.promptPay;
  return {
    claim: reference,
    patientControlNumber,
    currency,
    decision,
    totals,
    lines,
    ...present('corrects', corrects),
    ...present('payee', benefitsAssigned ? undefined : 'member' as const),
    ...present('due', terms && paymentDue(terms, facts.payableFrom ?? facts.receivedOn, facts.pauses ?? [])),
  };
}
