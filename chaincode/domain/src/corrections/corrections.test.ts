import { claimOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { documentBytes, referenceTo } from '../documents/bytes.js';
import { toHex } from '../shared/bytes.js';
import { recompute } from '../adjudication/recompute.js';

const used = (desk: LifeCycleDesk): Readonly<Record<string, number>> =>
  Object.fromEntries(desk.reading([]).accumulators.flatMap(({ leaves }) => leaves.map(({ key, value }) => [key, value.usedMinor])));

/** One visit, decided and final: 200 charged, 120 allowed, of which 50 deductible, 20 copay, 10 coinsurance; paid 40. */
function paid(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 450 } });
  desk.decided('original');
  desk.pay(['original']);
  return desk;
}

describe('a replacement (frequency 7)', () => {
  test('takes the original back first, then is decided against totals without it, in one transaction', () => {
    const desk = paid();
    const before = used(desk);
    expect(before['01/deductible']).toBe(usd(500));
    expect(desk.correct('again', 'original', '7', claimOf([line({ quantity: { unit: 'UN', thousandths: 2000 } })])).outcome).toBe('ACCEPTED');
    expect(desk.adjudicate(['again'])).toEqual([{ id: idOf('again'), outcome: 'ADJUDICATED', version: 1, decision: 'PAID' }]);
    // two units: min(200, 240) = 200 allowed; deductible 50 again (not used up any more), copay 20, 20 % of 130 = 26; paid 104
    expect(desk.eob('again').body.totals).toEqual({ chargeMinor: usd(200), allowedMinor: usd(200), paidMinor: usd(104), patientMinor: usd(96) });
    expect(used(desk)).toMatchObject({ '01/deductible': usd(500), '01/out-of-pocket': usd(96), 'family/out-of-pocket': usd(96) });
    const { body } = desk.reversal('original');
    expect(body).toMatchObject({ cause: 'REPLACEMENT', correctedBy: idOf('again'), eob: referenceTo(desk.eob('original'), sha256) });
    expect(body.payment).toEqual(referenceTo(desk.newest('payment', idOf('original')), sha256));
    expect(desk.eob('again').body.corrects).toEqual(referenceTo(desk.reversal('original'), sha256));
    // both in the one version of the totals that the transaction wrote
    expect(desk.accumulator().body.postings.map(({ leaf, amountMinor }) => [leaf, amountMinor])).toEqual([
      ['01/deductible', -usd(50)], ['01/out-of-pocket', -usd(80)], ['family/deductible', -usd(50)], ['family/out-of-pocket', -usd(80)],
      ['01/deductible', usd(50)], ['01/out-of-pocket', usd(96)], ['family/deductible', usd(50)], ['family/out-of-pocket', usd(96)],
    ]);
  });

  test('is no duplicate of its original, and computing it again gives the same bytes', () => {
    const desk = paid();
    desk.correct('again', 'original', '7');
    desk.adjudicate(['again'], { history: [idOf('original')] });
    expect(desk.eob('again').body).toMatchObject({ decision: 'PAID', totals: { paidMinor: usd(40) } });
    const again = recompute(desk.claim('again'), desk.adjudication('again'), desk.eob('again'), sha256);
    expect([toHex(again.adjudication), toHex(again.eob)]).toEqual([toHex(documentBytes(desk.adjudication('again'))), toHex(documentBytes(desk.eob('again')))]);
  });

  test('is no exact duplicate of another claim either: a person looks', () => {
    const desk = paid();
    const dearer = claimOf([line({ chargeMinor: usd(250) })]);
    desk.decided('other', dearer);
    desk.correct('again', 'original', '7', dearer);
    expect(desk.adjudicate(['again'], { history: [idOf('other')] })).toMatchObject([{ outcome: 'PENDED', reasons: ['duplicate/v2 suspect-duplicate'] }]);
  });

  test.each<[string, (desk: LifeCycleDesk) => void]>([
    ['does not wait for a decision any more but is not final', (desk) => { desk.decided('original'); }],
    ['waits itself', (desk) => { desk.submit('original', claimOf()); }],
  ])('is held while the original %s, and changes nothing', (_, prepare) => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    prepare(desk);
    const before = used(desk);
    desk.correct('again', 'original', '7');
    expect(desk.adjudicate(['again'])).toEqual([{ id: idOf('again'), outcome: 'PENDED', reasons: ['correction/v1 original-not-final'] }]);
    expect(used(desk)).toEqual(before);
    expect(desk.all('reversal')).toEqual([]);
  });

  test('that is itself held for a person leaves the original as it is', () => {
    const desk = paid();
    const before = used(desk);
    desk.authority = 'UNKNOWN';
    desk.correct('again', 'original', '7');
    expect(desk.adjudicate(['again'])).toMatchObject([{ outcome: 'PENDED' }]);
    expect([used(desk), desk.all('reversal')]).toEqual([before, []]);
  });

  test.each<[string, Partial<ReturnType<typeof claimOf>>, string]>([
    ['another person', { subscriber: { ...claimOf().subscriber, memberId: 'M-2' } }, 'A8:464'],
    ['another biller', { billing: { ...claimOf().billing, taxId: '987654321' } }, 'A8:464'],
  ])('is rejected where the original is of %s', (_, changes, expected) => {
    const { rejections } = paid().correct('again', 'original', '7', claimOf([line()], changes));
    expect(rejections?.map(({ category, status }) => `${category}:${status}`)).toEqual([expected]);
  });

  test('of an unknown claim is rejected; who hides a known original is refused', () => {
    const desk = paid();
    expect(desk.correct('again', 'never', '7').rejections).toMatchObject([{ category: 'A3', status: '464', rule: 'original/v1' }]);
    const claim = claimOf([line()], { frequency: '7', originalReference: idOf('original') });
    expect(refusalOf(() => desk.run({ verb: 'submitClaims', items: [{ claimId: idOf('x'), claim }] }))).toBe('INPUT_MISSING');
  });

  test('takes an original back once: a second one finds it taken back already', () => {
    const desk = paid();
    desk.correct('first', 'original', '7');
    desk.correct('second', 'original', '7');
    desk.adjudicate(['first']);
    expect(refusalOf(() => desk.adjudicate(['second']))).toBe('DOCUMENT_EXISTS');
  });

  test('names its original, and not another claim, also in the command that decides it', () => {
    const desk = paid();
    desk.decided('other', claimOf([line({ serviceFrom: '2026-02-04' })]));
    desk.pay(['other']);
    desk.correct('again', 'original', '7');
    expect(refusalOf(() => desk.adjudicate(['again'], { original: desk.decision('other') }))).toBe('INPUT_MISMATCH');
  });
});

