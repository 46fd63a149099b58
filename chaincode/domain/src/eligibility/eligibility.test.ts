import { accumulatorInput } from '../adjudication/assemble.js';
import { coverageOf, idOf, planOf, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { referenceTo } from '../documents/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { AnswerableInquiry, EligibilityAnswer, EligibilityDocument } from './eligibility.js';

function asked(desk: LifeCycleDesk, serviceDate = '2026-02-03', categories: readonly string[] = []): EligibilityDocument {
  desk.run({ verb: 'askEligibility', items: [{ id: idOf('question'), question: { personKey: 'M-1', serviceDate, categories } }] });
  return desk.newest('eligibility', idOf('question'));
}

function statements(desk: LifeCycleDesk): Omit<AnswerableInquiry, 'inquiry'> {
  const coverage = desk.newest('coverage', idOf('coverage'));
  const accumulators = desk.reading([]).accumulators.map((file) => accumulatorInput(file, [coverage], [], sha256));
  return { coverage, plan: desk.newest('plan', idOf('plan')), ...(accumulators[0] && { accumulator: accumulators[0] }) };
}

function answered(desk: LifeCycleDesk, item: AnswerableInquiry): EligibilityAnswer | undefined {
  desk.run({ verb: 'answerEligibility', items: [item] });
  return desk.newest('eligibility', idOf('question')).body.answer;
}

describe('an eligibility inquiry', () => {
  test('is answered from the statements of the day, and the receipt names them', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450, familyDeductible: 700 } });
    const inquiry = asked(desk);
    const given = statements(desk);
    const answer = answered(desk, { inquiry, ...given });
    expect(answer).toMatchObject({ covered: true, benefitYear: '2026-01-01', plan: { planId: idOf('plan'), version: 1, name: 'Silver', network: 'west' } });
    // embedded: 500 - 450 and 1000 - 700; nothing used of 2000 and 4000 out of pocket
    expect(answer?.limits.map(({ owner, bucket, leftMinor }) => [owner, bucket, leftMinor])).toEqual([
      ['person', 'deductible', usd(50)], ['family', 'deductible', usd(300)], ['person', 'out-of-pocket', usd(2000)], ['family', 'out-of-pocket', usd(4000)],
    ]);
    expect(answer?.restsOn).toEqual([given.accumulator?.document, given.coverage, given.plan].map((document) => document && referenceTo(document, sha256)));
    expect(desk.newest('eligibility', idOf('question'))).toMatchObject({ version: 2, body: { askedAt: '2026-02-10T12:00:00.000Z' }, recorded: { at: '2026-02-10T12:00:00.000Z' } });
  });

  test('is told of the categories that it asks about only', () => {
    const desk = new LifeCycleDesk();
    const answer = answered(desk, { inquiry: asked(desk, '2026-02-03', ['cosmetic']), ...statements(desk) });
    expect(answer?.plan?.benefits.map(({ category }) => category)).toEqual(['cosmetic']);
  });

  test('of an aggregate limit hears the family’s alone', () => {
    const desk = new LifeCycleDesk({ plan: { deductible: { kind: 'aggregate', individualMinor: 0, familyMinor: usd(3000) } } });
    const answer = answered(desk, { inquiry: asked(desk), ...statements(desk) });
    expect(answer?.limits.filter(({ bucket }) => bucket === 'deductible').map(({ owner }) => owner)).toEqual(['family']);
  });

  const [january, march] = [{ from: '2026-01-01', thru: '2026-01-31', planId: idOf('plan') }, { from: '2026-03-01', thru: '2026-03-31', planId: idOf('plan') }];
  test.each<[string, string]>([['2025-12-31', 'BEFORE_COVERAGE'], ['2026-02-15', 'BETWEEN_PERIODS'], ['2026-04-01', 'AFTER_COVERAGE']])('for %s is told %s', (date, reason) => {
    const desk = new LifeCycleDesk({ coverage: coverageOf({ periods: [january, march] }) });
    const { coverage } = statements(desk);
    expect(answered(desk, { inquiry: asked(desk, date), ...(coverage && { coverage }) })).toMatchObject({ covered: false, reason, limits: [] });
  });

  test('about a stranger is told so, with or without a statement of it', () => {
    const desk = new LifeCycleDesk({ coverage: { personKey: 'M-1', known: false, periods: [], reason: 'no record' } });
    const stranger = desk.newest('coverage', idOf('coverage'));
    expect(answered(desk, { inquiry: asked(desk), coverage: stranger })).toMatchObject({ covered: false, reason: 'NOT_KNOWN', restsOn: [{ key: `coverage~${stranger.id}~1` }] });
    const other = new LifeCycleDesk();
    expect(answered(other, { inquiry: asked(other) })).toEqual({ covered: false, reason: 'NOT_KNOWN', limits: [], restsOn: [] });
  });

  test('is answered once, from the newest statements of that person, with proved totals', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    const inquiry = asked(desk);
    const given = { inquiry, ...statements(desk) };
    const { plan, accumulator } = given;
    if (plan === undefined || accumulator === undefined) throw new Error('statements expected');
    const refused = (item: AnswerableInquiry): unknown => refusalOf(() => answered(desk, item));
    const { plan: _plan, ...withoutPlan } = given;
    const { accumulator: _totals, ...withoutTotals } = given;
    expect([refused(withoutPlan), refused(withoutTotals)]).toEqual(['INPUT_MISSING', 'INPUT_MISSING']);
    expect(refused({ ...given, plan: { ...plan, body: planOf({ name: 'Gold' }) } })).toBe('DOCUMENT_MISMATCH');
    const [first, ...others] = accumulator.leaves;
    if (first === undefined) throw new Error('a leaf expected');
    const altered = { ...first, leaf: { ...first.leaf, value: { usedMinor: 0 } } };
    expect(refused({ ...given, accumulator: { ...accumulator, leaves: [altered, ...others] } })).toBe('PROOF_INVALID');
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('other'), version: 1, body: coverageOf({ personKey: 'M-2', person: '02' }) }] });
    expect(refused({ ...given, coverage: desk.newest('coverage', idOf('other')) })).toBe('INPUT_MISMATCH');
    answered(desk, given);
    expect(refused(given)).toBe('STALE_VERSION');
    expect(refused({ ...given, inquiry: desk.newest('eligibility', inquiry.id) })).toBe('ELIGIBILITY_ANSWERED');
  });
});
