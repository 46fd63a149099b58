import { claimOf, idOf, line } from '../claims/testing/builders.js';
import type { ClaimContent } from '../claims/claim.js';
import { PARTIES } from '../claims/testing/claims-desk.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { referenceTo } from '../documents/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { AttemptDocument } from './attempt.js';
import type { LodgedDocument } from './lodged.js';

const ID = idOf('lodged claim');
const attempt = (desk: LifeCycleDesk): AttemptDocument => desk.newest('attempt', ID);
const lodged = (desk: LifeCycleDesk): LodgedDocument => desk.newest('lodged', ID);

/** The claim could not be submitted on the tenth of February. */
function attempted(claim: ClaimContent = claimOf(), desk = new LifeCycleDesk()): LifeCycleDesk {
  desk.organisation = PARTIES.hospitalMsp;
  desk.run({ verb: 'attemptSubmission', items: [{ claimId: ID, claim }] });
  return desk;
}

function lodge(desk: LifeCycleDesk, today: string, claim: ClaimContent = claimOf(), made = attempt(desk)): unknown {
  desk.today = today;
  return refusalOf(() => desk.run({ verb: 'lodgeClaims', items: [{ attempt: made, claim }] }));
}

describe('a claim that is lodged', () => {
  test('lies with the hospital alone, filed when it was attempted', () => {
    const desk = attempted();
    expect(lodge(desk, '2026-02-11')).toBeUndefined();
    expect(lodged(desk)).toMatchObject({ parties: { ownerMsp: PARTIES.hospitalMsp }, body: { state: 'LODGED', filedAt: '2026-02-10T12:00:00.000Z', filedTick: 7, insurerMsp: PARTIES.insurerMsp } });
    expect(desk.all('claim')).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['on the same day', '2026-02-10', 'TOO_EARLY_ALONE'],
    ['more than thirty days later', '2026-03-13', 'ATTEMPT_LAPSED'],
  ])('is refused %s', (_, today, expected) => {
    expect(lodge(attempted(), today)).toBe(expected);
  });

  test.each<[string, ClaimContent]>([
    ['another claim than the one that was attempted', claimOf([line({ chargeMinor: 1 })])],
  ])('is refused for %s', (_, claim) => {
    expect(lodge(attempted(), '2026-02-11', claim)).toBe('INPUT_MISMATCH');
  });

  test.each<[string, ClaimContent]>([
    ['corrects another one', claimOf([line()], { frequency: '7', originalReference: idOf('x') })],
    ['comes after another payer', claimOf([line()], { otherPayers: [{ payerSequence: 'P' }] })],
  ])('is refused where it %s: that takes documents of both', (_, claim) => {
    expect(lodge(attempted(claim), '2026-02-11', claim)).toBe('INPUT_MISMATCH');
  });

  test('is refused where the claim was taken in after all', () => {
    const desk = attempted();
    desk.run({ verb: 'submitClaims', items: [{ claimId: ID, claim: claimOf() }] });
    expect(lodge(desk, '2026-02-11')).toBe('DOCUMENT_EXISTS');
  });

  test('is countersigned once: taken in by the same checks, filed then and received now', () => {
    const desk = attempted();
    lodge(desk, '2026-02-11');
    const made = lodged(desk);
    desk.today = '2026-02-24';
    expect(desk.run({ verb: 'countersignClaims', items: [made] }).items).toEqual([{ id: ID, outcome: 'ACCEPTED', version: 1 }]);
    expect(desk.newest('claim', ID).body).toMatchObject({ filed: { at: '2026-02-10T12:00:00.000Z', tick: 7, lodged: referenceTo(made, sha256) } });
    expect([lodged(desk).body.state, desk.waiting.has(ID)]).toEqual(['COUNTERSIGNED', true]);
    expect(refusalOf(() => desk.run({ verb: 'countersignClaims', items: [made] }))).toBe('STALE_VERSION');
    expect(refusalOf(() => desk.run({ verb: 'countersignClaims', items: [lodged(desk)] }))).toBe('LODGEMENT_SETTLED');
  });

  test('that does not pass the front end is rejected then, with the reasons', () => {
    const claim = claimOf([line()], { totalChargeMinor: 1 });
    const desk = attempted(claim);
    lodge(desk, '2026-02-11', claim);
    expect(desk.run({ verb: 'countersignClaims', items: [lodged(desk)] }).items).toMatchObject([{ outcome: 'REJECTED', rejections: [{ rule: expect.any(String) as string }] }]);
    expect([lodged(desk).body.state, desk.all('claim')]).toEqual(['REJECTED', []]);
  });

  test.each<[string, string, string, boolean]>([
    ['in time by its attempt', '2026-02-10', '2026-05-04', false],
    ['late as its attempt was', '2026-05-05', '2026-05-06', true],
  ])('is filed %s, and prompt payment begins when the insurer has it', (_, attemptedOn, lodgedOn, isLate) => {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.today = attemptedOn;
    attempted(claimOf(), desk);
    lodge(desk, attemptedOn === '2026-02-10' ? '2026-02-11' : lodgedOn);
    desk.today = '2026-06-01';
    desk.run({ verb: 'countersignClaims', items: [lodged(desk)] });
    desk.adjudicate(['lodged claim']);
    // service on 3 February, 90 days: the last day is 4 May
    const reasons = desk.eob('lodged claim').body.lines.flatMap(({ adjustments }) => adjustments.map(({ group, reason }) => `${group}-${reason}`));
    expect(reasons.includes('CO-29')).toBe(isLate);
    expect(desk.adjudication('lodged claim').body.facts).toMatchObject({ receivedOn: attemptedOn, payableFrom: '2026-06-01' });
  });
});
