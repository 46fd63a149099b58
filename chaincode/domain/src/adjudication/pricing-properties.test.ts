import fc from 'fast-check';
import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import type { NewFeeSchedule } from '../claims/command.js';
import { claimOf, contractOf, houseService, line, officeVisit, planOf, roomDays, stayOf, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { NewPrices, ShareOfCharges } from '../coverage/prices.js';
import { documentBytes } from '../documents/bytes.js';
import { lineBalances, patientShare } from '../remittance/balance.js';
import { toHex } from '../shared/bytes.js';
import { sumOf } from '../shared/money.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { LineDecision } from './adjudication.js';
import { spreadOverLines } from './claim-price.js';
import { decide } from './decide.js';
import { recompute } from './recompute.js';
import { ruleSet } from './rule-sets.js';

const cents = fc.integer({ min: 0, max: 5_000_000 });
const factor = fc.integer({ min: 1, max: 10_000 });

const stayLine = fc.record({ chargeMinor: cents, covered: fc.integer({ min: 0, max: 100 }), days: fc.integer({ min: 1, max: 9 }), isRoom: fc.boolean() })
  .map(({ chargeMinor, covered, days, isRoom }): ClaimLine => {
    const changes = { chargeMinor, nonCoveredMinor: Math.floor((chargeMinor * covered) / 100) };
    return isRoom ? roomDays(days, changes) : houseService('0250', chargeMinor, changes);
  });
const stay = fc.array(stayLine, { minLength: 1, maxLength: 6 }).chain((lines) => fc.constantFrom('01', '02').map((patientStatus) => stayOf(lines, { patientStatus })));

const table = { notListed: fc.constantFrom('CO-147' as const, 'PR-96' as const), lesserOfCharge: fc.boolean() };
const claimPrices: fc.Arbitrary<NewPrices | ShareOfCharges> = fc.oneof(
  fc.record({ type: fc.constant('share-of-charges' as const), share: factor, category: fc.constant('stay') }),
  fc.record({ ...table, type: fc.constant('per-diem' as const), entries: cents.map((amountMinor) => [{ key: '0120', fee: { amountMinor, category: 'stay', zeroPrice: 'CO-97' as const } }]) }),
  fc.record({ ...table, type: fc.constant('case-rate' as const), entries: cents.map((amountMinor) => [{ key: 'DRG470', fee: { amountMinor, category: 'stay', zeroPrice: 'PR-96' as const } }]) }),
  fc.record({
    ...table,
    type: fc.constant('drg' as const),
    baseRateMinor: fc.integer({ min: 1, max: 1_000_000 }),
    outlier: fc.record({ costToCharge: factor, thresholdMinor: cents, share: factor }),
    transferStatuses: fc.constant(['02']),
    entries: fc.record({ relativeWeight: fc.integer({ min: 1, max: 200_000 }), category: fc.constant('stay'), meanStayTenths: fc.integer({ min: 1, max: 200 }) })
      .map((fee) => [{ key: 'DRG470', fee }]),
  }),
);

const benefits = [officeVisit({ category: 'stay', copayMinor: usd(50) }), officeVisit()];

function contractWith(prices: NewFeeSchedule['prices']): NewFeeSchedule {
  return { ...contractOf(), settings: ['professional', 'outpatient', 'inpatient'], prices };
}

function expectBalanced(lines: readonly LineDecision[]): void {
  for (const one of lines) {
    expect(lineBalances(one)).toBe(true);
    expect(Math.min(one.paidMinor, one.allowedMinor)).toBeGreaterThanOrEqual(0);
    expect(one.allowedMinor).toBe(one.paidMinor + one.deductibleMinor + one.copayMinor + one.coinsuranceMinor);
    expect(one.adjustments.every(({ amountMinor }) => amountMinor !== 0)).toBe(true);
    expect(one.adjustments.some(({ reason, amountMinor }) => reason === '45' && amountMinor === one.chargeMinor)).toBe(false);
  }
}

describe('whatever the method of price', () => {
  test('charge = paid + all adjustments on every line, and computing again gives the same bytes', () => {
    fc.assert(fc.property(stay, claimPrices, (claim, prices) => {
      const desk = new ClaimsDesk({ plan: { benefits }, contract: contractWith(prices) });
      desk.submit('stay', claim);
      const [item] = desk.adjudicate(['stay'], { releases: [{ rule: 'days-of-stay/v1', reason: 'seen' }] });
      expect(item?.outcome).toBe('ADJUDICATED');
      const [adjudication, eob] = [desk.adjudication('stay'), desk.eob('stay')];
      expectBalanced(eob.body.lines);
      expect(patientShare(eob.body)).toBe(eob.body.totals.patientMinor);
      const again = recompute(desk.claim('stay'), adjudication, eob, sha256);
      expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(adjudication)), toHex(documentBytes(eob))]);
    }), { numRuns: 80 });
  });

  test('what is spread over lines adds up to the price, never below zero, in the order of the lines', () => {
    fc.assert(fc.property(fc.array(cents, { minLength: 1, maxLength: 30 }), cents, (charges, amountMinor) => {
      const lines = charges.map((chargeMinor, index) => line({ number: index + 1, chargeMinor }));
      const spread = [...spreadOverLines({ type: 'amount', amountMinor }, lines).values()];
      const shares = spread.map((one) => (one.type === 'amount' ? one.allowedMinor : NaN));
      expect(sumOf(shares)).toBe(amountMinor);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      // whoever is charged nothing gets nothing, unless nobody is charged anything
      if (charges.some((charge) => charge > 0)) charges.forEach((charge, index) => { if (charge === 0) expect(shares[index]).toBe(0); });
    }));
  });
});

