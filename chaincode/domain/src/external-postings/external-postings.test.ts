import { accumulatorInput } from '../adjudication/assemble.js';
import { claimOf, idOf, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { externalEventShape } from './external-posting.js';
import type { ExternalEvent, PostExternal } from './external-posting.js';

const drug: ExternalEvent = { source: 'PHARMACY', reference: 'RX-1', serviceDate: '2026-02-01', deductibleMinor: usd(30), outOfPocketMinor: usd(40) };
const used = (desk: LifeCycleDesk): Readonly<Record<string, number>> => Object.fromEntries(desk.reading([]).accumulators.flatMap(({ leaves }) => leaves.map(({ key, value }) => [key, value.usedMinor])));

function totals(desk: LifeCycleDesk): PostExternal['accumulators'] {
  return desk.reading([]).accumulators.map((file) => accumulatorInput(file, [desk.newest('coverage', idOf('coverage'))], [], sha256));
}

function posting(desk: LifeCycleDesk, events: readonly ExternalEvent[]): PostExternal {
  const items = events.map((event, index) => ({ id: idOf(`posting ${index}`), coverageId: idOf('coverage'), event }));
  return { verb: 'postExternal', items, coverages: [desk.newest('coverage', idOf('coverage'))], plans: [desk.newest('plan', idOf('plan'))], accumulators: totals(desk) };
}

describe('what happens off the ledger', () => {
  test('counts to the person’s and the family’s totals in one new version, and to the next claim', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 420 } });
    desk.run(posting(desk, [drug, { ...drug, reference: 'RX-2', deductibleMinor: 0, outOfPocketMinor: usd(5) }]));
    // 420 + 30; 40 + 5
    expect(used(desk)).toMatchObject({ '01/deductible': usd(450), '01/out-of-pocket': usd(45), 'family/deductible': usd(450), 'family/out-of-pocket': usd(45), '02/deductible': 0 });
    expect(desk.accumulator().version).toBe(2);
    expect(desk.accumulator().body.postings).toContainEqual({ leaf: '01/deductible', amountMinor: usd(30), cause: `external-posting~${idOf('posting 0')}~1` });
    // 50 left of the deductible, then 20 copay and a fifth of 50
    expect(desk.decide(claimOf()).totals.paidMinor).toBe(usd(40));
  });

  test('is taken back once, to the cent', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 420 } });
    const before = used(desk);
    desk.run(posting(desk, [drug]));
    const posted = desk.newest('external-posting', idOf('posting 0'));
    const reverse = { verb: 'reverseExternal', items: [{ posting: posted, reason: 'the pharmacy took it back' }] } as const;
    expect(refusalOf(() => desk.run({ ...reverse, accumulators: [] }))).toBe('INPUT_MISSING');
    desk.run({ ...reverse, accumulators: totals(desk) });
    expect(used(desk)).toEqual(before);
    expect(desk.newest('external-posting', posted.id)).toMatchObject({ version: 2, body: { state: 'REVERSED', reason: 'the pharmacy took it back' } });
    expect(refusalOf(() => desk.run({ ...reverse, accumulators: totals(desk) }))).toBe('STALE_VERSION');
    const again = { ...reverse, items: [{ posting: desk.newest('external-posting', posted.id), reason: 'again' }] };
    expect(refusalOf(() => desk.run({ ...again, accumulators: totals(desk) }))).toBe('POSTING_REVERSED');
  });

  test('is refused for a day without insurance, without its statements, with other totals', () => {
    const desk = new LifeCycleDesk();
    const given = posting(desk, [drug]);
    expect(refusalOf(() => desk.run(posting(desk, [{ ...drug, serviceDate: '2025-12-31' }])))).toBe('COVERAGE_NOT_IN_FORCE');
    expect(refusalOf(() => desk.run({ ...given, plans: [] }))).toBe('INPUT_MISSING');
    expect(refusalOf(() => desk.run({ ...given, accumulators: [] }))).toBe('INPUT_MISSING');
    const altered = given.accumulators.map((input) => ({ ...input, leaves: input.leaves.map((leaf) => ({ ...leaf, leaf: { ...leaf.leaf, value: { usedMinor: 1 } } })) }));
    expect(refusalOf(() => desk.run({ ...given, accumulators: altered }))).toBe('PROOF_INVALID');
  });

  test.each([{ deductibleMinor: 0, outOfPocketMinor: 0 }, { deductibleMinor: -1 }, { source: 'BANK' }])('that says %p is no event', (changes) => {
    expect(refusalOf(() => parse(externalEventShape, { ...drug, ...changes }))).toBe('INVALID_INPUT');
  });
});
