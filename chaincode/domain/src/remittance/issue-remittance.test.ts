import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import type { IssueRemittance } from '../claims/command.js';
import type { EobDocument } from '../adjudication/adjudication.js';
import { referenceTo } from '../documents/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { remittanceTotal } from './issue-remittance.js';

function twoDecided(): ClaimsDesk {
  const desk = new ClaimsDesk({ used: { deductible: 500 } });
  desk.submit('a', claimOf());
  desk.submit('b', claimOf([line({ serviceFrom: '2026-02-04' }), line({ serviceFrom: '2026-02-04', procedure: { qualifier: 'HC', code: 'X0003', modifiers: [] } })]));
  desk.adjudicate(['a', 'b']);
  return desk;
}

function command(eobs: readonly EobDocument[], changes: Partial<IssueRemittance> = {}): IssueRemittance {
  return {
    verb: 'issueRemittance', remittanceId: idOf('remittance'), currency: 'USD', payment: { method: 'ACH', traceNumber: '12345', date: '2026-02-12' },
    totalMinor: remittanceTotal(eobs), eobs, ...changes,
  };
}

describe('a remittance', () => {
  test('balances to the cent and marks each adjudication as paid', () => {
    const desk = twoDecided();
    const eobs = [desk.eob('a'), desk.eob('b')];
    expect(desk.run(command(eobs)).items).toEqual([{ id: idOf('remittance'), outcome: 'ISSUED', version: 1 }]);
    const { body } = desk.newest('remittance', idOf('remittance'));
    // each: 120 allowed - 20 copay = 100; 20 % = 20; paid 80. b has another line of 200 that PR-204 denies
    expect(body.totalMinor).toBe(usd(160));
    expect(body.claims).toMatchObject([
      { claimId: idOf('a'), chargeMinor: usd(200), paidMinor: usd(80), patientMinor: usd(40) },
      { claimId: idOf('b'), chargeMinor: usd(400), paidMinor: usd(80), patientMinor: usd(240) },
    ]);
    expect(body.claims[0]?.eob).toEqual(referenceTo(desk.eob('a'), sha256));
    expect(desk.newest('payment', idOf('b')).body).toEqual({ remittanceId: idOf('remittance') });
  });

  const desk = twoDecided();
  const [a, b] = [desk.eob('a'), desk.eob('b')];
  const altered = (body: Partial<EobDocument['body']>): EobDocument => ({ ...a, body: { ...a.body, ...body } });

  test.each<[string, string, IssueRemittance]>([
    ['another total', 'REMITTANCE_OUT_OF_BALANCE', command([a, b], { totalMinor: usd(160) + 1 })],
    ['a line that does not add up', 'REMITTANCE_OUT_OF_BALANCE', command([altered({ lines: a.body.lines.map((one) => ({ ...one, paidMinor: one.paidMinor + 1 })) })])],
    ['a claim that does not add up', 'REMITTANCE_OUT_OF_BALANCE', command([altered({ totals: { ...a.body.totals, paidMinor: 1 } })])],
    ['a patient’s share that does not', 'REMITTANCE_OUT_OF_BALANCE', command([altered({ totals: { ...a.body.totals, patientMinor: 1 } })])],
    ['a payment of nothing by transfer', 'REMITTANCE_OUT_OF_BALANCE', command([a, b], { payment: { method: 'NON', traceNumber: '1', date: '2026-02-12' } })],
    ['another currency', 'INPUT_MISMATCH', command([a], { currency: 'EUR' })],
    ['a claim twice', 'INPUT_MISMATCH', command([a, a])],
  ])('%s is refused: %s', (_, code, wrong) => {
    expect(refusalOf(() => desk.run(wrong))).toBe(code);
  });

  test('of denied claims pays nothing, and says so', () => {
    const denied = new ClaimsDesk();
    denied.authority = 'NONE';
    denied.submit('a', claimOf());
    denied.adjudicate(['a']);
    const payment = { method: 'NON' as const, traceNumber: 'none', date: '2026-02-12' };
    expect(denied.run(command([denied.eob('a')], { payment })).items).toMatchObject([{ outcome: 'ISSUED' }]);
  });
});
