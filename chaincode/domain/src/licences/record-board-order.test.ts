import type { RegistryExecution } from '../members/registry-execution.js';
import { executionBy } from '../members/testing/executions.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { BoardOrderStep, RecordBoardOrder } from './board-order.js';
import { standing } from './fold-standing.js';
import type { LicenceState } from './licence.js';
import { recordBoardOrder } from './record-board-order.js';
import { actionId, issued, orderOf, recorded, reinstated, requestOf, revoked, signedByBoth, suspended, suspension } from './testing/licences.js';
import { licence } from './testing/timelines.js';

const officer = (now?: string): RegistryExecution => executionBy('board', { role: 'disciplinary-officer', ...(now === undefined ? {} : { now }) });
const record = (state: LicenceState, order: RecordBoardOrder, execution = officer()): unknown => recordBoardOrder(state, requestOf(signedByBoth(order)), execution);
const on = (state: LicenceState, asOf: string, knownAt?: number): string => {
  const { lifecycle, authority } = standing({ licence, entries: state.timeline.entries }, asOf, knownAt);
  return `${lifecycle} ${authority}`;
};
const initial = (action: BoardOrderStep['action']): BoardOrderStep => ({ kind: 'INITIAL', ...(action === undefined ? {} : { action }) });
const about = (kind: BoardOrderStep['kind'], target: number, action?: BoardOrderStep['action']): BoardOrderStep => ({ kind, target, ...(action === undefined ? {} : { action }) });

