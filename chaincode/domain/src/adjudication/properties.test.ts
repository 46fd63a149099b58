import fc from 'fast-check';
import { claimOf, coverageOf, idOf, line, officeVisit, planOf, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import { COST_SHARES } from '../coverage/benefit-plan.js';
import { documentBytes } from '../documents/bytes.js';
import { lineBalances, patientShare } from '../remittance/balance.js';
import { toHex } from '../shared/bytes.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { EobBody } from './adjudication.js';
import { recompute } from './recompute.js';

const cents = fc.integer({ min: 0, max: 300_000 });
const limit = fc.record({ kind: fc.constantFrom('embedded' as const, 'aggregate' as const), individualMinor: cents, familyMinor: cents });

const benefit = fc.record({
  deductibleApplies: fc.boolean(), copayMinor: fc.integer({ min: 0, max: 9_000 }), coinsurance: fc.integer({ min: 0, max: 10_000 }),
  countsToOutOfPocket: fc.boolean(), copayCountsToDeductible: fc.boolean(),
});

const plan = fc.record({
  benefit,
  deductible: limit,
  outOfPocket: limit,
  costShareOrder: fc.shuffledSubarray([...COST_SHARES], { minLength: 3 }),
  rounding: fc.constantFrom('halfUp' as const, 'halfEven' as const, 'down' as const),
}).map(({ benefit: shares, ...rest }) => planOf({ ...rest, benefits: [officeVisit(shares), ...planOf().benefits.slice(1)] }));

const anyLine = fc.record({
  code: fc.constantFrom('X0001', 'X0002', 'X0003', 'X0006', 'X9999'), chargeMinor: cents, units: fc.integer({ min: 1, max: 4_000 }),
  day: fc.integer({ min: 1, max: 3 }), modifiers: fc.constantFrom([], ['50'], ['76']),
}).map(({ code, chargeMinor, units, day, modifiers }) =>
  line({ procedure: { qualifier: 'HC', code, modifiers }, chargeMinor, quantity: { unit: 'UN', thousandths: units }, serviceFrom: `2026-02-0${day}` }));

const claims = fc.array(fc.array(anyLine, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
const used = fc.record({ deductible: fc.integer({ min: 0, max: 900 }), outOfPocket: fc.integer({ min: 0, max: 3000 }) });

/** Submits and decides all claims in one batch; suspected duplicates are let pass. */
function decideAll(desk: ClaimsDesk, all: readonly (readonly ReturnType<typeof line>[])[]): readonly EobBody[] {
  const names = all.map((lines, index) => {
    desk.submit(`claim ${index}`, claimOf(lines));
    return `claim ${index}`;
  });
  desk.adjudicate(names, { releases: [{ rule: 'duplicate/v2', reason: 'seen' }] });
  return names.map((name) => desk.eob(name).body);
}

describe('whatever the plan, the totals and the claims', () => {
  test('charge = paid + all adjustments, on every line; sums agree; nothing is negative', () => {
    fc.assert(fc.property(plan, used, claims, (terms, totals, all) => {
      for (const eob of decideAll(new ClaimsDesk({ plan: terms, used: totals }), all)) {
        for (const one of eob.lines) {
          expect(lineBalances(one)).toBe(true);
          expect(Math.min(one.paidMinor, one.allowedMinor, one.deductibleMinor, one.copayMinor, one.coinsuranceMinor)).toBeGreaterThanOrEqual(0);
          expect(one.allowedMinor).toBe(one.paidMinor + one.deductibleMinor + one.copayMinor + one.coinsuranceMinor);
          expect(one.adjustments.every(({ amountMinor }) => amountMinor !== 0)).toBe(true);
          expect(one.adjustments.some(({ reason, amountMinor }) => reason === '45' && amountMinor === one.chargeMinor)).toBe(false);
        }
        expect(patientShare(eob)).toBe(eob.totals.patientMinor);
        expect(eob.totals.paidMinor).toBe(eob.lines.reduce((sum, { paidMinor }) => sum + paidMinor, 0));
      }
    }), { numRuns: 30 });
  });

  test('no limit is exceeded, and the totals are the sum of the postings', () => {
    fc.assert(fc.property(plan, used, claims, (terms, totals, all) => {
      const desk = new ClaimsDesk({ plan: terms, used: totals });
      decideAll(desk, all);
      const file = desk.reading([]).accumulators[0];
      const total = (key: string): number => file?.leaves.find((leaf) => leaf.key === key)?.value.usedMinor ?? NaN;
      for (const [bucket, rule, opening] of [['deductible', terms.deductible, usd(totals.deductible)], ['out-of-pocket', terms.outOfPocket, usd(totals.outOfPocket)]] as const) {
        expect(total(`family/${bucket}`)).toBeLessThanOrEqual(Math.max(rule.familyMinor, opening));
        if (rule.kind === 'embedded') expect(total(`01/${bucket}`)).toBeLessThanOrEqual(Math.max(rule.individualMinor, opening));
        expect(total(`01/${bucket}`)).toBe(total(`family/${bucket}`));
        const posted = desk.all('accumulator').flatMap(({ body }) => body.postings);
        expect(total(`01/${bucket}`)).toBe(posted.filter(({ leaf }) => leaf === `01/${bucket}`).reduce((sum, { amountMinor }) => sum + amountMinor, 0));
      }
    }), { numRuns: 30 });
  });

  test('computing again gives the same bytes', () => {
    fc.assert(fc.property(plan, used, claims, (terms, totals, all) => {
      const desk = new ClaimsDesk({ plan: terms, used: totals });
      decideAll(desk, all);
      all.forEach((_, index) => {
        const [adjudication, eob] = [desk.adjudication(`claim ${index}`), desk.eob(`claim ${index}`)];
        const again = recompute(desk.claim(`claim ${index}`), adjudication, eob, sha256);
        expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(adjudication)), toHex(documentBytes(eob))]);
      });
    }), { numRuns: 25 });
  });

  test('an identical claim is denied as a duplicate as long as the first one was not denied', () => {
    fc.assert(fc.property(plan, anyLine.filter(({ procedure }) => procedure.modifiers[0] !== '76'), (terms, one) => {
      const [first, second] = decideAll(new ClaimsDesk({ plan: terms }), [[one], [one]]);
      const isDuplicate = second?.lines[0]?.adjustments.some(({ reason }) => reason === '18') ?? false;
      expect(isDuplicate).toBe(first?.lines[0]?.denied === false && one.chargeMinor > 0);
    }), { numRuns: 20 });
  });
});

test('a coverage that ends decides by the day alone', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 }), (last, day) => {
    const two = (value: number): string => String(value).padStart(2, '0');
    const coverage = coverageOf({ periods: [{ from: '2026-01-01', thru: `2026-01-${two(last)}`, planId: idOf('plan') }] });
    const eob = new ClaimsDesk({ coverage }).decide(claimOf([line({ serviceFrom: `2026-01-${two(day)}` })]));
    expect(eob.decision === 'DENIED').toBe(day > last);
  }), { numRuns: 30 });
});
