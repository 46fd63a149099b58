import fc from 'fast-check';
import { claimOf, line } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import type { RemittanceBody } from './remittance.js';

const totals = (desk: LifeCycleDesk): readonly unknown[] => desk.reading([]).accumulators.flatMap(({ leaves }) => leaves.map(({ key, value }) => [key, value.usedMinor]));

const day = (index: number): string => `2026-01-${String(index + 1).padStart(2, '0')}`;
const code = fc.constantFrom('X0001', 'X0002', 'X0003');
const charge = fc.integer({ min: 1, max: 50_000 });
const visit = fc.record({ code, charge });

function claimFor({ code: name, charge: chargeMinor }: { readonly code: string; readonly charge: number }, index: number): ReturnType<typeof claimOf> {
  return claimOf([line({ procedure: { qualifier: 'HC', code: name, modifiers: [] }, chargeMinor, serviceFrom: day(index) })]);
}

/** The rules of an advice, from its amounts alone (claims guide 2.7, rule 4 and 5). */
function expectBalanced({ claims, reversals, providerAdjustments, totalMinor }: RemittanceBody): void {
  const claimed = [...claims, ...reversals].reduce((sum, { paidMinor }) => sum + paidMinor, 0);
  const adjusted = providerAdjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(claimed - adjusted).toBe(totalMinor);
  expect(totalMinor).toBeGreaterThanOrEqual(0);
  expect(reversals.every(({ chargeMinor, paidMinor }) => chargeMinor <= 0 && paidMinor <= 0)).toBe(true);
}

describe('whatever is paid, replaced and voided', () => {
  test('every advice balances, no cent is lost between them, and what is voided leaves the totals as they were', () => {
    fc.assert(fc.property(fc.array(fc.record({ first: visit, then: visit, void: fc.boolean(), later: fc.boolean() }), { minLength: 1, maxLength: 4 }), (steps) => {
      const desk = new LifeCycleDesk({ used: { deductible: 300 } });
      let received = 0;
      let earned = 0;
      const advise = (body: RemittanceBody): void => {
        expectBalanced(body);
        received += body.totalMinor;
        earned += [...body.claims, ...body.reversals].reduce((sum, { paidMinor }) => sum + paidMinor, 0);
      };
      steps.forEach((step, index) => {
        const [first, then] = [`first ${index}`, `then ${index}`];
        const before = totals(desk);
        desk.decided(first, claimFor(step.first, index));
        advise(desk.pay([first]).body);
        desk.correct(then, first, step.void ? '8' : '7', claimFor(step.then, index));
        desk.adjudicate([then]);
        if (step.void) {
          expect(totals(desk)).toEqual(before);
          advise(desk.pay([], { reversals: [desk.toRemit(desk.reversal(first))] }).body);
        } else {
          const overpaid = desk.eob(first).body.totals.paidMinor - desk.eob(then).body.totals.paidMinor;
          advise(desk.pay([then], step.later && overpaid > 0 ? { recoverLater: [desk.claim(first).id] } : {}).body);
        }
      });
      const account = desk.all('payee-account').at(-1)?.body;
      const owed = (account?.carriedForwardMinor ?? 0) + (account?.receivables ?? []).reduce((sum, { outstandingMinor }) => sum + outstandingMinor, 0);
      // what was received is what was earned, and what is still owed to the insurer
      expect(received).toBe(earned + owed);
    }), { numRuns: 40 });
  });

  test('taking back and deciding again with the same facts changes no total and moves no money', () => {
    fc.assert(fc.property(visit, (one) => {
      const desk = new LifeCycleDesk({ used: { deductible: 400 } });
      desk.decided('claim', claimFor(one, 0));
      desk.pay(['claim']);
      const before = totals(desk);
      desk.reopen('claim');
      desk.adjudicate(['claim']);
      expect(totals(desk)).toEqual(before);
      expect(desk.pay(['claim']).body).toMatchObject({ totalMinor: 0, providerAdjustments: [] });
    }), { numRuns: 20 });
  });
});
