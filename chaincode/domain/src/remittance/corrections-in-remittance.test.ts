import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { receivableIdOf } from './run.js';

const lesser = claimOf([line({ procedure: { qualifier: 'HC', code: 'X0002', modifiers: [] }, chargeMinor: usd(40) })]);

/** A claim for which 80 was paid, replaced by one that pays 16: 40 allowed - 20 copay - 4 (20 % of 20). */
function replaced(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 500 } });
  desk.decided('original');
  desk.pay(['original']);
  desk.correct('again', 'original', '7', lesser);
  desk.adjudicate(['again']);
  desk.decided('other', claimOf([line({ serviceFrom: '2026-02-05' })]));
  return desk;
}

const account = (desk: LifeCycleDesk): unknown => desk.newest('payee-account', idOf('account')).body;

describe('a reversal', () => {
  test('stands beside its correction with every amount negative and no patient amount', () => {
    const { body } = replaced().pay(['again', 'other']);
    // 16 + 80 - 80 = 16
    expect(body.totalMinor).toBe(usd(16));
    expect(body.reversals).toEqual([expect.objectContaining({ claimId: idOf('original'), adjudicationVersion: 1, chargeMinor: -usd(200), paidMinor: -usd(80) })]);
    expect(body.reversals[0]).not.toHaveProperty('patientMinor');
  });

  test('and its correction are refused one without the other, and a second time', () => {
    const desk = replaced();
    const command = desk.remittance(['again']);
    expect(refusalOf(() => desk.run({ ...command, reversals: [] }))).toBe('CORRECTION_INCOMPLETE');
    expect(refusalOf(() => desk.run({ ...command, eobs: [] }))).toBe('CORRECTION_INCOMPLETE');
    desk.pay(['again', 'other']);
    expect(refusalOf(() => desk.run(command))).toBe('DOCUMENT_EXISTS');
  });

  test('that says another payment than the one that it takes back is refused', () => {
    const desk = replaced();
    const [one] = desk.remittance(['again', 'other']).reversals;
    if (one === undefined) throw new Error('a reversal expected');
    const eob = { ...one.eob, body: { ...one.eob.body, totals: { ...one.eob.body.totals, paidMinor: usd(1) } } };
    expect(refusalOf(() => desk.pay(['again', 'other'], { reversals: [{ ...one, eob }] }))).toBe('INPUT_MISMATCH');
  });

  test('of a decision that was never paid has no place in a remittance', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.decided('claim');
    desk.reopen('claim');
    expect(refusalOf(() => desk.pay([], { reversals: [desk.toRemit(desk.reversal('claim'))] }))).toBe('INPUT_MISMATCH');
  });

  test('of a void stands alone', () => {
    const desk = replaced();
    desk.pay(['again', 'other']);
    desk.correct('void', 'other', '8');
    desk.adjudicate(['void']);
    desk.decided('more', claimOf([line({ serviceFrom: '2026-02-06' }), line({ serviceFrom: '2026-02-07' })]));
    const { body } = desk.pay(['more'], { reversals: [desk.toRemit(desk.reversal('other'))] });
    expect([body.totalMinor, body.reversals.length]).toEqual([usd(160 - 80), 1]);
  });
});