describe('a board’s order', () => {
  test('adds an event for each step, with time, author, order, signatures and the digest of the timeline', () => {
    const order = { number: '800-2026-1', decidedOn: '2026-03-09', documentHash: 'b'.repeat(64) };
    const { state, events } = recorded(issued(), orderOf([suspended(), about('APPEAL', 2, { type: 'APPEAL', effectiveFrom: '2026-03-01' })], { order }));
    expect(events).toMatchObject([
      { sequence: 2, kind: 'INITIAL', order, recordedAt: '2026-03-10T12:00:00.000Z', recordedBy: { mspId: 'BoardMSP' }, signatures: [{ signer: 'c'.repeat(64) }, { signer: 'e'.repeat(64) }] },
      { sequence: 3, kind: 'APPEAL', target: 2, order, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    ]);
    expect(state.timeline).toMatchObject({ lastSequence: 3, lastRecordedAt: '2026-03-10T12:00:00.000Z' });
  });

  test('is recognised when it is sent again, even after others', () => {
    const first = recorded(issued(), suspension());
    const later = recorded(first.state, orderOf([reinstated()], { actionId: actionId(9), expectedSequence: 2 })).state;
    const again = (order: RecordBoardOrder): unknown => recordBoardOrder(later, requestOf(signedByBoth(order), first.events), officer());
    expect(again(suspension())).toEqual({ outcome: 'ALREADY_RECORDED', sequence: 2 });
    expect(refusalOf(() => again(orderOf([suspended({ basisCodes: ['OTHER'] })])))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(refusalOf(() => again(orderOf([suspended(), suspended()])))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(refusalOf(() => again(suspension({ order: { number: '1', decidedOn: '2026-01-01' } })))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(refusalOf(() => again(suspension({ actionId: actionId(8) })))).toBe('STALE_VERSION');
  });

  // Golden scenario c: a revocation from 1 March, stayed; five years' probation; 60 days' actual suspension.
  test('“revoked, stayed, probation with 60 days’ actual suspension” is one order, and the lift of its stay another', () => {
    const stayed = recorded(issued(), orderOf([
      initial({ type: 'REVOKE', effectiveFrom: '2026-03-01', basisCodes: ['CARE'] }),
      about('STAY', 2, { type: 'STAY', by: 'BOARD', effectiveFrom: '2026-03-01' }),
      initial({ type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-03-01', effectiveThru: '2031-02-28', automaticReinstatement: true, basisCodes: ['CARE'] }),
      initial({ type: 'SUSPEND', summary: false, effectiveFrom: '2026-03-01', effectiveThru: '2026-04-29', automaticReinstatement: true, basisCodes: ['CARE'] }),
    ])).state;
    // 1 March + 60 days = 30 April
    expect(['2026-02-28', '2026-03-01', '2026-04-29', '2026-04-30', '2031-02-28', '2031-03-01'].map((day) => on(stayed, day))).toEqual([
      'ACTIVE FULL', 'ACTIVE NONE', 'ACTIVE NONE', 'ACTIVE LIMITED', 'ACTIVE LIMITED', 'ACTIVE FULL',
    ]);
    const lifted = recorded(stayed, orderOf([about('STAY_LIFTED', 3, { type: 'LIFT_STAY', effectiveFrom: '2027-06-01' })], { actionId: actionId(3), expectedSequence: 5 })).state;
    expect([on(lifted, '2027-05-31'), on(lifted, '2027-06-01'), on(lifted, '2027-06-01', 5)]).toEqual(['ACTIVE LIMITED', 'REVOKED NONE', 'ACTIVE LIMITED']);
  });

  // Golden scenario d: the summary suspension of 1 February is void by a court.
  test('that a court voids never was, for what is known from then on', () => {
    const before = recorded(issued(), orderOf([suspended({ summary: true })])).state;
    const state = recorded(before, orderOf([about('VOID', 2)], { actionId: actionId(3), expectedSequence: 2 })).state;
    expect([on(state, '2026-02-15'), on(state, '2026-02-15', 2), on(state, '2026-02-15', 1)]).toEqual(['ACTIVE FULL', 'ACTIVE NONE', 'ACTIVE FULL']);
  });

  test.each<[string, readonly BoardOrderStep[], string, string]>([
    ['a late renewal, continuous', [initial({ type: 'RENEW', effectiveFrom: '2026-01-01', validThru: '2027-12-31' })], '2026-02-01', 'ACTIVE FULL'],
    ['a new grace', [initial({ type: 'RENEW', effectiveFrom: '2026-01-01', validThru: '2026-06-30', grace: { thru: '2026-07-31', practice: true } })], '2026-07-31', 'EXPIRED FULL'],
    ['an extension', [initial({ type: 'EXTEND', effectiveFrom: '2026-01-01', validThru: '2026-09-30' })], '2026-09-30', 'ACTIVE FULL'],
    ['retirement', [initial({ type: 'CHANGE_STATUS', effectiveFrom: '2025-06-01', status: 'RETIRED' })], '2025-06-01', 'RETIRED NONE'],
    ['issued in error', [initial({ type: 'CHANGE_STATUS', effectiveFrom: '2020-01-01', status: 'ISSUED_IN_ERROR' })], '2025-06-01', 'ISSUED_IN_ERROR NONE'],
    ['surrender', [initial({ type: 'SURRENDER', effectiveFrom: '2025-06-01', inLieuOfDiscipline: true })], '2025-06-01', 'SURRENDERED NONE'],
    ['probation', [initial({ type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2025-06-01', automaticReinstatement: false, basisCodes: [] })], '2025-06-01', 'ACTIVE LIMITED'],
    ['a reprimand', [initial({ type: 'ENCUMBER', encumbrance: 'REPRIMAND', effectiveFrom: '2025-06-01', automaticReinstatement: false, basisCodes: [] })], '2025-06-01', 'ACTIVE FULL'],
    ['a restriction', [initial({ type: 'RESTRICT', restrictionCodes: ['CHAPERONE'], effectiveFrom: '2025-06-01', automaticReinstatement: false, basisCodes: [] })], '2025-06-01', 'ACTIVE LIMITED'],
    ['a suspension stayed by a court', [suspended({ effectiveFrom: '2025-06-01' }), about('STAY', 2, { type: 'STAY', by: 'COURT', effectiveFrom: '2025-06-01' })], '2025-06-01', 'ACTIVE FULL'],
    ['a suspension revised to probation', [suspended({ effectiveFrom: '2025-06-01' }), about('REVISION', 2, { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2025-07-01', automaticReinstatement: false, basisCodes: [] })], '2025-07-01', 'ACTIVE LIMITED'],
    ['an issue corrected', [about('CORRECTION', 1, { type: 'ISSUE', effectiveFrom: '2020-01-01', validThru: '2028-12-31', status: 'ACTIVE' })], '2028-12-31', 'ACTIVE FULL'],
    ['a suspension sealed', [suspended({ effectiveFrom: '2025-06-01' }), about('SEAL', 2)], '2025-06-01', 'ACTIVE FULL'],
    ['a suspension under appeal', [suspended({ effectiveFrom: '2025-06-01' }), about('APPEAL', 2, { type: 'APPEAL', effectiveFrom: '2025-06-02' })], '2025-06-02', 'ACTIVE NONE'],
    ['a suspension reinstated', [suspended({ effectiveFrom: '2025-06-01' }), reinstated([2], '2025-07-01')], '2025-07-01', 'ACTIVE FULL'],
  ])('of %s stands as the fold says', (_, steps, asOf, expected) => {
    expect(on(recorded(issued({ validThru: '2025-12-31' }), orderOf(steps)).state, asOf)).toBe(expected);
  });

  const voided = recorded(issued(), orderOf([suspended(), about('VOID', 2)])).state;
  const ended = recorded(issued(), orderOf([suspended(), reinstated()])).state;
  const withoutLicence = recorded(issued(), orderOf([revoked])).state;
  const surrendered = recorded(issued(), orderOf([initial({ type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: false })])).state;
  const stay = { type: 'STAY', by: 'COURT', effectiveFrom: '2026-02-01' } as const;

  test.each<[string, LicenceState, readonly BoardOrderStep[], string]>([
    ['on a licence not issued yet', issued(), [suspended({ effectiveFrom: '2019-12-31' })], 'LICENCE_NOT_IN_FORCE'],
    ['on a revoked licence', withoutLicence, [suspended()], 'LICENCE_NOT_IN_FORCE'],
    ['that renews a revoked licence', withoutLicence, [initial({ type: 'RENEW', effectiveFrom: '2026-02-01', validThru: '2027-12-31' })], 'LICENCE_NOT_IN_FORCE'],
    ['that ends the issue', issued(), [reinstated([1])], 'LICENCE_NOT_SUSPENDED'],
    ['that ends an event that does not exist', issued(), [reinstated([7])], 'LICENCE_NOT_SUSPENDED'],
    ['that ends what was ended', ended, [reinstated()], 'LICENCE_NOT_SUSPENDED'],
    ['that ends what is void', voided, [reinstated()], 'LICENCE_NOT_SUSPENDED'],
    ['that ends a suspension before it began', issued(), [suspended(), reinstated([2], '2026-01-31')], 'LICENCE_NOT_SUSPENDED'],
    ['that revives a revoked licence for the past', withoutLicence, [reinstated([2], '2026-03-08')], 'LICENCE_NOT_IN_FORCE'],
    ['that revives a surrendered licence for the past', surrendered, [reinstated([2], '2026-03-08')], 'LICENCE_NOT_IN_FORCE'],
    ['that stays the issue', issued(), [about('STAY', 1, stay)], 'LICENCE_EVENT_TARGET'],
    ['that stays a later step of its own', issued(), [about('STAY', 3, stay), suspended()], 'LICENCE_EVENT_TARGET'],
    ['that corrects a suspension to a revocation', issued(), [suspended(), about('CORRECTION', 2, { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] })], 'LICENCE_EVENT_TARGET'],
    ['that seals the issue', issued(), [about('SEAL', 1)], 'LICENCE_EVENT_TARGET'],
    ['that voids what comes later', issued(), [about('VOID', 5)], 'LICENCE_EVENT_TARGET'],
    ['that stays what is void', voided, [about('STAY', 2, stay)], 'LICENCE_EVENT_STRUCK'],
    ['that voids what is void', voided, [about('VOID', 2)], 'LICENCE_EVENT_STRUCK'],
    ['that revises a suspension before it began', issued(), [suspended(), about('REVISION', 2, { type: 'REVOKE', effectiveFrom: '2026-01-31', basisCodes: [] })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    ['that lifts a stay before it began', issued(), [suspended(), about('STAY', 2, stay), about('STAY_LIFTED', 3, { type: 'LIFT_STAY', effectiveFrom: '2026-01-31' })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    // 10 March 2026 + 3660 days = 17 March 2036
    ['more than ten years ahead', issued(), [suspended({ effectiveFrom: '2036-03-18' })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
  ])('is refused where it is one %s', (_, state, steps, code) => {
    const order = orderOf(steps, { actionId: actionId(9), expectedSequence: state.timeline.lastSequence });
    expect(refusalOf(() => record(state, order))).toBe(code);
  });

  test.each([
    ['of another organisation', suspension(), executionBy('otherBoard', { role: 'disciplinary-officer' }), 'FORBIDDEN_ORGANISATION'],
    ['of a hospital', suspension(), executionBy('hospital', { role: 'disciplinary-officer' }), 'FORBIDDEN_ORGANISATION'],
    ['of the agency’s other board', suspension(), executionBy('board', { unit: 'ca-nursing' }), 'FORBIDDEN_UNIT'],
    ['that expects an older position', suspension({ expectedSequence: 0 }), officer(), 'STALE_VERSION'],
    ['that expects a later position', suspension({ expectedSequence: 2 }), officer(), 'STALE_VERSION'],
    ['recorded before the last event', suspension(), officer('2025-12-31T23:59:59.999Z'), 'RECORDED_TIME_DECREASES'],
    ['decided the day after tomorrow', suspension({ order: { number: '1', decidedOn: '2026-03-12' } }), officer(), 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
  ])('is refused where it is one %s', (_, order, execution, code) => {
    expect(refusalOf(() => record(issued(), order, execution))).toBe(code);
  });

  test('is recorded whole or not at all', () => {
    const state = issued();
    expect(refusalOf(() => record(state, orderOf([suspended(), about('VOID', 9)])))).toBe('LICENCE_EVENT_TARGET');
    expect(state.timeline.lastSequence).toBe(1);
  });

  test('revives a revoked licence by the earliest calendar day on earth, and disciplines an expired one', () => {
    const state = recorded(withoutLicence, orderOf([reinstated([2], '2026-03-09')], { actionId: actionId(9), expectedSequence: 2 })).state;
    expect([on(state, '2026-03-08'), on(state, '2026-03-09')]).toEqual(['REVOKED NONE', 'ACTIVE FULL']);
    expect(recorded(issued({ validThru: '2025-12-31' }), suspension()).events).toHaveLength(1);
  });
});
