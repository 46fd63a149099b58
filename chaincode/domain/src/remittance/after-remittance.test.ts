import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { RemittanceDocument } from './remittance.js';

/** A claim for which 80 is to be paid, in a remittance whose money has not moved yet. */
function untraced(): { readonly desk: LifeCycleDesk; readonly remittance: RemittanceDocument } {
  const desk = new LifeCycleDesk({ used: { deductible: 500 } });
  desk.decided('claim');
  return { desk, remittance: desk.pay(['claim'], { payment: { method: 'ACH', date: '2026-02-12' } }) };
}

describe('after a remittance', () => {
  test('the trace number follows, once, and makes the claim paid', () => {
    const { desk, remittance } = untraced();
    expect(desk.standing('claim').state).toBe('FINALIZED');
    desk.run({ verb: 'confirmPayment', remittance, traceNumber: 'EFT-9' });
    const confirmed = desk.newest('remittance', remittance.id);
    expect([confirmed.version, confirmed.body]).toEqual([2, { ...remittance.body, payment: { method: 'ACH', date: '2026-02-12', traceNumber: 'EFT-9' } }]);
    expect(desk.standing('claim').state).toBe('PAYMENT_ISSUED');
    expect(refusalOf(() => desk.run({ verb: 'confirmPayment', remittance: confirmed, traceNumber: 'X' }))).toBe('PAYMENT_CONFIRMED');
    expect(refusalOf(() => desk.run({ verb: 'confirmPayment', remittance, traceNumber: 'X' }))).toBe('STALE_VERSION');
  });

  test.each<[string, string, object]>([
    ['the same amount under the same number', 'RECONCILED', { deposit: { amountMinor: usd(80), traceNumber: 'EFT-9', on: '2026-02-14' } }],
    ['another amount', 'DIFFERENT', { deposit: { amountMinor: usd(79), traceNumber: 'EFT-9', on: '2026-02-14' } }],
    ['another number', 'DIFFERENT', { deposit: { amountMinor: usd(80), traceNumber: 'EFT-8', on: '2026-02-14' } }],
    ['nothing', 'DIFFERENT', {}],
    ['a disputed claim', 'DIFFERENT', { deposit: { amountMinor: usd(80), traceNumber: 'EFT-9', on: '2026-02-14' }, disputed: [{ claimId: idOf('claim'), reason: 'underpaid' }] }],
  ])('the hospital finds %s: %s', (_, status, found) => {
    const { desk, remittance } = untraced();
    desk.run({ verb: 'confirmPayment', remittance, traceNumber: 'EFT-9' });
    desk.run({ verb: 'acknowledgeRemittance', remittance: desk.newest('remittance', remittance.id), version: 1, disputed: [], ...found });
    expect(desk.newest('acknowledgement', remittance.id).body.status).toBe(status);
  });

  test('an acknowledgement names claims of the remittance only, and versions follow each other', () => {
    const { desk, remittance } = untraced();
    const acknowledge = { verb: 'acknowledgeRemittance', remittance, version: 1, disputed: [] } as const;
    expect(refusalOf(() => desk.run({ ...acknowledge, disputed: [{ claimId: idOf('other'), reason: 'x' }] }))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run({ ...acknowledge, version: 2 }))).toBe('STALE_VERSION');
    desk.run(acknowledge);
    expect(refusalOf(() => desk.run(acknowledge))).toBe('DOCUMENT_EXISTS');
  });
});

describe('a letter that asks for money back', () => {
  const letter = { sentOn: '2026-02-15', dueOn: '2026-03-17', reason: 'paid at the wrong price' };

  function paid(): LifeCycleDesk {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.decided('claim');
    desk.pay(['claim']);
    return desk;
  }

  const demand = (desk: LifeCycleDesk, amountMinor: number, name = 'owed'): void => {
    const document = desk.all('payee-account').at(-1);
    const account = { accountId: idOf('account'), ...(document && { document }) };
    desk.run({ verb: 'demandRefund', receivableId: idOf(name), eob: desk.eob('claim'), payment: desk.newest('payment', idOf('claim')), amountMinor, letter, account });
  };

  test('is owed without a reversal, and withheld from a later remittance (WO)', () => {
    const desk = paid();
    demand(desk, usd(30));
    expect(desk.newest('payee-account', idOf('account')).body.receivables).toEqual([{ receivableId: idOf('owed'), claimId: idOf('claim'), origin: 'LETTER', outstandingMinor: usd(30), letter }]);
    desk.decided('next', claimOf([line({ serviceFrom: '2026-02-05' })]));
    // 80 - 30
    expect(desk.pay(['next'], { recoveries: [{ receivableId: idOf('owed'), amountMinor: usd(30) }] }).body.totalMinor).toBe(usd(50));
    expect(desk.standing('claim').state).toBe('PAYMENT_ISSUED');
  });

  test('never asks for more than was paid, in all, nor twice under one number', () => {
    const desk = paid();
    expect(refusalOf(() => { demand(desk, usd(80) + 1); })).toBe('RECOVERY_NOT_POSSIBLE');
    demand(desk, usd(50));
    expect(refusalOf(() => { demand(desk, usd(30)); })).toBe('DOCUMENT_EXISTS');
    expect(refusalOf(() => { demand(desk, usd(31), 'more'); })).toBe('RECOVERY_NOT_POSSIBLE');
    demand(desk, usd(30), 'more');
  });
});
