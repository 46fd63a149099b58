import { isInpatient, renderingProvider } from '../claims/claim.js';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import { benefitFor } from '../coverage/benefit-plan.js';
import type { CoveredBenefit } from '../coverage/benefit-plan.js';
import { leftToPatient, priorEffect } from '../coordination/coordinate.js';
import type { CoordinationResult } from '../coordination/coordinate.js';
import type { PriorPaymentFact } from '../coordination/prior-payer.js';
import { sumOf } from '../shared/money.js';
import { present } from '../shared/present.js';
import type { Adjustment, Decision, DecisionFacts, DecisionTotals, LineDecision, RuleFired } from './adjudication.js';
import type { CostShareResult } from './cost-share.js';
import type { Price, PricesByLine } from './price.js';
import { denialAdjustment } from './rule.js';
import type { Case, EditFinding } from './rule.js';
import type { RuleSet } from './rule-sets.js';
import { RunningTotals } from './running-totals.js';
import type { Posting } from '../coverage/accumulator.js';

/** What the rules make of a claim. */
export interface ClaimDecision {
  /** Rules that hold the claim for a person; where there are any, nothing else is used. */
  readonly holds: readonly string[];
  readonly lines: readonly LineDecision[];
  readonly totals: DecisionTotals;
  readonly decision: Decision;
  readonly rulesFired: readonly RuleFired[];
  /** What the totals gain, with `cause` left to the caller. */
  readonly postings: readonly Posting[];
}

interface Work {
  readonly given: Case;
  readonly rules: RuleSet;
  readonly running: RunningTotals | undefined;
  readonly fired: RuleFired[];
  readonly holds: string[];
  readonly decided: LineDecision[];
}

/**
 * Decides a claim by a rule set from facts alone. A denial outranks a hold on the same line, and a hold on any other line
 * holds the claim, before anything is priced. Lines are priced in order of date, then number, against totals that run on.
 */
export function decide(content: ClaimContent, facts: DecisionFacts, rules: RuleSet, cause: string): ClaimDecision {
  const { plan, coverage } = facts;
  const running = plan === undefined || coverage.person === undefined ? undefined : new RunningTotals(coverage.person, plan.terms, facts.totals);
  const work: Work = { given: { content, facts }, rules, running, fired: [], holds: [], decided: [] };
  const inOrder = [...content.lines].sort((a, b) => (a.serviceFrom === b.serviceFrom ? a.number - b.number : a.serviceFrom < b.serviceFrom ? -1 : 1));
  const denials = inOrder.map((line) => examine(line, work));
  const prices = pricesOf(inOrder.filter((_, index) => denials[index] === undefined), work);
  inOrder.forEach((line, index) => work.decided.push(decideLine(line, denials[index], prices.get(line.number), work)));
  const lines = work.decided.sort((a, b) => a.number - b.number);
  return {
    holds: [...new Set(work.holds)],
    lines,
    totals: totalsOf(lines),
    decision: decisionOf(lines),
    rulesFired: work.fired,
    postings: running?.postings(cause) ?? [],
  };
}

/** The sums over lines. */
export function totalsOf(lines: readonly LineDecision[]): DecisionTotals {
  return {
    chargeMinor: sumOf(lines.map(({ chargeMinor }) => chargeMinor)),
    allowedMinor: sumOf(lines.map(({ allowedMinor }) => allowedMinor)),
    paidMinor: sumOf(lines.map(({ paidMinor }) => paidMinor)),
    patientMinor: sumOf(lines.flatMap(({ adjustments }) => adjustments.filter(({ group }) => group === 'PR').map(({ amountMinor }) => amountMinor))),
  };
}

/** The prices of the lines that no edit denied; none where the claim is held. */
function pricesOf(lines: readonly ClaimLine[], { rules, given, holds }: Work): PricesByLine {
  return holds.length > 0 ? new Map() : rules.price.price(lines, given.content, given.facts);
}

function decideLine(line: ClaimLine, denial: EditFinding | undefined, priced: Price | undefined, work: Work): LineDecision {
  if (denial !== undefined) return deniedLine(line, work, denial);
  if (work.holds.length > 0 || priced === undefined) return baseLine(line, work);
  const benefit = coveredBenefit(line, work);
  if (priced.type === 'denied') {
    fire(work, line, work.rules.price.id, { effect: 'deny', reason: priced.reason });
    return deniedLine(line, work, { effect: 'deny', reason: priced.reason, remarks: priced.reason === 'PR-96' ? ['N130'] : [] });
  }
  if (priced.type === 'pended' || benefit === undefined || work.running === undefined) {
    fire(work, line, work.rules.price.id, { effect: 'pend', reason: 'no-price' });
    return baseLine(line, work);
  }
  return limitDenial(line, work, benefit, work.running) ?? paidLine(line, work, priced, benefit, work.running);
}

