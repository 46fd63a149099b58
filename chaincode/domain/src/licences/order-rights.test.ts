import { executionBy } from '../members/testing/executions.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { BoardOrderStep, RecordBoardOrder, SignedBoardOrder } from './board-order.js';
import { needsTwoPersons } from './order-rights.js';
import { recordBoardOrder } from './record-board-order.js';
import { actionId, issued, officersOfTest, orderOf, recorded, reinstated, requestOf, revoked, signatureBy, signedByBoth, suspended } from './testing/licences.js';

const { officer, officerAgain, member, otherMember, registrar, expired, withdrawn, ofNursing } = officersOfTest;
const state = recorded(issued(), orderOf([suspended()])).state;
const refusal = (signed: SignedBoardOrder, role = 'disciplinary-officer', subject = officer.subject): string | undefined =>
  refusalOf(() => recordBoardOrder(state, requestOf(signed), executionBy('board', { role, subject })));
const next = (steps: readonly BoardOrderStep[], overrides: Partial<RecordBoardOrder> = {}): RecordBoardOrder => orderOf(steps, { actionId: actionId(7), expectedSequence: 2, ...overrides });
const revocation = next([revoked]);
const probation: BoardOrderStep = { kind: 'INITIAL', action: { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-01', automaticReinstatement: false, basisCodes: [] } };
const designation: BoardOrderStep = { kind: 'INITIAL', action: { type: 'DESIGNATE_PRINCIPAL', effectiveFrom: '2026-01-01', rule: 'imlc/1', principal: state.record.licence } };
const renewal: BoardOrderStep = { kind: 'INITIAL', action: { type: 'RENEW', effectiveFrom: '2026-02-01', validThru: '2027-12-31' } };

const stay = (by: 'BOARD' | 'COURT'): BoardOrderStep => ({ kind: 'STAY', target: 2, action: { type: 'STAY', by, effectiveFrom: '2026-02-01' } });
const renewalFiled: BoardOrderStep = { kind: 'INITIAL', action: { type: 'RENEWAL_FILED', effectiveFrom: '2026-02-01', continues: true } };
const renewalClosed = (outcome: 'DENIED' | 'WITHDRAWN'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'RENEWAL_CLOSED', effectiveFrom: '2026-03-01', outcome } });

