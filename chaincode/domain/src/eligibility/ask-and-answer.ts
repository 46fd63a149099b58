import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';
import { accumulatorId, FAMILY, leafKey } from '../coverage/accumulator.js';
import type { AccumulatorInput, Bucket } from '../coverage/accumulator.js';
import { benefitYearOf } from '../coverage/benefit-plan.js';
import type { PlanDocument, YearlyLimit } from '../coverage/benefit-plan.js';
import { periodOn } from '../coverage/coverage.js';
import type { CoverageDocument } from '../coverage/coverage.js';
import { recorded } from '../coverage/record-statements.js';
import { referenceTo } from '../documents/bytes.js';
import type { JointParties } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { Sha256 } from '../shared/bytes.js';
import type { PlainDate } from '../shared/dates.js';
import { DomainError } from '../shared/errors.js';
import { isIncluded } from '../shared/merkle.js';
import type { AnswerableInquiry, AnswerEligibility, AskEligibility, EligibilityAnswer, LimitStanding } from './eligibility.js';

/** What an answer rests on: the questions as asked and not yet answered, and the newest statements. */
export function answerPreconditions({ items }: AnswerEligibility): Preconditions {
  const documents = items.flatMap(({ inquiry, coverage, plan, accumulator }) => [inquiry, coverage ?? [], plan ?? [], accumulator?.document ?? []].flat());
  return { ...NO_PRECONDITIONS, documents };
}

/** Records questions for the insurer. */
export function askEligibility({ items }: AskEligibility, parties: JointParties, execution: Execution): Effects {
  return recorded(items.map(({ id, question }) => newDocument(execution, 'eligibility', { id, version: 1 }, parties, { question, askedAt: execution.now })));
}

/**
 * Answers questions, each from the statements that it brings: the receipt names them by their hashes. Throws
 * ELIGIBILITY_ANSWERED, INPUT_MISMATCH for statements of somebody else, INPUT_MISSING for a plan or total that is due, and
 * PROOF_INVALID.
 */
export function answerEligibility({ items }: AnswerEligibility, parties: JointParties, execution: Execution): Effects {
  return recorded(items.map((item, index) => {
    const { id, version, body } = item.inquiry;
    if (body.answer !== undefined) throw new DomainError('ELIGIBILITY_ANSWERED', { items: [String(index)] });
    const answer = answerOf(item, String(index), execution.sha256);
    return newDocument(execution, 'eligibility', { id, version: version + 1 }, parties, { ...body, answer });
  }));
}

function answerOf({ inquiry, coverage, plan, accumulator }: AnswerableInquiry, place: string, sha256: Sha256): EligibilityAnswer {
  const { question } = inquiry.body;
  if (coverage === undefined) return { covered: false, reason: 'NOT_KNOWN', limits: [], restsOn: [] };
  assertMatches(coverage.body.personKey === question.personKey, 'coverage', place);
  const restsOn = [coverage, ...(plan === undefined ? [] : [plan]), ...(accumulator === undefined ? [] : [accumulator.document])];
  const cited = restsOn.map((document) => referenceTo(document, sha256)).sort((a, b) => (a.key < b.key ? -1 : 1));
  const period = periodOn(coverage.body.periods, question.serviceDate);
  if (period === undefined) return { covered: false, reason: whyNot(coverage, question.serviceDate), limits: [], restsOn: cited };
  if (plan === undefined) throw new DomainError('INPUT_MISSING', { input: 'plan', items: [place] });
  assertMatches(plan.id === period.planId, 'plan', place);
  const benefitYear = benefitYearOf(plan.body, question.serviceDate);
  const { name, network, currency, benefits } = plan.body;
  const isAsked = (category: string): boolean => question.categories.length === 0 || question.categories.includes(category);
  return {
    covered: true,
    plan: { planId: plan.id, version: plan.version, name, network, currency, benefits: benefits.filter(({ category }) => isAsked(category)) },
    benefitYear,
    limits: limitsOf(coverage, plan, usedTotals(coverage, benefitYear, accumulator, place, sha256)),
    restsOn: cited,
  };
}

function whyNot({ body: { known, periods } }: CoverageDocument, date: PlainDate): NonNullable<EligibilityAnswer['reason']> {
  if (!known) return 'NOT_KNOWN';
  if (periods.every(({ from }) => from > date)) return 'BEFORE_COVERAGE';
  return periods.some(({ from }) => from > date) ? 'BETWEEN_PERIODS' : 'AFTER_COVERAGE';
}

/** The proved totals of the person and the family. */
function usedTotals({ body: { familyId } }: CoverageDocument, benefitYear: PlainDate, accumulator: AccumulatorInput | undefined, place: string, sha256: Sha256): ReadonlyMap<string, number> {
  if (accumulator === undefined) throw new DomainError('INPUT_MISSING', { input: 'accumulator', items: [place] });
  const { document, leaves } = accumulator;
  assertMatches(familyId !== undefined && document.id === accumulatorId(familyId, benefitYear, sha256), 'accumulator', place);
  if (!leaves.every((leaf) => isIncluded(document.body.root, leaf, sha256))) throw new DomainError('PROOF_INVALID', { input: 'accumulator', items: [place] });
  return new Map(leaves.map(({ leaf }) => [leaf.key, leaf.value.usedMinor]));
}

function limitsOf({ body: { person = '' } }: CoverageDocument, { body }: PlanDocument, used: ReadonlyMap<string, number>): readonly LimitStanding[] {
  return [...bothOwners('deductible', body.deductible, person, used), ...bothOwners('out-of-pocket', body.outOfPocket, person, used)];
}

/** Of an aggregate limit only the family's counts. */
function bothOwners(bucket: Bucket, limit: YearlyLimit, person: string, used: ReadonlyMap<string, number>): readonly LimitStanding[] {
  const family = standing('family', bucket, limit.familyMinor, used.get(leafKey(FAMILY, bucket)));
  return limit.kind === 'aggregate' ? [family] : [standing('person', bucket, limit.individualMinor, used.get(leafKey(person, bucket))), family];
}

function standing(owner: LimitStanding['owner'], bucket: Bucket, limitMinor: number, usedMinor: number | undefined): LimitStanding {
  if (usedMinor === undefined) throw new DomainError('INPUT_MISSING', { input: 'accumulator' });
  return { owner, bucket, limitMinor, usedMinor, leftMinor: Math.max(0, limitMinor - usedMinor) };
}

function assertMatches(holds: boolean, input: string, place: string): void {
  if (!holds) throw new DomainError('INPUT_MISMATCH', { input, items: [place] });
}