describe('a total below zero', () => {
  test('pays nothing and is carried forward (FB), again where the next does not suffice, until it is taken back', () => {
    const desk = replaced();
    const first = desk.pay(['again']);
    // 16 - 80 = -64
    expect(first.body).toMatchObject({ totalMinor: 0, payment: { method: 'NON' }, providerAdjustments: [{ code: 'FB', reference: first.id, amountMinor: -usd(64) }] });
    expect(account(desk)).toEqual({ currency: 'USD', carriedForwardMinor: usd(64), carriedFrom: first.id, receivables: [] });

    desk.decided('small', { ...lesser, lines: lesser.lines.map((one) => ({ ...one, serviceFrom: '2026-02-06', serviceThru: '2026-02-06' })) });
    const second = desk.pay(['small']);
    // 16 - 64 = -48
    expect(second.body.providerAdjustments).toEqual([{ code: 'FB', reference: first.id, amountMinor: usd(64) }, { code: 'FB', reference: second.id, amountMinor: -usd(48) }]);

    const third = desk.pay(['other']);
    // 80 - 48 = 32
    expect(third.body).toMatchObject({ totalMinor: usd(32), providerAdjustments: [{ code: 'FB', reference: second.id, amountMinor: usd(48) }] });
    expect(account(desk)).toEqual({ currency: 'USD', carriedForwardMinor: 0, receivables: [] });
  });

  test('cannot be hidden: the account of the ledger counts, and the newest', () => {
    const desk = replaced();
    const old = desk.remittance(['other']);
    desk.pay(['again']);
    expect(refusalOf(() => desk.run({ ...old, account: { accountId: idOf('account') } }))).toBe('INPUT_MISSING');
    const stale = desk.remittance(['other']);
    desk.pay(['other']);
    desk.decided('late', claimOf([line({ serviceFrom: '2026-02-08' })]));
    const command = desk.remittance(['late']);
    expect(refusalOf(() => desk.run({ ...command, ...(stale.account && { account: stale.account }) }))).toBe('STALE_VERSION');
  });
});

describe('an overpayment', () => {
  test('is reversed now and recovered later: WO negative now, positive then', () => {
    const desk = replaced();
    const now = desk.pay(['again'], { recoverLater: [idOf('original')] });
    const receivableId = receivableIdOf({ reversal: desk.reversal('original'), eob: desk.eob('original') }, sha256);
    // 16 - 80 + (80 - 16) = 0: nothing moves, 64 stay owed
    expect(now.body).toMatchObject({ totalMinor: 0, providerAdjustments: [{ code: 'WO', reference: receivableId, amountMinor: -usd(64) }] });
    expect(account(desk)).toMatchObject({ receivables: [{ receivableId, claimId: idOf('original'), origin: 'REVERSAL', outstandingMinor: usd(64) }] });
    expect(refusalOf(() => desk.pay(['other'], { recoveries: [{ receivableId, amountMinor: usd(64) + 1 }] }))).toBe('RECOVERY_NOT_POSSIBLE');
    const then = desk.pay(['other'], { recoveries: [{ receivableId, amountMinor: usd(50) }] });
    expect(then.body).toMatchObject({ totalMinor: usd(30), providerAdjustments: [{ code: 'WO', reference: receivableId, amountMinor: usd(50) }] });
    expect(account(desk)).toMatchObject({ receivables: [{ outstandingMinor: usd(14) }] });
  });

  test('that the hospital pays back by itself is shown, moves no money, and is owed no more', () => {
    const desk = replaced();
    desk.pay(['again'], { recoverLater: [idOf('original')] });
    const receivableId = receivableIdOf({ reversal: desk.reversal('original'), eob: desk.eob('original') }, sha256);
    const { body } = desk.pay(['other'], { refunds: [{ receivableId, amountMinor: usd(64) }] });
    expect(body.totalMinor).toBe(usd(80));
    expect(body.providerAdjustments).toEqual([{ code: '72', reference: receivableId, amountMinor: -usd(64) }, { code: 'WO', reference: receivableId, amountMinor: usd(64) }]);
    expect(account(desk)).toMatchObject({ receivables: [] });
  });

  test('is not withheld beyond what is paid', () => {
    const desk = replaced();
    desk.pay(['again'], { recoverLater: [idOf('original')] });
    const receivableId = receivableIdOf({ reversal: desk.reversal('original'), eob: desk.eob('original') }, sha256);
    expect(refusalOf(() => desk.pay([], { recoveries: [{ receivableId, amountMinor: 1 }] }))).toBe('RECOVERY_NOT_POSSIBLE');
  });
});