/** The denial of a visit for which the year's limit leaves no room; undefined where there is room. */
function limitDenial(line: ClaimLine, work: Work, benefit: CoveredBenefit, running: RunningTotals): LineDecision | undefined {
  const { limits } = work.rules;
  if (limits === undefined || limits.hasVisitLeft(benefit, running) || isSameVisit(line, benefit.category, work)) return undefined;
  fire(work, line, limits.id, { effect: 'deny', reason: 'PR-119' });
  return deniedLine(line, work, { effect: 'deny', reason: 'PR-119', remarks: ['N362'] });
}

/** Runs every edit; what fires is recorded, the first denial is returned. */
function examine(line: ClaimLine, work: Work): EditFinding | undefined {
  const findings = work.rules.edits.flatMap((rule) => rule.examine(line, work.given).map((finding) => ({ rule: rule.id, finding: released(rule.id, line, finding, work) })));
  const denial = findings.find(({ finding }) => finding.effect === 'deny')?.finding;
  for (const { rule, finding } of findings) fire(work, line, rule, finding, denial !== undefined);
  return denial;
}

function released(rule: string, line: ClaimLine, finding: EditFinding, { given }: Work): EditFinding {
  const isReleased = given.facts.releases.some((release) => release.rule === rule && (release.line ?? line.number) === line.number);
  return finding.effect === 'pend' && isReleased ? { ...finding, effect: 'note' } : finding;
}

function fire(work: Work, line: ClaimLine, rule: string, { effect, reason }: EditFinding, isMoot = false): void {
  work.fired.push({ rule, line: line.number, effect, reason });
  if (effect === 'pend' && !isMoot) work.holds.push(`${rule} ${reason}`);
}

function categoryOf(line: ClaimLine, { rules, given }: Work): string | undefined {
  return rules.price.category(line, given.content, given.facts);
}

function coveredBenefit(line: ClaimLine, work: Work): CoveredBenefit | undefined {
  const [category, { facts }] = [categoryOf(line, work), work.given];
  const benefit = facts.plan === undefined || category === undefined ? undefined : benefitFor(facts.plan.terms, category);
  return benefit?.type === 'covered' ? benefit : undefined;
}

function paidLine(
  line: ClaimLine, work: Work, priced: Extract<Price, { readonly type: 'priced' }>, benefit: CoveredBenefit, running: RunningTotals,
): LineDecision {
  const sharesOf = (allowedMinor: number): LimitedShares => limitedShares(line, allowedMinor, work, benefit, running);
  const { overMinor } = sharesOf(priced.allowedMinor);
  const { shares, adjustments, prior } = coordinated(line, work, priced, (allowedMinor) => sharesOf(allowedMinor).shares);
  running.add('deductible', shares.toDeductibleMinor);
  running.add('out-of-pocket', shares.toOutOfPocketMinor);
  work.rules.limits?.use(shares.paidMinor, !isSameVisit(line, benefit.category, work), benefit, running);
  const kept = reductionsOf(line, shares.paidMinor, work);
  return {
    ...baseLine(line, work),
    allowedMinor: priced.allowedMinor,
    deductibleMinor: shares.deductibleMinor,
    copayMinor: shares.copayMinor,
    coinsuranceMinor: shares.coinsuranceMinor,
    ...present('priorPaidMinor', prior?.paidMinor),
    paidMinor: shares.paidMinor - sumOf(kept.map(({ amountMinor }) => amountMinor)),
    adjustments: [...adjustments, ...patientAdjustments(shares, prior === undefined ? overMinor : 0), ...kept],
    remarks: priced.remarks ?? [],
  };
}

/** The cost shares of an amount, with what is paid held within the category's limit, and what lies above it. */
interface LimitedShares {
  readonly shares: CostShareResult;
  readonly overMinor: number;
}

function limitedShares(line: ClaimLine, allowedMinor: number, work: Work, benefit: CoveredBenefit, running: RunningTotals): LimitedShares {
  const { terms } = work.given.facts.plan ?? {};
  const shares = work.rules.costShare.share({
    allowedMinor,
    benefit,
    order: terms?.costShareOrder ?? [],
    rounding: terms?.rounding ?? 'halfUp',
    deductibleRoomMinor: running.deductibleRoom(),
    outOfPocketRoomMinor: running.outOfPocketRoom(),
    copayIsDue: benefit.copayMinor > 0 && !copayWasTaken(line, benefit.category, work),
  });
  return work.rules.limits?.cap(shares, benefit, running) ?? { shares, overMinor: 0 };
}

/** What is kept of a payment, where the plan keeps anything. */
function reductionsOf({ serviceFrom }: ClaimLine, paidMinor: number, { rules, given }: Work): readonly Adjustment[] {
  const terms = given.facts.plan?.terms;
  return terms?.edits === undefined ? [] : (rules.reductions?.reduce(paidMinor, serviceFrom, terms.edits.reductions, terms.rounding) ?? []);
}

