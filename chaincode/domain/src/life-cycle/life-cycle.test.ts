import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { claimHistory, HISTORY_KINDS } from './claim-history.js';
import { CLAIM_STATES, TRANSITIONS } from './claim-state.js';
import type { Transition } from './claim-state.js';
import { LifeCycleDesk } from './testing/life-cycle-desk.js';

const fresh = (): LifeCycleDesk => new LifeCycleDesk({ used: { deductible: 500 } });
const untraced = { payment: { method: 'ACH' as const, date: '2026-02-12' } };

function at(state: 'ACCEPTED' | 'PENDED' | 'ADJUDICATED' | 'FINALIZED' | 'PAYMENT_ISSUED' | 'APPEALED' | 'IN_ADJUDICATION'): LifeCycleDesk {
  const desk = fresh();
  desk.submit('claim', claimOf());
  if (state === 'ACCEPTED') return desk;
  desk.authority = state === 'PENDED' ? 'UNKNOWN' : 'FULL';
  desk.adjudicate(['claim']);
  if (state === 'PENDED' || state === 'ADJUDICATED') return desk;
  desk.pay(['claim'], state === 'FINALIZED' ? untraced : {});
  if (state === 'APPEALED') desk.appeal('claim');
  if (state === 'IN_ADJUDICATION') desk.reopen('claim');
  return desk;
}

function appealedAt(state: 'ADJUDICATED' | 'FINALIZED'): LifeCycleDesk {
  const desk = at(state);
  desk.appeal('claim');
  return desk;
}

const correct = (desk: LifeCycleDesk, frequency: '7' | '8'): void => {
  desk.correct('correction', 'claim', frequency);
  desk.adjudicate(['correction']);
};

const decideUnknown = (desk: LifeCycleDesk): void => {
  desk.authority = 'UNKNOWN';
  desk.adjudicate(['claim']);
};

const decideKnown = (desk: LifeCycleDesk): void => {
  desk.authority = 'FULL';
  desk.adjudicate(['claim']);
};

/** Every transition of the table except the first and the last two, which concern a claim that has no state or another one. */
const WALKS: readonly (readonly [Transition['from'], Transition['to'], string, LifeCycleDesk, (desk: LifeCycleDesk) => void])[] = [
  ['ACCEPTED', 'ADJUDICATED', 'adjudicateClaims', at('ACCEPTED'), decideKnown],
  ['ACCEPTED', 'PENDED', 'adjudicateClaims', at('ACCEPTED'), decideUnknown],
  ['PENDED', 'ADJUDICATED', 'adjudicateClaims', at('PENDED'), decideKnown],
  ['PENDED', 'PENDED', 'adjudicateClaims', at('PENDED'), decideUnknown],
  ['ADJUDICATED', 'FINALIZED', 'issueRemittance', at('ADJUDICATED'), (desk) => { desk.pay(['claim'], untraced); }],
  ['ADJUDICATED', 'PAYMENT_ISSUED', 'issueRemittance', at('ADJUDICATED'), (desk) => { desk.pay(['claim']); }],
  ['ADJUDICATED', 'IN_ADJUDICATION', 'reopenClaims', at('ADJUDICATED'), (desk) => { desk.reopen('claim'); }],
  ['ADJUDICATED', 'APPEALED', 'fileAppeal', at('ADJUDICATED'), (desk) => { desk.appeal('claim'); }],
  ['FINALIZED', 'PAYMENT_ISSUED', 'confirmPayment', at('FINALIZED'), (desk) => { desk.run({ verb: 'confirmPayment', remittance: desk.all('remittance')[0] ?? desk.pay([]), traceNumber: 'T' }); }],
  ['FINALIZED', 'APPEALED', 'fileAppeal', at('FINALIZED'), (desk) => { desk.appeal('claim'); }],
  ['FINALIZED', 'IN_ADJUDICATION', 'reopenClaims', at('FINALIZED'), (desk) => { desk.reopen('claim'); }],
  ['FINALIZED', 'CORRECTED', 'adjudicateClaims', at('FINALIZED'), (desk) => { correct(desk, '7'); }],
  ['FINALIZED', 'VOIDED', 'adjudicateClaims', at('FINALIZED'), (desk) => { correct(desk, '8'); }],
  ['PAYMENT_ISSUED', 'APPEALED', 'fileAppeal', at('PAYMENT_ISSUED'), (desk) => { desk.appeal('claim'); }],
  ['PAYMENT_ISSUED', 'IN_ADJUDICATION', 'reopenClaims', at('PAYMENT_ISSUED'), (desk) => { desk.reopen('claim'); }],
  ['PAYMENT_ISSUED', 'CORRECTED', 'adjudicateClaims', at('PAYMENT_ISSUED'), (desk) => { correct(desk, '7'); }],
  ['PAYMENT_ISSUED', 'VOIDED', 'adjudicateClaims', at('PAYMENT_ISSUED'), (desk) => { correct(desk, '8'); }],
  ['APPEALED', 'ADJUDICATED', 'decideAppeal', appealedAt('ADJUDICATED'), (desk) => { desk.decideAppeal('claim', 'UPHELD'); }],
  ['APPEALED', 'FINALIZED', 'decideAppeal', appealedAt('FINALIZED'), (desk) => { desk.decideAppeal('claim', 'UPHELD'); }],
  ['APPEALED', 'PAYMENT_ISSUED', 'decideAppeal', at('APPEALED'), (desk) => { desk.decideAppeal('claim', 'UPHELD'); }],
  ['APPEALED', 'PAYMENT_ISSUED', 'withdrawAppeal', at('APPEALED'), (desk) => { desk.run({ verb: 'withdrawAppeal', appeal: desk.newest('appeal', idOf('claim')), reason: 'settled' }); }],
  ['APPEALED', 'IN_ADJUDICATION', 'reopenClaims', at('APPEALED'), (desk) => { desk.decideAppeal('claim', 'OVERTURNED'); desk.reopen('claim', 'APPEAL'); }],
  ['IN_ADJUDICATION', 'ADJUDICATED', 'adjudicateClaims', at('IN_ADJUDICATION'), decideKnown],
  ['IN_ADJUDICATION', 'PENDED', 'adjudicateClaims', at('IN_ADJUDICATION'), decideUnknown],
];

