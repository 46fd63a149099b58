import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { parse } from '../shared/parse.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { interestOn, paymentDue, promptPayTermsShape } from './prompt-pay.js';
import type { PromptPayTerms } from './prompt-pay.js';

const simple: PromptPayTerms = { days: 30, method: 'simple', rate: 1000, dayBasis: 365, pauses: true, afterAppeal: false };
const monthly: PromptPayTerms = { ...simple, method: 'monthly', rate: 150 };

describe('interest on late payment', () => {
  test.each<[string, PromptPayTerms, string, number]>([
    ['the day after receipt counts as the first, the thirtieth is in time', simple, '2026-03-12', 0],
    ['from day 31', simple, '2026-03-13', 27], // 1000.00 × 10 % × 1 / 365 = 0.2739…
    ['by the day', simple, '2026-05-11', 1644], // 60 days: 1000.00 × 10 % × 60 / 365 = 16.438…
    ['by a year of 366 days', { ...simple, dayBasis: 366 }, '2026-05-11', 1639], // 16.393…
    ['by a year of 360 days', { ...simple, dayBasis: 360 }, '2026-05-11', 1667], // 16.666…
    ['by the month begun: one day is one month', monthly, '2026-03-13', 1500], // 1.5 % of 1000.00
    ['by the month begun: thirty days are one, thirty-one two', monthly, '2026-04-12', 3000],
  ])('%s', (_, terms, paidOn, expected) => {
    expect(interestOn(usd(1000), paymentDue(terms, '2026-02-10', []), paidOn)).toBe(expected);
  });

  test('waits while the insurer waits for an answer, where the terms say so', () => {
    const pauses = [{ from: '2026-02-15', thru: '2026-02-20' }, { from: '2026-03-01', thru: '2026-03-01' }];
    expect(paymentDue(simple, '2026-02-10', pauses).dueOn).toBe('2026-03-17'); // 12 March + 5 days
    expect(paymentDue({ ...simple, pauses: false }, '2026-02-10', pauses).dueOn).toBe('2026-03-12');
  });

  test('reads no other terms', () => {
    expect(parse(promptPayTermsShape, simple)).toEqual(simple);
    expect(refusalOf(() => parse(promptPayTermsShape, { ...simple, days: 0 }))).toBe('INVALID_INPUT');
    expect(refusalOf(() => parse(promptPayTermsShape, { ...simple, dayBasis: 300 }))).toBe('INVALID_INPUT');
  });
});

describe('a remittance that is late', () => {
  function late(): LifeCycleDesk {
    const desk = new LifeCycleDesk({ plan: { promptPay: simple }, used: { deductible: 500 } });
    desk.decided('claim');
    desk.today = '2026-05-11';
    return desk;
  }

  test('pays interest outside the claim, which raises the total (L6 negative)', () => {
    const { body } = late().pay(['claim']);
    // 80.00 × 10 % × 60 / 365 = 1.315…
    expect(body).toMatchObject({ totalMinor: usd(80) + 132, claims: [{ paidMinor: usd(80) }], providerAdjustments: [{ code: 'L6', reference: idOf('claim'), amountMinor: -132 }] });
  });

  test('cannot be dated back', () => {
    const desk = late();
    const command = desk.remittance(['claim'], { payment: { method: 'ACH', traceNumber: 'T', date: '2026-02-11' } });
    expect(command.totalMinor).toBe(usd(80) + 132);
    expect(refusalOf(() => desk.run({ ...command, totalMinor: usd(80) }))).toBe('REMITTANCE_OUT_OF_BALANCE');
  });

  test('of a denial or of an appeal’s correction bears none, of another correction on what is more', () => {
    const denied = late();
    denied.authority = 'NONE';
    denied.decided('no', claimOf([line({ serviceFrom: '2026-05-01' })]));
    denied.today = '2026-12-01';
    expect(denied.pay(['no']).body.providerAdjustments).toEqual([]);

    for (const [cause, interest] of [['APPEAL', 0], ['RECONSIDERATION', 1]] as const) {
      const desk = new LifeCycleDesk({ plan: { promptPay: simple }, used: { deductible: 500 } });
      desk.authority = 'NONE';
      desk.decided('claim');
      desk.pay(['claim']);
      desk.today = '2026-05-11';
      if (cause === 'APPEAL') {
        desk.appeal('claim');
        desk.decideAppeal('claim', 'OVERTURNED');
      }
      desk.reopen('claim', cause);
      desk.authority = 'FULL';
      desk.adjudicate(['claim']);
      expect(desk.pay(['claim']).body.providerAdjustments).toHaveLength(interest);
    }
  });
});
