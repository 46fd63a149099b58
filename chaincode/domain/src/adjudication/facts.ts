import { FAMILY } from '../coverage/accumulator.js';
import { rateKeys } from '../coverage/rate-keys.js';
import { priorPayersFact } from '../coordination/prior-payer.js';
import type { ProviderStanding } from '../licences/standing-query.js';
import { dateOfInstant } from '../shared/dates.js';
import type { Instant, PlainDate } from '../shared/dates.js';
import { present } from '../shared/present.js';
import type { DecisionFacts, FeeFact, HistoryClaim, PlanFact, TotalFact } from './adjudication.js';
import { historyClaim, importedHistory } from './history.js';
import type { AdjudicationInputs, ClaimInputs } from './inputs.js';
import { editionFacts, editionsOf, referenceQuestions, relevantDays } from './reference-facts.js';
import type { ReferenceFacts } from './reference-facts.js';
import { standingFacts } from './standings.js';

/** Gathers what the rules look at for one claim; `earlier` are decisions of the same batch on the same person. */
export function collectFacts(
  inputs: ClaimInputs, all: AdjudicationInputs, standings: readonly ProviderStanding[], totals: readonly TotalFact[], earlier: readonly HistoryClaim[],
): DecisionFacts {
  const { coverage, feeSchedule, benefitYear } = inputs;
  const fees = feeFacts(inputs, all);
  const { known, person, periods } = coverage.body;
  const history = [...knownHistory(inputs), ...earlier];
  return {
    ...receiptFacts(inputs),
    coverage: { known, ...present('person', person), periods },
    ...present('plan', planFact(inputs, fees)),
    ...present('feeSchedule', feeSchedule && { feeScheduleId: feeSchedule.id, version: feeSchedule.version, terms: feeSchedule.body }),
    fees,
    standings: standingFacts(inputs, standings),
    ...present('benefitYear', benefitYear),
    totals: totals.filter(({ leaf }) => leaf.startsWith(`${FAMILY}/`) || leaf.startsWith(`${person ?? ''}/`)),
    history: relevantHistory(inputs, history),
    releases: inputs.releases,
    ...present('reference', referenceFacts(inputs, all, history)),
    ...present('externalHolds', inputs.externalHolds),
    ...coordinationFacts(inputs),
    ...present('pauses', inputs.pend?.body.pauses),
  };
}

/** What the tables that the plan applies say of the claim. */
function referenceFacts(inputs: ClaimInputs, all: AdjudicationInputs, history: readonly HistoryClaim[]): ReferenceFacts | undefined {
  const { content } = inputs.claim.body;
  const terms = inputs.plan?.body.edits;
  if (terms === undefined) return undefined;
  const questions = referenceQuestions(content, terms, all.tables(), relevantHistory(inputs, history).flatMap(({ lines }) => lines));
  return { tables: editionFacts(editionsOf(content, terms, all.tables(), questions)), entries: questions.map((question) => all.entry(question)) };
}

/** When a claim was filed; a lodged one reached the insurer later, and prompt payment begins then. */
function receiptFacts({ claim, plan }: ClaimInputs): Pick<DecisionFacts, 'receivedOn' | 'payableFrom'> {
  const dayOf = (at: Instant): PlainDate => dateOfInstant(at, plan?.body.utcOffsetMinutes ?? 0);
  const { recorded, body: { filed } } = claim;
  return filed === undefined ? { receivedOn: dayOf(recorded.at) } : { receivedOn: dayOf(filed.at), payableFrom: dayOf(recorded.at) };
}

/** Earlier claims of the person, here and in the system before. */
function knownHistory({ history, imported = [] }: ClaimInputs): readonly HistoryClaim[] {
  return [...history.map((input) => historyClaim(input.claim, input.eob)), ...imported.map(importedHistory)];
}

/** How the insurances stand to each other, and what was decided before us; nothing where the plan does not coordinate. */
function coordinationFacts({ claim, coverage, plan }: ClaimInputs): Pick<DecisionFacts, 'coordination' | 'priorPayers'> {
  if (plan?.body.otherPayers !== 'coordinate') return {};
  const { content, priorEobs = [] } = claim.body;
  return {
    ...present('coordination', coverage.body.coordination),
    ...present('priorPayers', priorPayersFact(content, priorEobs, plan.body)),
  };
}

/**
 * The services that the rules look at, of the same kind of claim only: what a house and what a clinician bill for the same
 * service are two things. The rest of a person's history is nobody's business here.
 */
function relevantHistory({ claim, plan }: ClaimInputs, history: readonly HistoryClaim[]): readonly HistoryClaim[] {
  const { type, lines } = claim.body.content;
  const isRelevant = relevantDays(lines.map(({ serviceFrom }) => serviceFrom), plan?.body.edits);
  return history
    .filter(({ facilityType }) => (facilityType === undefined) === (type === 'P'))
    .map((earlier) => ({ ...earlier, lines: earlier.lines.filter(({ serviceFrom }) => isRelevant(serviceFrom)) }))
    .filter((earlier) => earlier.lines.length > 0);
}

/** The entries that the claim asks for, each once, in order of their keys. */
function feeFacts({ claim, feeSchedule }: ClaimInputs, all: AdjudicationInputs): readonly FeeFact[] {
  if (feeSchedule === undefined) return [];
  return rateKeys(feeSchedule.body.prices, claim.body.content).map((key) => all.fee(feeSchedule, key));
}

/** The plan with only the benefits that the claim touches: the hospital learns no more of it than its claim shows. */
function planFact({ plan, feeSchedule }: ClaimInputs, fees: readonly FeeFact[]): PlanFact | undefined {
  if (plan === undefined) return undefined;
  const prices = feeSchedule?.body.prices;
  const categories = new Set([...fees.flatMap(({ fee }) => fee?.category ?? []), ...(prices?.type === 'share-of-charges' ? [prices.category] : [])]);
  const benefits = plan.body.benefits.filter(({ category }) => categories.has(category));
  return { planId: plan.id, version: plan.version, terms: { ...plan.body, benefits } };
}
