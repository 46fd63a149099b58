import { assembleAdjudication, accumulatorInput } from '../adjudication/assemble.js';
import { recompute } from '../adjudication/recompute.js';
import type { AdjudicateClaims, AdjudicationItem } from '../claims/command.js';
import { claimOf, contractOf, idOf, line, planOf, usd } from '../claims/testing/builders.js';
import { PARTIES } from '../claims/testing/claims-desk.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { documentBytes } from '../documents/bytes.js';
import { toHex } from '../shared/bytes.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import type { UnilateralDocument } from './unilateral.js';

const ID = idOf('visit');
const terms = (desk: LifeCycleDesk, item: Partial<AdjudicationItem> = {}): AdjudicateClaims => assembleAdjudication(desk.reading(['visit'], item), sha256);
const unilateral = (desk: LifeCycleDesk): UnilateralDocument => desk.newest('unilateral', ID);
const used = (desk: LifeCycleDesk): number | undefined => desk.reading([]).accumulators[0]?.leaves.find(({ key }) => key === '01/out-of-pocket')?.value.usedMinor;

/** A visit that waits, and the insurer's attempt of the tenth of February to decide it. */
function waiting(): LifeCycleDesk {
  const desk = new LifeCycleDesk({ used: { deductible: 450 } });
  desk.submit('visit', claimOf());
  desk.run({ verb: 'attemptDecision', claimIds: [ID] });
  desk.today = '2026-02-11';
  return desk;
}

function decideAlone(desk: LifeCycleDesk, given = terms(desk), before?: UnilateralDocument): unknown {
  return refusalOf(() => desk.run({ verb: 'decideAlone', attempt: desk.newest('attempt', ID), ...(before && { before }), terms: given }));
}

describe('a decision of the insurer alone', () => {
  test('is by the same rules, reserves the totals, lies with the insurer, and the claim goes on waiting', () => {
    const desk = waiting();
    expect(decideAlone(desk)).toBeUndefined();
    // 120 allowed, 50 deductible, 20 copay, 10 coinsurance: 40
    expect(unilateral(desk)).toMatchObject({ parties: { ownerMsp: PARTIES.insurerMsp }, body: { state: 'DECIDED', eob: { decision: 'PAID', totals: { paidMinor: usd(40) } } } });
    expect([used(desk), desk.waiting.has(ID), desk.all('adjudication')]).toEqual([usd(80), true, []]);
  });

  test('stops a joint decision while it stands', () => {
    const desk = waiting();
    decideAlone(desk);
    expect(refusalOf(() => desk.adjudicate(['visit']))).toBe('DECIDED_ALONE');
    expect(decideAlone(desk)).toBe('DECIDED_ALONE');
  });

  test('is countersigned by computing it again from the versions that it names, whatever is newer by then', () => {
    const desk = waiting();
    const given = terms(desk);
    decideAlone(desk, given);
    desk.run({ verb: 'recordPlans', items: [{ id: idOf('plan'), version: 2, body: planOf({ name: 'Gold' }) }] });
    desk.run({ verb: 'recordFeeSchedules', items: [{ id: idOf('contract'), version: 2, body: contractOf({ X0001: { amountMinor: usd(1), category: 'office-visit' } }) }] });
    const made = unilateral(desk);
    expect(desk.run({ verb: 'countersignDecision', unilateral: made, terms: given }).items).toEqual([{ id: ID, outcome: 'ADJUDICATED', version: 1, decision: 'PAID' }]);
    expect([desk.eob('visit').body, desk.waiting.has(ID), used(desk), unilateral(desk).body.state]).toEqual([made.body.eob, false, usd(80), 'COUNTERSIGNED']);
    const again = recompute(desk.claim('visit'), desk.adjudication('visit'), desk.eob('visit'), sha256);
    expect(toHex(again.adjudication)).toBe(toHex(documentBytes(desk.adjudication('visit'))));
    desk.pay(['visit']);
    desk.reopen('visit');
    expect(used(desk)).toBe(0);
    expect(refusalOf(() => desk.run({ verb: 'countersignDecision', unilateral: unilateral(desk), terms: given }))).toBe('DECISION_SETTLED');
  });

  test('is not countersigned where it comes out otherwise, or for another claim', () => {
    const desk = waiting();
    const given = terms(desk);
    decideAlone(desk, given);
    const made = unilateral(desk);
    const [fee, ...fees] = given.fees;
    expect(fee).toBeDefined();
    expect(refusalOf(() => desk.run({ verb: 'countersignDecision', unilateral: made, terms: { ...given, fees } }))).toBe('INPUT_MISSING');
    const released = { ...given, items: given.items.map((item) => ({ ...item, releases: [{ rule: 'duplicate/v2', reason: 'x' }] })) };
    expect(refusalOf(() => desk.run({ verb: 'countersignDecision', unilateral: made, terms: released }))).toBe('COUNTERSIGNING_DIFFERS');
    desk.authority = 'NONE';
    expect(refusalOf(() => desk.run({ verb: 'countersignDecision', unilateral: made, terms: given }))).toBe('COUNTERSIGNING_DIFFERS');
  });

  test('is withdrawn by a second person with all that it reserved; then both may decide, or the insurer again', () => {
    const desk = waiting();
    decideAlone(desk);
    const [file] = desk.reading([]).accumulators;
    const accumulator = file && accumulatorInput(file, [desk.newest('coverage', idOf('coverage'))], [], sha256);
    const withdraw = { verb: 'withdrawDecision', unilateral: unilateral(desk), reason: 'disputed' } as const;
    expect(refusalOf(() => desk.run(withdraw))).toBe('SAME_PERSON');
    expect(refusalOf(() => desk.by('supervisor', () => desk.run(withdraw)))).toBe('INPUT_MISSING');
    desk.by('supervisor', () => desk.run({ ...withdraw, ...(accumulator && { accumulator }) }));
    expect([used(desk), unilateral(desk).body.state]).toEqual([0, 'WITHDRAWN']);
    expect(refusalOf(() => desk.by('supervisor', () => desk.run({ ...withdraw, unilateral: unilateral(desk) })))).toBe('DECISION_SETTLED');
    expect(decideAlone(desk)).toBe('DOCUMENT_EXISTS');
    expect(decideAlone(desk, terms(desk), unilateral(desk))).toBeUndefined();
    expect(unilateral(desk)).toMatchObject({ version: 3, body: { state: 'DECIDED' } });
  });

  test('waits a day after the attempt, and is not made of what a person has to look at', () => {
    const early = waiting();
    early.today = '2026-02-10';
    expect(decideAlone(early)).toBe('TOO_EARLY_ALONE');
    const late = waiting();
    late.today = '2026-03-20';
    expect(decideAlone(late)).toBe('ATTEMPT_LAPSED');
    const held = waiting();
    held.authority = 'UNKNOWN';
    expect(decideAlone(held)).toBe('ALONE_NOT_POSSIBLE');
  });

  test('waits as long as the contract says', () => {
    const desk = waiting();
    desk.today = '2026-02-10';
    const body = { payee: { name: 'General Hospital', taxId: '123456789' }, networks: ['west'], products: [], from: '2026-01-01', aloneAfterHours: 0 };
    desk.run({ verb: 'recordContracts', items: [{ id: idOf('agreed'), version: 1, body }, { id: idOf('ended'), version: 1, body: { ...body, thru: '2026-01-31' } }] });
    const decide = (contract: string): unknown => refusalOf(() => desk.run({ verb: 'decideAlone', attempt: desk.newest('attempt', ID), contract: desk.newest('payer-contract', idOf(contract)), terms: terms(desk) }));
    expect([decide('ended'), decide('agreed')]).toEqual(['INPUT_MISMATCH', undefined]);
  });

  test('concerns one claim that takes nothing back', () => {
    const desk = waiting();
    desk.submit('other', claimOf([line({ serviceFrom: '2026-02-04' })]));
    const both = assembleAdjudication(desk.reading(['visit', 'other']), sha256);
    expect(decideAlone(desk, both)).toBe('INPUT_MISMATCH');
    expect(decideAlone(desk, assembleAdjudication(desk.reading(['other']), sha256))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run({ verb: 'attemptDecision', claimIds: [idOf('never')] }))).toBe('CLAIM_NOT_OPEN');
  });
});

