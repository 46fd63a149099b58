import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { decisionDueAt, unitsUsed } from './authorisation.js';
import type { AuthorisationDocument, AuthorisationRequest } from './authorisation.js';

const request: AuthorisationRequest = { personKey: 'M-1', providerNpis: [], codes: ['X0001'], from: '2026-02-01', thru: '2026-03-31', units: 5, urgent: false, clock: 'cms' };

const requested = (changes: Partial<AuthorisationRequest> = {}): LifeCycleDesk => {
  const desk = new LifeCycleDesk();
  desk.run({ verb: 'requestAuthorisation', authorisationId: idOf('authorisation'), request: { ...request, ...changes } });
  return desk;
};

const authorisation = (desk: LifeCycleDesk): AuthorisationDocument => desk.newest('authorisation', idOf('authorisation'));

const decide = (desk: LifeCycleDesk, unitsApproved: number, reason?: string): void => {
  desk.run({ verb: 'decideAuthorisation', authorisation: authorisation(desk), unitsApproved, ...(reason !== undefined && { reason }) });
};

/** Two units of an approved service, decided. */
function used(): LifeCycleDesk {
  const desk = requested();
  decide(desk, 5);
  desk.submit('claim', authorised(2));
  desk.adjudicate(['claim'], { authorisations: [authorisation(desk)] });
  return desk;
}

function authorised(units: number, day = '2026-02-03'): ReturnType<typeof claimOf> {
  return claimOf([line({ quantity: { unit: 'UN', thousandths: units * 1000 }, serviceFrom: day })], { priorAuthorisation: idOf('authorisation') });
}

describe('a request for authorisation', () => {
  test.each<['cms' | 'erisa', boolean, string]>([
    ['cms', true, '2026-02-13T12:00:00.000Z'], // 72 hours
    ['cms', false, '2026-02-17T12:00:00.000Z'], // 7 days
    ['erisa', true, '2026-02-13T12:00:00.000Z'],
    ['erisa', false, '2026-02-25T12:00:00.000Z'], // 15 days
  ])('under %s, urgent %s, is due by %s', (clock, urgent, dueAt) => {
    expect(decisionDueAt({ clock, urgent }, '2026-02-10T12:00:00.000Z')).toBe(dueAt);
    expect(authorisation(requested({ clock, urgent })).body.dueAt).toBe(dueAt);
  });

  test('is approved in whole or in part, or denied, in time or late', () => {
    const [whole, part, none] = [requested(), requested(), requested()];
    decide(whole, 5);
    expect(authorisation(whole).body).toMatchObject({ state: 'APPROVED', unitsApproved: 5, late: false });
    decide(part, 3, 'three suffice');
    expect(authorisation(part).body).toMatchObject({ state: 'APPROVED', unitsApproved: 3, reason: 'three suffice' });
    none.today = '2026-02-18';
    decide(none, 0, 'not needed');
    expect(authorisation(none).body).toMatchObject({ state: 'DENIED', unitsApproved: 0, late: true });
  });

  test('is refused: days in the wrong order, no reason, more than asked, decided twice, cancelled twice', () => {
    expect(refusalOf(() => requested({ thru: '2026-01-01' }))).toBe('INVALID_INPUT');
    const desk = requested();
    expect(refusalOf(() => { decide(desk, 0); })).toBe('INVALID_INPUT');
    expect(refusalOf(() => { decide(desk, 6); })).toBe('INVALID_INPUT');
    decide(desk, 5);
    expect(refusalOf(() => { decide(desk, 5); })).toBe('AUTHORISATION_NOT_OPEN');
    desk.run({ verb: 'cancelAuthorisation', authorisation: authorisation(desk), reason: 'no longer needed' });
    expect(refusalOf(() => desk.run({ verb: 'cancelAuthorisation', authorisation: authorisation(desk), reason: 'again' }))).toBe('AUTHORISATION_NOT_OPEN');
  });
});

describe('units', () => {
  test('are used by the decision in the same transaction, and the decision’s facts say how it stood before', () => {
    const desk = used();
    expect(authorisation(desk)).toMatchObject({ version: 3, body: { uses: [{ adjudication: `adjudication~${idOf('claim')}~1`, units: 2 }] } });
    expect(desk.adjudication('claim').body.facts.authorisations).toEqual([{
      authorisationId: idOf('authorisation'), version: 2, status: 'APPROVED', memberPerson: 'M-1', providerNpis: [], codes: ['X0001'], from: '2026-02-01', thru: '2026-03-31', unitsApproved: 5, unitsUsed: 0,
    }]);
    expect(desk.adjudication('claim').body.inputs.map(({ key }) => key)).toContain(`authorisation~${idOf('authorisation')}~2`);
  });

  test('run on through the claims of one command', () => {
    const desk = used();
    desk.submit('b', authorised(1, '2026-02-04'));
    desk.submit('c', authorised(1, '2026-02-05'));
    desk.adjudicate(['b', 'c'], { authorisations: [authorisation(desk)] });
    expect([desk.adjudication('b'), desk.adjudication('c')].map(({ body }) => body.facts.authorisations?.[0]?.unitsUsed)).toEqual([2, 3]);
    expect(unitsUsed(authorisation(desk).body)).toBe(4);
  });

  test('are given back by a reversal, in the same transaction', () => {
    const desk = used();
    desk.reopen('claim');
    expect(authorisation(desk)).toMatchObject({ version: 4, body: { uses: [] } });
    const voided = used();
    voided.pay(['claim']);
    voided.correct('void', 'claim', '8', authorised(2));
    voided.adjudicate(['void']);
    expect(unitsUsed(authorisation(voided).body)).toBe(0);
  });

  test('are not used by a denied line, another service, or while the claim is held', () => {
    const desk = requested();
    decide(desk, 5);
    desk.authority = 'NONE';
    desk.submit('denied', authorised(2));
    desk.adjudicate(['denied'], { authorisations: [authorisation(desk)] });
    desk.authority = 'UNKNOWN';
    desk.submit('held', authorised(2, '2026-02-04'));
    desk.adjudicate(['held'], { authorisations: [authorisation(desk)] });
    expect(authorisation(desk).version).toBe(2);
  });

  test('of another person are no input, and a reversal without the authorisation is refused', () => {
    const stranger = requested({ personKey: 'M-2' });
    stranger.submit('claim', authorised(1));
    expect(refusalOf(() => stranger.adjudicate(['claim'], { authorisations: [authorisation(stranger)] }))).toBe('INPUT_MISMATCH');
    const desk = used();
    const { authorisations: _, ...decision } = desk.decision('claim');
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'reopenClaims', items: [{ decision, cause: 'OVERPAYMENT', reason: 'x' }], accumulators: desk.accumulatorsFor(decision) })))).toBe('INPUT_MISSING');
  });
});