describe('a void (frequency 8)', () => {
  test('takes the original back and is itself not decided', () => {
    const desk = paid();
    desk.correct('void', 'original', '8');
    expect(desk.adjudicate(['void'])).toEqual([{ id: idOf('void'), outcome: 'VOIDED' }]);
    expect(used(desk)).toEqual({ '01/deductible': usd(450), '01/out-of-pocket': 0, '02/deductible': 0, '02/out-of-pocket': 0, 'family/deductible': usd(450), 'family/out-of-pocket': 0 });
    expect(desk.reversal('original').body).toMatchObject({ cause: 'VOID', correctedBy: idOf('void') });
    expect([desk.waiting.has(idOf('void')), desk.all('adjudication').length]).toEqual([false, 1]);
  });

  test('cannot itself be voided', () => {
    const desk = paid();
    desk.correct('void', 'original', '8');
    expect(desk.correct('void of the void', 'void', '8').rejections).toMatchObject([{ category: 'A7', status: '464' }]);
  });
});

describe('a claim that is opened again', () => {
  test('loses all that it had posted in the same transaction, and waits; its next decision is version 2', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    desk.decided('claim');
    expect(desk.reopen('claim')).toEqual([{ id: idOf('claim'), outcome: 'REOPENED', version: 1 }]);
    expect(used(desk)['01/out-of-pocket']).toBe(0);
    expect(desk.waiting.has(idOf('claim'))).toBe(true);
    desk.authority = 'NONE';
    expect(desk.adjudicate(['claim'])).toEqual([{ id: idOf('claim'), outcome: 'ADJUDICATED', version: 2, decision: 'DENIED' }]);
    // never paid, so there is nothing that a remittance would have to take back
    expect(desk.eob('claim').body.corrects).toBeUndefined();
    expect(used(desk)['01/out-of-pocket']).toBe(0);
  });

  test('carries an earlier payment through a second reopening: the money is taken back once', () => {
    const desk = paid();
    desk.reopen('original', 'OVERPAYMENT');
    desk.adjudicate(['original']);
    desk.reopen('original', 'RECONSIDERATION');
    desk.adjudicate(['original']);
    expect(desk.eob('original').version).toBe(3);
    expect(desk.eob('original').body.corrects).toEqual(referenceTo(desk.document('reversal', idOf('original'), 1), sha256));
  });

  test('is refused with totals that are not proved to be the recorded ones', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 450 } });
    desk.decided('claim');
    const decision = desk.decision('claim');
    const [accumulator] = desk.accumulatorsFor(decision);
    if (accumulator === undefined) throw new Error('the decision posted nothing');
    const altered = { ...accumulator, leaves: accumulator.leaves.map((leaf, index) => (index === 0 ? { ...leaf, leaf: { ...leaf.leaf, value: { ...leaf.leaf.value, usedMinor: leaf.leaf.value.usedMinor + 1 } } } : leaf)) };
    const items = [{ decision, cause: 'RECONSIDERATION', reason: 'x' }] as const;
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'reopenClaims', items, accumulators: [altered] })))).toBe('PROOF_INVALID');
    expect(used(desk)['01/deductible']).toBe(usd(500));
  });

  test('needs a second person, proof that it is not final, and the newest decision', () => {
    const desk = new LifeCycleDesk();
    desk.decided('claim');
    expect(refusalOf(() => desk.run({ verb: 'reopenClaims', items: [{ decision: desk.decision('claim'), cause: 'RECONSIDERATION', reason: 'x' }], accumulators: [] }))).toBe('SAME_PERSON');
    desk.pay(['claim']);
    const { payment, ...unpaid } = desk.decision('claim');
    expect(payment).toBeDefined();
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'reopenClaims', items: [{ decision: unpaid, cause: 'RECONSIDERATION', reason: 'x' }], accumulators: [] })))).toBe('INPUT_MISSING');
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'reopenClaims', items: [{ decision: desk.decision('claim'), cause: 'RECONSIDERATION', reason: 'x' }], accumulators: [] })))).toBe('INPUT_MISSING');
    expect(refusalOf(() => desk.reopen('claim', 'APPEAL'))).toBe('INPUT_MISMATCH');
    const first = desk.decision('claim');
    desk.reopen('claim');
    desk.adjudicate(['claim']);
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ verb: 'reopenClaims', items: [{ decision: first, cause: 'RECONSIDERATION', reason: 'x' }], accumulators: [] })))).toBe('STALE_VERSION');
  });
});