describe('a dispute', () => {
  const opened = (desk: LifeCycleDesk, by: string = PARTIES.hospitalMsp): unknown => {
    desk.organisation = by;
    const before = desk.all('dispute').at(-1);
    return refusalOf(() => desk.run({ verb: 'openDispute', about: unilateral(desk), ...(before && { before }), grounds: 'NOT_UNREACHABLE', statement: 'our peer was there' }));
  };
  const settled = (desk: LifeCycleDesk, by: string, state: 'ACCEPTED' | 'REFUSED' | 'WITHDRAWN'): unknown => {
    desk.organisation = by;
    return refusalOf(() => desk.run({ verb: 'settleDispute', dispute: desk.newest('dispute', ID), state, answer: 'so be it' }));
  };

  test('about the other party’s document is recorded with both, and ended by the right one', () => {
    const desk = waiting();
    decideAlone(desk);
    expect(opened(desk, PARTIES.insurerMsp)).toBe('FORBIDDEN');
    expect(opened(desk)).toBeUndefined();
    expect(opened(desk)).toBe('DISPUTE_OPEN');
    expect(settled(desk, PARTIES.hospitalMsp, 'ACCEPTED')).toBe('FORBIDDEN');
    expect(settled(desk, PARTIES.insurerMsp, 'WITHDRAWN')).toBe('FORBIDDEN');
    expect(settled(desk, PARTIES.insurerMsp, 'ACCEPTED')).toBeUndefined();
    expect(settled(desk, PARTIES.insurerMsp, 'REFUSED')).toBe('DISPUTE_SETTLED');
    expect(desk.newest('dispute', ID)).toMatchObject({ version: 2, parties: PARTIES, body: { state: 'ACCEPTED', openedBy: PARTIES.hospitalMsp, answer: 'so be it' } });
    expect(opened(desk)).toBeUndefined();
    expect(settled(desk, PARTIES.hospitalMsp, 'WITHDRAWN')).toBeUndefined();
  });

  test('is about a recorded document, and hides no earlier dispute', () => {
    const desk = waiting();
    decideAlone(desk);
    const made = unilateral(desk);
    desk.organisation = PARTIES.hospitalMsp;
    const open = { verb: 'openDispute', grounds: 'DATE', statement: 'x' } as const;
    expect(refusalOf(() => desk.run({ ...open, about: { ...made, body: { ...made.body, tick: 1 } } }))).toBe('DOCUMENT_MISMATCH');
    desk.run({ ...open, about: made });
    expect(refusalOf(() => desk.run({ ...open, about: made }))).toBe('INPUT_MISSING');
  });
});