const procedureLine = fc.record({
  code: fc.constantFrom('X0001', 'X0002', 'X0003'), chargeMinor: fc.integer({ min: 0, max: 100_000 }), units: fc.integer({ min: 1, max: 4000 }),
  modifiers: fc.constantFrom([], ['50'], ['51'], ['80', '51']), place: fc.constantFrom('11', '22', '23'), day: fc.integer({ min: 1, max: 2 }),
}).map(({ code, chargeMinor, units, modifiers, place, day }) =>
  line({ procedure: { qualifier: 'HC', code, modifiers }, chargeMinor, quantity: { unit: 'UN', thousandths: units }, placeOfService: place, serviceFrom: `2026-02-0${day}` }));
const procedures = fc.array(procedureLine, { minLength: 1, maxLength: 6 }).map((lines) => claimOf(lines));

const rankedPrices = fc.record({ lesserOfCharge: fc.boolean(), multipleProcedureFactors: fc.option(fc.array(factor, { minLength: 1, maxLength: 3 }), { nil: undefined }) })
  .map(({ lesserOfCharge, multipleProcedureFactors }): NewPrices => ({
    type: 'listed', notListed: 'CO-147', lesserOfCharge,
    ...(multipleProcedureFactors !== undefined && { multipleProcedureFactors }),
    modifierFactors: [{ modifier: '50', factor: 15_000 }, ...(multipleProcedureFactors === undefined ? [{ modifier: '51', factor: 5000 }] : []), { modifier: '80', factor: 1600 }],
    entries: ['X0001', 'X0002', 'X0003'].map((key, index) => ({ key, fee: { amountMinor: 12_345 * (index + 1), category: 'stay', multipleProcedure: index > 0 } })),
  }));

test('reductions for several procedures balance too, inside the network and outside', () => {
  fc.assert(fc.property(procedures, rankedPrices, fc.boolean(), (claim, prices, balanceBilling) => {
    const contract = { ...contractWith(prices), outOfNetwork: { balanceBilling } };
    const desk = new ClaimsDesk({ plan: { benefits }, contract });
    const { lines } = desk.decide(claim);
    expectBalanced(lines);
    const emergencies = claim.lines.filter(({ placeOfService }) => placeOfService === '23').map(({ number }) => number);
    const billed = lines.filter(({ adjustments }) => adjustments.some(({ group, reason }) => group === 'PR' && reason === '45'));
    expect(billed.some(({ number }) => !balanceBilling || emergencies.includes(number))).toBe(false);
  }), { numRuns: 60 });
});

test('claims and contracts of before are decided as before, but for the names of the rules', () => {
  const before: fc.Arbitrary<ClaimContent> = procedures;
  fc.assert(fc.property(before, (claim) => {
    const desk = new ClaimsDesk({ plan: planOf({ requiredData: [] }) });
    desk.submit('claim', claim);
    desk.adjudicate(['claim']);
    const { facts } = desk.adjudication('claim').body;
    const [two, three] = ['professional/2', 'professional/3'].map((name) => decide(claim, facts, ruleSet(name), 'cause'));
    expect([three?.lines, three?.postings, three?.decision]).toEqual([two?.lines, two?.postings, two?.decision]);
  }), { numRuns: 60 });
});