describe('two persons', () => {
  test.each<[string, readonly BoardOrderStep[]]>([
    ['a revocation', [revoked]],
    ['a summary suspension', [suspended({ summary: true })]],
    ['a void', [{ kind: 'VOID', target: 2 }]],
    ['a seal', [{ kind: 'SEAL', target: 2 }]],
    ['a reinstatement', [reinstated()]],
    ['a licence issued in error', [{ kind: 'INITIAL', action: { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: 'ISSUED_IN_ERROR' } }]],
    ['a revision into a revocation', [{ kind: 'REVISION', target: 2, action: { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] } }]],
    ['a correction into a summary suspension', [{ ...suspended({ summary: true }), kind: 'CORRECTION', target: 2 }]],
    ['a revision of a revocation of the same order', [revoked, { kind: 'REVISION', target: 3, action: { type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: true } }]],
    ['a corrected designation of the principal licence', [designation, { ...designation, kind: 'CORRECTION', target: 3 }]],
    ['a grave step among others', [probation, revoked]],
    ['the board’s stay of a suspension', [stay('BOARD')]],
    ['a court’s stay whose order is not named', [stay('COURT')]],
  ])('are needed for %s', (_, steps) => {
    expect(needsTwoPersons(next(steps), state.timeline.entries)).toBe(true);
    expect(refusal({ order: next(steps), signatures: [] })).toBe('TWO_PERSONS_NEEDED');
    expect(refusal(signedByBoth(next(steps)))).toBeUndefined();
  });

  test('are needed to call a licence active again that was called issued in error', () => {
    const status = (word: 'ACTIVE' | 'ISSUED_IN_ERROR'): BoardOrderStep => ({ kind: 'INITIAL', action: { type: 'CHANGE_STATUS', effectiveFrom: '2026-02-01', status: word } });
    const inError = recorded(issued(), orderOf([status('ISSUED_IN_ERROR')])).state;
    expect([inError, state].map(({ timeline }) => needsTwoPersons(next([status('ACTIVE')]), timeline.entries))).toEqual([true, false]);
  });

  test('are needed to revise what two persons did', () => {
    const summary = recorded(issued(), orderOf([suspended({ summary: true })])).state;
    const revision = next([{ ...probation, kind: 'REVISION', target: 2 }]);
    expect(refusalOf(() => recordBoardOrder(summary, requestOf({ order: revision, signatures: [] }), executionBy('board', { role: 'disciplinary-officer' })))).toBe('TWO_PERSONS_NEEDED');
  });

  test.each<[string, readonly BoardOrderStep[], readonly string[]]>([
    ['probation', [probation], ['disciplinary-officer']],
    ['a suspension after a hearing', [suspended()], ['disciplinary-officer']],
    ['a stay of probation', [probation, { ...stay('BOARD'), target: 3 }], ['disciplinary-officer']],
    ['an application for renewal', [renewalFiled], ['disciplinary-officer', 'registrar']],
    ['an application taken back', [renewalFiled, renewalClosed('WITHDRAWN')], ['disciplinary-officer', 'registrar']],
    ['a denial of renewal', [renewalFiled, renewalClosed('DENIED')], ['disciplinary-officer']],
    ['an appeal', [{ kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-01' } }], ['disciplinary-officer']],
    ['a surrender in lieu of discipline', [{ kind: 'INITIAL', action: { type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: true } }], ['disciplinary-officer']],
    ['a surrender at the holder’s wish', [{ kind: 'INITIAL', action: { type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: false } }], ['disciplinary-officer', 'registrar']],
    ['a renewal', [renewal], ['disciplinary-officer', 'registrar']],
    ['a renewal with probation', [renewal, probation], ['disciplinary-officer']],
    ['a designation of the principal licence in a compact', [designation], ['disciplinary-officer', 'registrar']],
    ['a corrected issue', [{ kind: 'CORRECTION', target: 1, action: { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' } }], ['disciplinary-officer', 'registrar']],
  ])('are not needed for %s, in the right role', (_, steps, roles) => {
    const order = next(steps);
    const outcomes = ['disciplinary-officer', 'registrar', 'board-member', 'service'].filter((role) => refusal({ order, signatures: [] }, role) !== 'FORBIDDEN_ROLE');
    expect(outcomes).toEqual(roles);
    for (const role of roles) expect(refusal({ order, signatures: [] }, role)).toBeUndefined();
  });

  test('are not needed for a court’s stay whose order is named, and for a hearing that was held', () => {
    const summary = recorded(issued(), orderOf([suspended({ summary: true })])).state;
    const alone = (order: RecordBoardOrder): string | undefined => refusalOf(() => recordBoardOrder(summary, requestOf({ order, signatures: [] }), executionBy('board', { role: 'disciplinary-officer' })));
    expect(alone(next([stay('COURT')], { order: { number: 'C-7', decidedOn: '2026-02-01' } }))).toBeUndefined();
    expect(alone(next([{ kind: 'HEARING', target: 2, action: { type: 'HEARING', effectiveFrom: '2026-02-01' } }]))).toBeUndefined();
  });

  test('are needed to revise, correct or stay an act that two persons once made of it', () => {
    const entries = recorded(recorded(issued(), orderOf([probation])).state, next([{ ...revoked, kind: 'REVISION', target: 2 }])).state.timeline.entries;
    const later = (step: BoardOrderStep): boolean => needsTwoPersons(next([step], { expectedSequence: 3 }), entries);
    expect([later({ ...probation, kind: 'REVISION', target: 2 }), later({ ...probation, kind: 'CORRECTION', target: 2 }), later(stay('BOARD'))]).toEqual([true, true, true]);
  });

  const signed = signedByBoth(revocation);
  const [proposal] = signed.signatures;
  if (proposal === undefined) throw new Error('is signed');

  test.each<[string, SignedBoardOrder, string]>([
    ['the same certificate twice', signedByBoth(revocation, officer, officer), 'SIGNER_TWICE'],
    ['two certificates of one person', signedByBoth(revocation, officer, officerAgain), 'SIGNER_TWICE'],
    ['a certificate that nobody introduced', { order: revocation, signatures: [proposal, signatureBy({ fingerprint: '9'.repeat(64), publicKey: 'key 9' }, revocation)] }, 'SIGNER_UNKNOWN'],
    ['an expired certificate', signedByBoth(revocation, officer, expired), 'SIGNER_EXPIRED'],
    ['a withdrawn certificate', signedByBoth(revocation, officer, withdrawn), 'SIGNER_WITHDRAWN'],
    ['a certificate of the agency’s other board', signedByBoth(revocation, officer, ofNursing), 'FORBIDDEN_UNIT'],
    ['an approver who is a registrar', signedByBoth(revocation, officer, registrar), 'SIGNER_ROLE'],
    ['a proposer who is a registrar', { order: revocation, signatures: [signatureBy(registrar, revocation), signatureBy(member, revocation)] }, 'SIGNER_NOT_SUBMITTER'],
    ['two others than the submitter', signedByBoth(revocation, otherMember, member), 'SIGNER_NOT_SUBMITTER'],
    ['the parts exchanged', signedByBoth(revocation, member, officer), 'FORBIDDEN_ROLE'],
    ['a signature over another date', { order: next([{ kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: '2026-02-02', basisCodes: [] } }]), signatures: signed.signatures }, 'SIGNATURE_INVALID'],
    ['a signature over another action id', { ...signed, order: { ...revocation, actionId: actionId(8) } }, 'SIGNATURE_INVALID'],
    ['a signature over an order of another number', { ...signed, order: { ...revocation, order: { number: '2', decidedOn: '2026-01-01' } } }, 'SIGNATURE_INVALID'],
    ['a signature for another channel', { order: revocation, signatures: [proposal, signatureBy(member, revocation, 'other')] }, 'SIGNATURE_INVALID'],
    ['one signature under two names', { order: revocation, signatures: [proposal, { ...proposal, signer: member.fingerprint }] }, 'SIGNATURE_INVALID'],
  ])('are refused with %s', (_, order, code) => {
    expect(refusal(order)).toBe(code);
  });

  test('sign for one licence and one position', () => {
    const elsewhere = { ...revocation.licence, number: 'B777' };
    const other = recorded(issued({ licence: elsewhere }), orderOf([suspended()], { licence: elsewhere })).state;
    const later = recorded(state, next([probation], { actionId: actionId(6) })).state;
    const { signatures } = signed;
    const replayed = (at: typeof state, order: RecordBoardOrder): string | undefined => refusalOf(() => recordBoardOrder(at, requestOf({ order, signatures }), executionBy('board', { role: 'disciplinary-officer' })));
    expect(replayed(other, { ...revocation, licence: elsewhere })).toBe('SIGNATURE_INVALID');
    expect(replayed(later, { ...revocation, expectedSequence: 3 })).toBe('SIGNATURE_INVALID');
    expect(replayed(later, revocation)).toBe('STALE_VERSION');
  });

  test('may be any two of the right roles, whichever of them submits', () => {
    expect(refusal(signedByBoth(revocation, officer, otherMember))).toBeUndefined();
    expect(refusal(signed, 'board-member', member.subject)).toBeUndefined();
  });
});