describe('the life of a claim', () => {
  test.each(WALKS)('%s to %s by %s', (from, to, _, desk, act) => {
    expect(desk.standing('claim').state).toBe(from);
    act(desk);
    expect(desk.standing('claim').state).toBe(to);
  });

  test('has no other transitions, and a void that is carried out is a state of its own', () => {
    const walked = WALKS.map(([from, to, by]) => ({ from, to, by }));
    const elsewhere = TRANSITIONS.filter(({ from, to }) => from === 'RECEIVED' || to === 'VOID_CARRIED_OUT');
    expect([...walked, ...elsewhere]).toEqual(expect.arrayContaining([...TRANSITIONS]));
    expect(walked.length + elsewhere.length).toBe(TRANSITIONS.length);
    const reached = new Set<string>(TRANSITIONS.map(({ to }) => to));
    // a reopened claim waits at once, so nobody sees it REVERSED without being opened or corrected
    expect(CLAIM_STATES.filter((state) => !reached.has(state))).toEqual(['REVERSED']);
    const desk = at('PAYMENT_ISSUED');
    correct(desk, '8');
    expect(desk.standing('correction').state).toBe('VOID_CARRIED_OUT');
    expect([fresh().submit('bad', claimOf([])).outcome, at('ACCEPTED').standing('claim').state]).toEqual(['REJECTED', 'ACCEPTED']);
  });

  test('is told from the documents: who did what, when, under which rules', () => {
    const desk = at('APPEALED');
    desk.decideAppeal('claim', 'OVERTURNED');
    desk.reopen('claim', 'APPEAL');
    decideKnown(desk);
    desk.decided('other', claimOf([line({ serviceFrom: '2026-02-05' })]));
    const mine = [...desk.documents.values()].filter(({ id, kind }) => id === idOf('claim') && (HISTORY_KINDS as readonly string[]).includes(kind));
    const history = claimHistory(mine);
    expect(history.map(({ key, says }) => [key.split('~')[0], says])).toEqual([
      ['claim', undefined], ['adjudication', undefined], ['adjudication', undefined], ['eob', 'PAID'], ['eob', 'PAID'], ['payment', undefined], ['appeal', 'FILED'],
      ['appeal', 'OVERTURNED'], ['reversal', 'APPEAL'],
    ]);
    expect(history.map(({ by }) => by.actorId)).toContain('supervisor');
    expect(history.find(({ ruleSet }) => ruleSet !== undefined)).toMatchObject({ ruleSet: expect.stringMatching(/^professional\/\d+$/) as string, rules: expect.arrayContaining(['timely-filing/v2']) as string[] });
  });
});
