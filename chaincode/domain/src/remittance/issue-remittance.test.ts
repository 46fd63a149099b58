import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import type { EobDocument } from '../adjudication/adjudication.js';
import { referenceTo } from '../documents/bytes.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { IssueRemittance } from './commands.js';

const denied = { qualifier: 'HC', code: 'X0003', modifiers: [] };

function twoDecided(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 500 } });
  desk.submit('a', claimOf());
  desk.submit('b', claimOf([line({ serviceFrom: '2026-02-04' }), line({ serviceFrom: '2026-02-04', procedure: denied })]));
  desk.adjudicate(['a', 'b']);
  return desk;
}

describe('a remittance', () => {
  test('balances to the cent and marks each adjudication as paid, once', () => {
    const desk = twoDecided();
    const remittance = desk.pay(['a', 'b']);
    // each: 120 allowed - 20 copay = 100; 20 % = 20; paid 80. b has another line of 200 that PR-204 denies
    expect(remittance.body).toMatchObject({ totalMinor: usd(160), reversals: [], providerAdjustments: [], payee: 'hospital' });
    expect(remittance.body.claims).toMatchObject([
      { claimId: idOf('a'), chargeMinor: usd(200), paidMinor: usd(80), patientMinor: usd(40) },
      { claimId: idOf('b'), chargeMinor: usd(400), paidMinor: usd(80), patientMinor: usd(240) },
    ]);
    expect(remittance.body.claims[0]?.eob).toEqual(referenceTo(desk.eob('a'), sha256));
    expect(desk.newest('payment', idOf('b')).body).toEqual({ remittanceId: remittance.id });
    expect(desk.all('payee-account')).toEqual([]);
    expect(refusalOf(() => desk.pay(['a']))).toBe('DOCUMENT_EXISTS');
  });

  test('of denied claims pays nothing, and says so', () => {
    const desk = new LifeCycleDesk();
    desk.authority = 'NONE';
    desk.decided('a');
    expect(desk.pay(['a']).body).toMatchObject({ totalMinor: 0, payment: { method: 'NON' } });
  });

  test('pays no decision that was taken back', () => {
    const desk = twoDecided();
    const command = desk.remittance(['a']);
    desk.reopen('a');
    expect(refusalOf(() => desk.run(command))).toBe('ADJUDICATION_REVERSED');
  });

  const desk = twoDecided();
  const [a, b] = [desk.eob('a'), desk.eob('b')];
  const good = desk.remittance(['a', 'b']);
  const altered = (body: Partial<EobDocument['body']>): EobDocument => ({ ...a, body: { ...a.body, ...body } });

  test.each<[string, string, Partial<IssueRemittance>]>([
    ['another total', 'REMITTANCE_OUT_OF_BALANCE', { totalMinor: usd(160) + 1 }],
    ['a payment of nothing by transfer', 'REMITTANCE_OUT_OF_BALANCE', { payment: { method: 'NON', date: '2026-02-12' } }],
    ['another currency', 'INPUT_MISMATCH', { currency: 'EUR' }],
    ['a claim twice', 'INPUT_MISMATCH', { eobs: [a, a] }],
    ['a payment to the member', 'INPUT_MISMATCH', { payee: 'member' }],
    ['no account', 'INPUT_MISMATCH', { account: undefined } as unknown as Partial<IssueRemittance>],
    ['a decision that is not the recorded one', 'DOCUMENT_MISMATCH', { eobs: [altered({ totals: { ...a.body.totals, paidMinor: 1 } }), b] }],
    ['a recovery of what is not owed', 'RECOVERY_NOT_POSSIBLE', { recoveries: [{ receivableId: idOf('nothing'), amountMinor: 1 }] }],
    ['a reversal to be recovered that is not there', 'RECOVERY_NOT_POSSIBLE', { recoverLater: [idOf('a')] }],
  ])('%s is refused: %s', (_, code, changes) => {
    expect(refusalOf(() => desk.run({ ...good, ...changes }))).toBe(code);
  });
});

describe('a payment to the member, whose benefits are not assigned', () => {
  function unassigned(): LifeCycleDesk {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.decided('own', claimOf([line()], { benefitsAssigned: false }));
    desk.decided('assigned', claimOf([line({ serviceFrom: '2026-02-04' })]));
    return desk;
  }

  test('is a remittance of its own, which touches no account of the hospital', () => {
    const desk = unassigned();
    const { account, ...command } = desk.remittance(['own'], { payee: 'member' });
    expect(account).toBeDefined();
    desk.run(command);
    expect(desk.newest('remittance', command.remittanceId).body).toMatchObject({ payee: 'member', totalMinor: usd(80) });
  });

  test('is refused to the hospital, and for two claims at once', () => {
    const desk = unassigned();
    expect(refusalOf(() => desk.run(desk.remittance(['own'])))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run(desk.remittance(['own', 'assigned'])))).toBe('INPUT_MISMATCH');
  });
});
