import type { DecisionFacts, LineDecision, StandingFact, TotalFact } from '../adjudication/adjudication.js';
import { decide, totalsOf } from '../adjudication/decide.js';
import { collectFacts } from '../adjudication/facts.js';
import type { AdjudicationInputs, ClaimInputs } from '../adjudication/inputs.js';
import { CURRENT_RULE_SETS } from '../adjudication/rule-sets.js';
import type { ProviderStanding } from '../licences/standing-query.js';
import { present } from '../shared/present.js';
import type { ReviewOutcome, StandingDecision, StandingSeen } from './review-list.js';

/** What a decision came to. */
export function outcomeThen({ adjudication: { body }, eob }: StandingDecision): ReviewOutcome {
  return { ruleSet: body.ruleSet, decision: eob.body.decision, ...amountsOf(eob.body.lines), holds: [], standings: standingsSeen(body.facts.standings) };
}

/**
 * What a claim would come to by the rules, terms and standings of now. Its place among the others stays: the totals before
 * it and the services around it are those of then, so that one change is seen and not all that happened since.
 */
export function outcomeNow(inputs: ClaimInputs, all: AdjudicationInputs, standings: readonly ProviderStanding[], { adjudication, eob }: StandingDecision): ReviewOutcome {
  const then = adjudication.body.facts;
  const facts: DecisionFacts = {
    ...collectFacts(inputs, all, standings, totalsBefore(then, inputs), []),
    history: then.history,
    releases: then.releases,
    ...present('authorisations', then.authorisations),
    ...present('pauses', then.pauses),
  };
  const decision = decide(inputs.claim.body.content, facts, CURRENT_RULE_SETS[inputs.claim.body.content.type], eob.id);
  const isHeld = decision.holds.length > 0;
  return {
    ruleSet: CURRENT_RULE_SETS[inputs.claim.body.content.type].name,
    ...present('decision', isHeld ? undefined : decision.decision),
    holds: decision.holds,
    ...amountsOf(isHeld ? [] : decision.lines),
    standings: standingsSeen(facts.standings),
  };
}

/** Totals of then; those of now where the claim had none, as the person was not insured under any. */
function totalsBefore(then: DecisionFacts, { accumulator, coverage }: ClaimInputs): readonly TotalFact[] {
  const isKnown = then.totals.some(({ leaf }) => leaf.startsWith(`${coverage.body.person ?? ''}/`));
  return isKnown ? then.totals : (accumulator?.leaves ?? []).map(({ leaf }) => ({ leaf: leaf.key, ...leaf.value }));
}

function amountsOf(lines: readonly LineDecision[]): Pick<ReviewOutcome, 'allowedMinor' | 'paidMinor' | 'patientMinor' | 'lines'> {
  const { allowedMinor, paidMinor, patientMinor } = totalsOf(lines);
  return {
    allowedMinor,
    paidMinor,
    patientMinor,
    lines: lines.map((line) => ({ number: line.number, paidMinor: line.paidMinor, reasons: line.adjustments.map(({ group, reason }) => `${group}-${reason}`) })),
  };
}

function standingsSeen(facts: readonly StandingFact[]): readonly StandingSeen[] {
  return facts.map(({ npi, jurisdiction, from, thru, periods }) => ({ npi, jurisdiction, from, thru, periods }));
}