/** The cost shares as we were first; after other payers, what the coordination makes of them. */
function coordinated(
  line: ClaimLine, work: Work, { allowedMinor, adjustments }: { readonly allowedMinor: number; readonly adjustments: readonly Adjustment[] }, sharesOf: (allowedMinor: number) => CostShareResult,
): CoordinationResult & { readonly prior?: PriorPaymentFact } {
  const asPrimary = sharesOf(allowedMinor);
  const [prior, terms] = [priorPayment(line, work), work.given.facts.plan?.terms.coordination];
  if (work.rules.coordination === undefined || prior === undefined || terms === undefined) return { shares: asPrimary, adjustments };
  const result = work.rules.coordination.coordinate({ chargeMinor: line.chargeMinor, allowedMinor, terms, prior, asPrimary, sharesOf });
  return { ...result, prior };
}

/** What payers before us did with a line; undefined where there are none, or the rule set does not know them. */
function priorPayment({ number }: ClaimLine, { rules, given }: Work): PriorPaymentFact | undefined {
  return rules.coordination === undefined ? undefined : given.facts.priorPayers?.lines.find(({ line }) => line === number);
}

/** Deductible PR-1, copay PR-3, coinsurance PR-2, above a limit PR-119; an adjustment of nothing is not written. */
function patientAdjustments({ deductibleMinor, coinsuranceMinor, copayMinor }: CostShareResult, overMinor: number): readonly Adjustment[] {
  const all: readonly Adjustment[] = [
    { group: 'PR', reason: '1', amountMinor: deductibleMinor },
    { group: 'PR', reason: '2', amountMinor: coinsuranceMinor },
    { group: 'PR', reason: '3', amountMinor: copayMinor },
    { group: 'PR', reason: '119', amountMinor: overMinor },
  ];
  return all.filter(({ amountMinor }) => amountMinor !== 0);
}

/** Once per person, provider, day and category, over this claim and the earlier ones. */
function copayWasTaken(line: ClaimLine, category: string, work: Work): boolean {
  return sameVisit(line, category, work).some(({ copayMinor }) => copayMinor > 0);
}

/** A visit is counted once per person, provider, day and category. */
function isSameVisit(line: ClaimLine, category: string, work: Work): boolean {
  return sameVisit(line, category, work).length > 0;
}

/** Services of the same visit that were decided before and not denied; all days of a stay are one. */
function sameVisit(line: ClaimLine, category: string, { given, decided }: Work): readonly Pick<LineDecision, 'copayMinor'>[] {
  const npi = renderingProvider(given.content, line).npi;
  const ofVisit = decided.filter(({ serviceFrom }) => serviceFrom === line.serviceFrom || isInpatient(given.content));
  const earlier = [...ofVisit, ...given.facts.history.flatMap(({ lines }) => lines).filter(({ serviceFrom }) => serviceFrom === line.serviceFrom)];
  return earlier.filter((other) => !other.denied && other.renderingNpi === npi && other.category === category);
}

/** A line as billed, on which nothing is decided. */
function baseLine(line: ClaimLine, work: Work): LineDecision {
  const { content } = work.given;
  return {
    number: line.number,
    ...present('controlNumber', line.controlNumber),
    procedure: line.procedure,
    serviceFrom: line.serviceFrom,
    serviceThru: line.serviceThru,
    quantity: line.quantity,
    ...present('renderingNpi', renderingProvider(content, line).npi),
    ...present('category', categoryOf(line, work)),
    chargeMinor: line.chargeMinor,
    allowedMinor: 0,
    deductibleMinor: 0,
    copayMinor: 0,
    coinsuranceMinor: 0,
    paidMinor: 0,
    denied: false,
    adjustments: [],
    remarks: [],
  };
}

/** The denial carries the whole charge, after other payers what they left to the patient; nothing needs no adjustment. */
function deniedLine(line: ClaimLine, work: Work, { reason, remarks }: EditFinding): LineDecision {
  const prior = priorPayment(line, work);
  const left = prior === undefined ? line.chargeMinor : leftToPatient(line.chargeMinor, prior);
  const adjustments = [priorEffect(line.chargeMinor - left), denialAdjustment(reason, left)].filter(({ amountMinor }) => amountMinor !== 0);
  return { ...baseLine(line, work), ...present('priorPaidMinor', prior?.paidMinor), denied: true, adjustments, remarks: remarks ?? [] };
}

function decisionOf(lines: readonly LineDecision[]): Decision {
  const denied = lines.filter((line) => line.denied).length;
  if (denied === lines.length) return 'DENIED';
  if (denied > 0) return 'PARTIAL';
  return lines.every(({ paidMinor }) => paidMinor === 0) ? 'ZERO_PAY' : 'PAID';
}
