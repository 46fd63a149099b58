import { idOf, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { COMMERCIAL_APPEALS, lastDayToDecide, lastDayToFile, monthsAfter } from './deadlines.js';

/** A claim that was denied on 10 February. */
function denied(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 500 } });
  desk.authority = 'NONE';
  desk.decided('claim');
  desk.pay(['claim']);
  return desk;
}

describe('deadlines', () => {
  test.each([
    ['FIRST', '2026-08-09', '2026-04-11'], // 180 and 60 days after 10 February
    ['SECOND', '2026-04-11', '2026-04-11'],
    ['EXTERNAL', '2026-06-10', '2026-03-27'], // four months and 45 days
  ] as const)('%s: file by %s, decide by %s, or in 72 hours where it is urgent', (level, file, decide) => {
    expect([lastDayToFile(COMMERCIAL_APPEALS, level, '2026-02-10'), lastDayToDecide(COMMERCIAL_APPEALS, level, '2026-02-10', false)]).toEqual([file, decide]);
    expect(lastDayToDecide(COMMERCIAL_APPEALS, level, '2026-02-10', true)).toBe('2026-02-13');
  });

  test('four months after a day that the month does not have is the first of the fifth', () => {
    expect(['2025-10-30', '2025-10-31', '2025-12-31', '2026-08-31'].map((date) => monthsAfter(date, 4))).toEqual(['2026-03-01', '2026-03-01', '2026-05-01', '2026-12-31']);
  });
});

describe('a member’s appeal', () => {
  test('that is overturned lets the claim be decided again, as version 2', () => {
    const desk = denied();
    expect(desk.appeal('claim').body).toMatchObject({ level: 'FIRST', state: 'FILED', filedOn: '2026-02-10', dueOn: '2026-04-11' });
    expect(desk.standing('claim').state).toBe('APPEALED');
    desk.today = '2026-03-01';
    expect(desk.decideAppeal('claim', 'OVERTURNED').body).toMatchObject({ state: 'OVERTURNED', decidedOn: '2026-03-01', late: false });
    desk.reopen('claim', 'APPEAL');
    desk.authority = 'FULL';
    expect(desk.adjudicate(['claim'])).toMatchObject([{ version: 2, decision: 'PAID' }]);
    expect(desk.pay(['claim']).body).toMatchObject({ totalMinor: usd(80), reversals: [{ paidMinor: 0 }] });
    // the next decision has appeals of its own
    expect(desk.appeal('claim').body).toMatchObject({ level: 'FIRST', adjudication: { key: `adjudication~${idOf('claim')}~2` } });
  });

  test('goes on from level to level once upheld, the last one outside', () => {
    const desk = denied();
    for (const level of ['FIRST', 'SECOND', 'EXTERNAL'] as const) {
      expect(desk.appeal('claim', level).body.level).toBe(level);
      desk.decideAppeal('claim', 'UPHELD');
    }
    expect(desk.standing('claim').state).toBe('PAYMENT_ISSUED');
    expect(refusalOf(() => desk.appeal('claim', 'EXTERNAL'))).toBe('APPEAL_NOT_OPEN');
  });

  test('need not wait for a decision that is overdue, and a late one is said to be late', () => {
    const desk = denied();
    desk.appeal('claim');
    desk.today = '2026-04-11';
    expect(refusalOf(() => desk.appeal('claim', 'SECOND'))).toBe('APPEAL_NOT_OPEN');
    desk.today = '2026-04-12';
    expect(desk.appeal('claim', 'SECOND').body.level).toBe('SECOND');
    desk.today = '2026-07-01';
    expect(desk.decideAppeal('claim', 'UPHELD').body.late).toBe(true);
  });

  test('skips the second level where the product has none', () => {
    const desk = new LifeCycleDesk({ plan: { appeals: { ...COMMERCIAL_APPEALS, hasSecond: false } } });
    desk.decided('claim');
    desk.appeal('claim');
    desk.decideAppeal('claim', 'UPHELD');
    expect(refusalOf(() => desk.appeal('claim', 'SECOND'))).toBe('APPEAL_NOT_OPEN');
    expect(desk.appeal('claim', 'EXTERNAL').body.level).toBe('EXTERNAL');
  });

  test('is in time on the last day and late on the next', () => {
    const desk = denied();
    desk.today = '2026-08-10';
    expect(refusalOf(() => desk.appeal('claim'))).toBe('APPEAL_LATE');
    desk.today = '2026-08-09';
    expect(desk.appeal('claim').version).toBe(1);
  });

  test('can be withdrawn by who filed it, and filed again', () => {
    const desk = denied();
    const appeal = desk.appeal('claim');
    desk.run({ verb: 'withdrawAppeal', appeal, reason: 'settled' });
    expect(desk.newest('appeal', idOf('claim')).body.state).toBe('WITHDRAWN');
    expect(refusalOf(() => desk.run({ verb: 'withdrawAppeal', appeal: desk.newest('appeal', idOf('claim')), reason: 'again' }))).toBe('APPEAL_NOT_OPEN');
    expect(desk.appeal('claim').body.state).toBe('FILED');
  });
});

describe('a provider’s dispute', () => {
  test('is the hospital’s, has no external review, and its withdrawal is the hospital’s too', () => {
    const desk = denied();
    expect(refusalOf(() => desk.appeal('claim', 'FIRST', { track: 'provider-dispute' }))).toBe('FORBIDDEN');
    desk.organisation = 'HospitalMSP';
    expect(refusalOf(() => desk.appeal('claim'))).toBe('FORBIDDEN');
    const appeal = desk.appeal('claim', 'FIRST', { track: 'provider-dispute' });
    desk.organisation = 'InsurerMSP';
    expect(refusalOf(() => desk.run({ verb: 'withdrawAppeal', appeal, reason: 'x' }))).toBe('FORBIDDEN');
    desk.decideAppeal('claim', 'UPHELD');
    desk.organisation = 'HospitalMSP';
    expect(refusalOf(() => desk.appeal('claim', 'EXTERNAL', { track: 'provider-dispute' }))).toBe('APPEAL_NOT_OPEN');
    expect(desk.appeal('claim', 'SECOND', { track: 'provider-dispute' }).body.level).toBe('SECOND');
  });
});

describe('an appeal is refused', () => {
  test('twice at a time, against a decision that was taken back, by the person who decided, and on other papers', () => {
    const desk = denied();
    desk.appeal('claim');
    expect(refusalOf(() => desk.appeal('claim'))).toBe('APPEAL_NOT_OPEN');
    const appeal = desk.newest('appeal', idOf('claim'));
    const decide = { verb: 'decideAppeal', adjudication: desk.adjudication('claim'), appeal, state: 'UPHELD', reason: 'x' } as const;
    expect(refusalOf(() => desk.run(decide))).toBe('SAME_PERSON');
    const { before: _, ...hidden } = { before: appeal, verb: 'fileAppeal' as const, adjudication: desk.adjudication('claim'), track: 'member' as const, level: 'FIRST' as const, urgent: false, grounds: 'x', evidence: [] };
    expect(refusalOf(() => desk.run(hidden))).toBe('INPUT_MISSING');
    desk.decideAppeal('claim', 'UPHELD');
    expect(refusalOf(() => desk.by('supervisor', () => desk.run(decide)))).toBe('STALE_VERSION');
    expect(refusalOf(() => desk.reopen('claim', 'APPEAL'))).toBe('INPUT_MISMATCH');
    desk.reopen('claim');
    expect(refusalOf(() => desk.appeal('claim', 'SECOND'))).toBe('ADJUDICATION_REVERSED');
  });
});
