import { claimOf, idOf, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { JOINT_KINDS } from '../documents/key.js';
import type { PendDocument } from './pend.js';
import type { RoutingDocument } from './routing.js';

const promptPay = { days: 30, method: 'simple', rate: 1000, dayBasis: 365, pauses: true, afterAppeal: false } as const;
const HASH = 'a'.repeat(64);

/** A claim that is held because the licence's standing is not known. */
function held(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 500 }, plan: { promptPay } });
  desk.authority = 'UNKNOWN';
  desk.submit('claim', claimOf());
  expect(desk.adjudicate(['claim'])).toMatchObject([{ outcome: 'PENDED' }]);
  return desk;
}

const pend = (desk: LifeCycleDesk): PendDocument => desk.newest('pend', idOf('claim'));

function queued(): LifeCycleDesk {
  const desk = held();
  desk.run({ verb: 'routePend', claimId: idOf('claim'), version: 1, queue: 'credentials', assignee: 'anna', reasons: ['credential/v1 standing-unknown'], dueOn: '2026-02-20' });
  return desk;
}

function asked(): LifeCycleDesk {
  const desk = queued();
  desk.today = '2026-02-12';
  desk.run({ verb: 'requestInformation', claim: desk.claim('claim'), of: 'provider', codes: ['M127'], dueOn: '2026-03-12' });
  return desk;
}

describe('a held claim', () => {
  test('is in a queue, with somebody, until a day; another examiner can take it', () => {
    const desk = queued();
    const routing = (): RoutingDocument => desk.newest('routing', idOf('claim'));
    expect(routing().body).toMatchObject({ queue: 'credentials', assignee: 'anna', dueOn: '2026-02-20' });
    desk.run({ verb: 'routePend', claimId: idOf('claim'), version: 2, queue: 'medical', reasons: [], dueOn: '2026-02-25' });
    expect([routing().version, routing().body.queue, routing().body.assignee]).toEqual([2, 'medical', undefined]);
    // the hospital is told nothing of it
    expect(JOINT_KINDS).not.toContain('routing');
  });

  test('waits for information with the clock standing still, which the decision then counts', () => {
    const desk = asked();
    expect(pend(desk).body).toMatchObject({ state: 'INFORMATION_REQUESTED', request: { of: 'provider', codes: ['M127'], on: '2026-02-12' } });
    desk.today = '2026-02-22';
    desk.organisation = 'HospitalMSP';
    desk.run({ verb: 'answerRequest', claim: desk.claim('claim'), before: pend(desk), attachments: [{ controlNumber: 'ATT-1', sha256: HASH }] });
    desk.organisation = 'InsurerMSP';
    expect(pend(desk).body).toMatchObject({ state: 'ANSWERED', answer: { on: '2026-02-22' }, pauses: [{ from: '2026-02-12', thru: '2026-02-22' }] });
    desk.authority = 'FULL';
    desk.adjudicate(['claim'], { pend: pend(desk) });
    // received 10 February: 30 days, and 10 on which the clock stood still
    expect(desk.eob('claim').body.due?.dueOn).toBe('2026-03-22');
    expect(desk.adjudication('claim').body.facts.pauses).toEqual([{ from: '2026-02-12', thru: '2026-02-22' }]);
  });

  test('is released by a supervisor as a second person, with a reason that the decision keeps', () => {
    const desk = asked();
    const releases = [{ rule: 'credential/v1', reason: 'the board confirmed by telephone' }];
    const release = (): unknown => desk.run({ verb: 'releasePend', claim: desk.claim('claim'), before: pend(desk), releases });
    expect(refusalOf(release)).toBe('SAME_PERSON');
    desk.by('supervisor', release);
    expect(refusalOf(() => desk.by('supervisor', () => desk.adjudicate(['claim'], { pend: pend(desk) })))).toBe('SAME_PERSON');
    expect(desk.adjudicate(['claim'], { pend: pend(desk) })).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'PAID' }]);
    expect(desk.eob('claim').body.totals.paidMinor).toBe(usd(80));
    expect(desk.adjudication('claim').body.facts.releases).toEqual(releases);
  });

  test('is refused: nothing asked, asked twice, answered by the other party, hidden, or waiting no longer', () => {
    const desk = asked();
    const answer = { verb: 'answerRequest', claim: desk.claim('claim'), before: pend(desk), attachments: [] } as const;
    expect(refusalOf(() => desk.run(answer))).toBe('FORBIDDEN');
    expect(refusalOf(() => desk.run({ verb: 'requestInformation', claim: desk.claim('claim'), before: pend(desk), of: 'patient', codes: ['M127'], dueOn: '2026-03-12' }))).toBe('PEND_NOT_OPEN');
    expect(refusalOf(() => desk.run({ verb: 'requestInformation', claim: desk.claim('claim'), of: 'patient', codes: ['M127'], dueOn: '2026-03-12' }))).toBe('INPUT_MISSING');
    const fresh = queued();
    fresh.by('supervisor', () => fresh.run({ verb: 'releasePend', claim: fresh.claim('claim'), releases: [{ rule: 'duplicate/v2', reason: 'seen' }] }));
    expect(refusalOf(() => fresh.run({ ...answer, before: pend(fresh) }))).toBe('PEND_NOT_OPEN');
    fresh.authority = 'FULL';
    fresh.adjudicate(['claim']);
    expect(refusalOf(() => fresh.run({ verb: 'routePend', claimId: idOf('claim'), version: 2, queue: 'late', reasons: [], dueOn: '2026-03-12' }))).toBe('CLAIM_NOT_OPEN');
  });
});
