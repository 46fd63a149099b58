import fc from 'fast-check';
import { claimOf, line, officeVisit, planOf, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { BenefitLimit } from '../coverage/benefit-plan.js';
import { documentBytes } from '../documents/bytes.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import type { Reduction } from '../reference-data/edit-terms.js';
import { lineBalances } from '../remittance/balance.js';
import { toHex } from '../shared/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { recompute } from './recompute.js';

/** Visits of the plan are limited; the deductible is used up, and a visit of 200 allows 120: 20 copay, 20 coinsurance, 80 paid. */
function limited(limit: BenefitLimit, limits: Readonly<Record<string, number>>, reductions: readonly Reduction[] = []): ClaimsDesk {
  return new ClaimsDesk({
    plan: { benefits: [officeVisit({ limit }), ...planOf().benefits.slice(1)], edits: { tables: [], reductions } },
    used: { deductible: 500 },
    limits,
  });
}

const VISITS = '01/visits-office-visit';
const PAID = '01/paid-office-visit';
const used = (desk: ClaimsDesk, leaf: string): number | undefined => desk.reading([]).accumulators[0]?.leaves.find(({ key }) => key === leaf)?.value.usedMinor;

describe('visits of a benefit year', () => {
  test('above the limit are denied, PR-119 for the whole charge', () => {
    const desk = limited({ visits: 2 }, { [VISITS]: 1 });
    const eob = desk.decide(claimOf([line({ serviceFrom: '2026-02-03' }), line({ serviceFrom: '2026-02-04' })]));
    expect(eob.lines.map(({ denied, paidMinor, remarks }) => [denied, paidMinor, remarks])).toEqual([[false, usd(80), []], [true, 0, ['N362']]]);
    expect(eob.lines[1]?.adjustments).toEqual([{ group: 'PR', reason: '119', amountMinor: usd(200) }]);
    expect(used(desk, VISITS)).toBe(2);
  });

  test('of one provider on one day are one, also over two claims', () => {
    const desk = limited({ visits: 2 }, { [VISITS]: 1 });
    desk.submit('first', claimOf([line(), line({ procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] } })]));
    desk.submit('second', claimOf([line({ chargeMinor: usd(210) })]));
    desk.adjudicate(['first', 'second'], { releases: [{ rule: 'duplicate/v2', reason: 'two visits' }] });
    expect(['first', 'second'].map((name) => desk.eob(name).body.decision)).toEqual(['PAID', 'PAID']);
    expect(used(desk, VISITS)).toBe(2);
  });

  test('are given back by a reversal', () => {
    const desk = new LifeCycleDesk({ plan: { benefits: [officeVisit({ limit: { visits: 2 } }), ...planOf().benefits.slice(1)] }, limits: { [VISITS]: 0 } });
    desk.submit('claim', claimOf());
    desk.adjudicate(['claim']);
    expect(used(desk, VISITS)).toBe(1);
    desk.reopen('claim');
    expect(used(desk, VISITS)).toBe(0);
  });
});

describe('payments of a benefit year', () => {
  test('above the limit are PR-119, and count towards no other limit', () => {
    const desk = limited({ paidMinor: usd(1000) }, { [PAID]: usd(970) });
    const [first] = desk.decide(claimOf()).lines;
    // 80 would be paid, 30 are left: CO-45 80, PR-2 20, PR-3 20, PR-119 50
    expect(first).toMatchObject({ paidMinor: usd(30), denied: false, copayMinor: usd(20), coinsuranceMinor: usd(20) });
    expect(first?.adjustments).toContainEqual({ group: 'PR', reason: '119', amountMinor: usd(50) });
    expect([used(desk, PAID), used(desk, '01/out-of-pocket')]).toEqual([usd(1000), usd(40)]);
  });

  test('a limit without its total is refused: the totals are opened with it', () => {
    const desk = limited({ paidMinor: usd(1000) }, {});
    desk.submit('claim', claimOf());
    expect(refusalOf(() => desk.adjudicate(['claim']))).toBe('INPUT_MISSING');
  });
});

describe('reductions of payment', () => {
  const sequestration: Reduction = { reason: '253', share: 200, from: '2026-02-01', thru: '2026-02-28' };
  test.each<[string, readonly Reduction[], number, readonly [string, number][]]>([
    ['2 % of 80', [sequestration], 78.4, [['253', 1.6]]],
    ['then 10 % of 78.40 withheld', [sequestration, { reason: '104', share: 1000, from: '2026-01-01' }], 70.56, [['253', 1.6], ['104', 7.84]]],
    ['not yet in force', [{ ...sequestration, from: '2026-02-04' }], 80, []],
  ])('%s', (_, reductions, paid, expected) => {
    const desk = limited({}, {}, reductions);
    const [first] = desk.decide(claimOf()).lines;
    expect(first).toMatchObject({ paidMinor: usd(paid), copayMinor: usd(20), coinsuranceMinor: usd(20) });
    expect(first?.adjustments.filter(({ group, reason }) => group === 'CO' && reason !== '45')).toEqual(expected.map(([reason, amount]) => ({ group: 'CO', reason, amountMinor: usd(amount) })));
  });
});

const anyLine = fc.record({ charge: fc.integer({ min: 0, max: 40_000 }), day: fc.integer({ min: 1, max: 5 }), code: fc.constantFrom('X0001', 'X0002', 'X0003') });
const anyTerms = fc.record({
  visits: fc.integer({ min: 0, max: 4 }), paidMinor: fc.integer({ min: 0, max: 30_000 }),
  shares: fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 3 }),
});

test('whatever the limits and reductions: lines balance, no limit is exceeded, and computing again gives the same bytes', () => {
  fc.assert(fc.property(anyTerms, fc.array(anyLine, { minLength: 1, maxLength: 6 }), ({ visits, paidMinor, shares }, lines) => {
    const reductions = shares.map((share): Reduction => ({ reason: '104', share, from: '2026-01-01' }));
    const desk = limited({ visits, paidMinor }, { [VISITS]: 0, [PAID]: 0 }, reductions);
    desk.submit('claim', claimOf(lines.map(({ charge, day, code }) => line({ chargeMinor: charge, serviceFrom: `2026-02-0${day}`, procedure: { qualifier: 'HC', code, modifiers: [] } }))));
    desk.adjudicate(['claim']);
    const [adjudication, eob] = [desk.adjudication('claim'), desk.eob('claim')];
    expect(eob.body.lines.every((one) => lineBalances(one) && one.paidMinor >= 0)).toBe(true);
    expect(used(desk, VISITS) ?? NaN).toBeLessThanOrEqual(visits);
    expect(used(desk, PAID) ?? NaN).toBeLessThanOrEqual(paidMinor);
    const again = recompute(desk.claim('claim'), adjudication, eob, sha256);
    expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(adjudication)), toHex(documentBytes(eob))]);
  }), { numRuns: 40 });
});
