import { assembleAdjudication } from '../adjudication/assemble.js';
import { claimOf, contractOf, idOf, line, usd } from '../claims/testing/builders.js';
import { PARTIES } from '../claims/testing/claims-desk.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { ProposeReviews, ReviewCause, ReviewListBody, ReviewListDocument } from './review-list.js';

const LICENCE: ReviewCause = { type: 'LICENCE', npi: '1234567893' };
const LIST = idOf('list');

function proposal(desk: LifeCycleDesk, names: readonly string[], cause = LICENCE): ProposeReviews {
  const reading = desk.reading(names);
  const terms = assembleAdjudication({ ...reading, items: reading.items.map(({ reopened: _, ...item }) => item) }, sha256);
  return { verb: 'proposeReviews', listId: LIST, cause, reason: 'order of the board', decisions: names.map((name) => ({ adjudication: desk.adjudication(name), eob: desk.eob(name) })), terms };
}

function proposed(desk: LifeCycleDesk, names: readonly string[], cause?: ReviewCause): ReviewListBody {
  desk.run(proposal(desk, names, cause));
  return list(desk).body;
}

const list = (desk: LifeCycleDesk): ReviewListDocument => desk.newest('review-list', LIST);
const kept = (desk: LifeCycleDesk): number => desk.documents.size;

describe('a review list', () => {
  test('after a suspension with effect in the past proposes what was paid, both standings beside it, and changes nothing', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    desk.decided('visit');
    desk.authority = 'NONE';
    const before = kept(desk);
    const { changes, unchanged } = proposed(desk, ['visit']);
    expect(kept(desk)).toBe(before + 1);
    expect(unchanged).toBe(0);
    // then 120 allowed, 50 deductible, 20 copay, 10 coinsurance: 40 paid; now CO-B7 for all
    expect(changes).toMatchObject([{
      claimId: idOf('visit'), state: 'PROPOSED', currency: 'USD',
      was: { decision: 'PAID', paidMinor: usd(40), patientMinor: usd(80), standings: [{ periods: [{ authority: 'FULL' }] }] },
      wouldBe: { decision: 'DENIED', paidMinor: 0, patientMinor: 0, lines: [{ number: 1, paidMinor: 0, reasons: ['CO-B7'] }], standings: [{ periods: [{ authority: 'NONE' }] }] },
    }]);
  });

  test('after the suspension was void proposes what was denied, at the totals of then', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    desk.authority = 'NONE';
    desk.decided('visit');
    desk.authority = 'FULL';
    desk.decided('later', claimOf([line({ serviceFrom: '2026-02-04' })]));
    // the later visit used the deductible up; the earlier one would still have had 50 left of it
    expect(proposed(desk, ['visit']).changes).toMatchObject([{ was: { decision: 'DENIED' }, wouldBe: { decision: 'PAID', paidMinor: usd(40), patientMinor: usd(80) } }]);
  });

  test('of a standing that nobody knows proposes a claim that would wait', () => {
    const desk = new LifeCycleDesk();
    desk.decided('visit');
    desk.authority = 'UNKNOWN';
    const [change] = proposed(desk, ['visit']).changes;
    expect(change?.wouldBe.decision).toBeUndefined();
    expect(change?.wouldBe.holds).toHaveLength(1);
  });

  test('only counts what would come out the same', () => {
    const desk = new LifeCycleDesk();
    desk.decided('visit');
    expect(proposed(desk, ['visit'])).toMatchObject({ changes: [], unchanged: 1 });
  });

  test('after a coverage ended in the past proposes the visits after its end, and the other way round', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.decided('visit');
    desk.run({ verb: 'changeCoverages', items: [{ type: 'TERMINATION', coverage: desk.newest('coverage', idOf('coverage')), lastDay: '2026-01-31', reason: 'premium not paid' }] });
    const cause: ReviewCause = { type: 'COVERAGE', coverageId: idOf('coverage'), version: 2 };
    // 120 allowed, 20 copay, a fifth of 100: 80 paid
    expect(proposed(desk, ['visit'], cause).changes).toMatchObject([{ was: { paidMinor: usd(80) }, wouldBe: { decision: 'DENIED', lines: [{ reasons: ['PR-27'] }] } }]);
  });

  test('after new prices with effect in the past proposes the difference', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    desk.decided('visit');
    desk.run({ verb: 'recordFeeSchedules', items: [{ id: idOf('contract'), version: 2, body: contractOf({ X0001: { amountMinor: usd(150), category: 'office-visit' } }) }] });
    // 150 allowed, 20 copay, a fifth of 130 is 26: 104 paid where it was 80
    expect(proposed(desk, ['visit'], { type: 'FEE_SCHEDULE', feeScheduleId: idOf('contract'), version: 2 }).changes).toMatchObject([{ was: { paidMinor: usd(80) }, wouldBe: { paidMinor: usd(104) } }]);
  });

  test('rests on decisions that stand, and on their own claims', () => {
    const desk = new LifeCycleDesk();
    desk.decided('visit');
    desk.decided('other', claimOf([line({ serviceFrom: '2026-02-04' })]));
    const command = proposal(desk, ['visit']);
    expect(refusalOf(() => desk.run({ ...command, decisions: proposal(desk, ['other']).decisions }))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run({ ...command, decisions: [...command.decisions, ...command.decisions] }))).toBe('INPUT_MISMATCH');
    desk.reopen('visit');
    expect(refusalOf(() => desk.run(command))).toBe('STALE_VERSION');
    expect(refusalOf(() => desk.run(proposal(desk, ['visit'])))).toBe('ADJUDICATION_REVERSED');
  });
});

