import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { NoticeBody, NoticeItem } from './notice.js';
import { amountText } from './write-notice.js';

const contact = { insurer: 'Sample Insurance', address: '1 Sample Street', telephone: '555-0100' };

function issued(desk: LifeCycleDesk, type: NoticeItem['type'], version = 1): NoticeBody {
  const item = { type, version, claim: desk.claim('visit'), adjudication: desk.adjudication('visit'), eob: desk.eob('visit') };
  desk.run({ verb: 'issueNotices', items: [item], contact });
  return desk.newest('notice', idOf('visit')).body;
}

/** A visit of 200: 120 allowed, 50 deductible, 20 copay, 10 coinsurance, 40 paid; and one that the plan does not cover. */
function decided(benefitsAssigned = true): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 450 } });
  desk.decided('visit', claimOf([line(), line({ procedure: { qualifier: 'HC', code: 'X0003', modifiers: [] }, chargeMinor: usd(900) })], { benefitsAssigned }));
  return desk;
}

describe('an explanation of benefits', () => {
  test('says of each service what was charged, paid and left, and why, in words', () => {
    const { text, appealBy } = issued(decided(), 'EXPLANATION_OF_BENEFITS');
    for (const part of [
      'This is not a bill.', 'Patient: Jane Doe', 'Member number: M-1', 'Service X0001 on 2026-02-03: charged USD 200.00, paid USD 40.00',
      'USD 80.00: above the price agreed with the provider; you do not owe it (CO-45)', 'USD 50.00: your deductible (PR-1)', 'USD 900.00: your plan does not cover this kind of service (PR-204)',
      'In all: charged USD 1100.00, allowed USD 120.00, paid USD 40.00. You may owe USD 980.00.', 'We pay the provider.',
    ]) expect(text).toContain(part);
    expect(appealBy).toBeUndefined();
  });

  test('tells a person who did not assign the benefits that the money comes to them', () => {
    expect(issued(decided(false), 'EXPLANATION_OF_BENEFITS').text).toContain('We pay you, as you did not assign your benefits');
  });

  test('is the insurer’s own document, a version each', () => {
    const desk = decided();
    issued(desk, 'EXPLANATION_OF_BENEFITS');
    issued(desk, 'ADVERSE_DETERMINATION', 2);
    expect(desk.newest('notice', idOf('visit'))).toMatchObject({ version: 2, parties: { insurerMsp: 'InsurerMSP' } });
    expect(refusalOf(() => issued(desk, 'EXPLANATION_OF_BENEFITS', 2))).toBe('DOCUMENT_EXISTS');
  });
});

describe('a notice of an adverse determination', () => {
  test('names what is not paid, the rules, and every way to object with its times', () => {
    const { text, appealBy } = issued(decided(), 'ADVERSE_DETERMINATION');
    // 180 days after 10 February
    expect(appealBy).toBe('2026-08-09');
    expect(text).not.toContain('X0001');
    for (const part of ['Service X0003', 'the plan Silver (version 1)', 'until 2026-08-09', 'within 60 days', 'a second review', 'within 4 months', 'decides within 45 days', 'within 72 hours', '555-0100']) expect(text).toContain(part);
  });

  test('leaves the second review out where the product has none', () => {
    const level = { fileWithinDays: 30, decideWithinDays: 20 };
    const desk = new LifeCycleDesk({ plan: { appeals: { first: level, second: level, hasSecond: false, externalFileWithinMonths: 4, externalDecideWithinDays: 45, urgentHours: 72 } } });
    desk.authority = 'NONE';
    desk.decided('visit');
    const { text, appealBy } = issued(desk, 'ADVERSE_DETERMINATION');
    expect([appealBy, text.includes('a second review')]).toEqual(['2026-03-12', false]);
    expect(text).toContain('not licensed for it on that day');
  });

  test('is not due where nothing is denied, nor about a decision that was taken back', () => {
    const desk = new LifeCycleDesk();
    desk.decided('visit');
    expect(refusalOf(() => issued(desk, 'ADVERSE_DETERMINATION'))).toBe('NOTICE_NOT_DUE');
    desk.decided('other', claimOf([line({ serviceFrom: '2026-02-04' })]));
    const item = { type: 'EXPLANATION_OF_BENEFITS' as const, version: 1, claim: desk.claim('visit'), adjudication: desk.adjudication('other'), eob: desk.eob('other') };
    expect(refusalOf(() => desk.run({ verb: 'issueNotices', items: [item], contact }))).toBe('INPUT_MISMATCH');
    desk.reopen('visit');
    expect(refusalOf(() => issued(desk, 'EXPLANATION_OF_BENEFITS'))).toBe('ADJUDICATION_REVERSED');
  });
});

test.each([[0, 'USD 0.00'], [5, 'USD 0.05'], [-1250, '-USD 12.50'], [123_456, 'USD 1234.56']])('%p reads %p', (minor, expected) => {
  expect(amountText(minor, 'USD')).toBe(expected);
});