describe('a proposal', () => {
  const suspended = (): LifeCycleDesk => {
    const desk = new LifeCycleDesk();
    desk.decided('visit');
    desk.decided('other', claimOf([line({ serviceFrom: '2026-02-04' })]));
    desk.authority = 'NONE';
    desk.run(proposal(desk, ['visit', 'other']));
    return desk;
  };
  const decide = (desk: LifeCycleDesk, claim: string, state: 'RELEASED' | 'DISMISSED', from = list(desk)): unknown =>
    refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'decideReviews', list: from, decisions: [{ claimId: idOf(claim), state, reason: 'looked at' }] })));

  test('is released or dismissed by a second person, once, with a reason; then the claim is opened again', () => {
    const desk = suspended();
    const first = list(desk);
    expect(refusalOf(() => desk.run({ verb: 'decideReviews', list: first, decisions: [{ claimId: idOf('visit'), state: 'RELEASED', reason: 'x' }] }))).toBe('SAME_PERSON');
    expect([decide(desk, 'visit', 'RELEASED'), decide(desk, 'other', 'DISMISSED')]).toEqual([undefined, undefined]);
    expect(list(desk).body.changes.map(({ claimId, state, decided }) => [claimId, state, decided?.by])).toEqual([
      [idOf('visit'), 'RELEASED', { mspId: PARTIES.insurerMsp, actorId: 'supervisor', role: 'any' }],
      [idOf('other'), 'DISMISSED', { mspId: PARTIES.insurerMsp, actorId: 'supervisor', role: 'any' }],
    ]);
    expect(decide(desk, 'visit', 'DISMISSED')).toBe('REVIEW_NOT_OPEN');
    expect(decide(desk, 'never', 'DISMISSED')).toBe('REVIEW_NOT_OPEN');
    expect(decide(desk, 'other', 'RELEASED', first)).toBe('STALE_VERSION');
    expect(refusalOf(() => desk.run({ verb: 'decideReviews', list: list(desk), decisions: [] }))).toBe('SAME_PERSON');
    desk.reopen('visit', 'RETROACTIVE_CHANGE', `review list ${LIST}`);
    expect(desk.adjudicate(['visit'])).toEqual([{ id: idOf('visit'), outcome: 'ADJUDICATED', version: 2, decision: 'DENIED' }]);
  });

  test('is not decided twice in one command', () => {
    const desk = suspended();
    const twice = ['RELEASED', 'DISMISSED'].map((state) => ({ claimId: idOf('visit'), state: state as 'RELEASED', reason: 'x' }));
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'decideReviews', list: list(desk), decisions: twice })))).toBe('REVIEW_NOT_OPEN');
  });
});
