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
    ['a suspension heard in time', [suspended({ summary: true, effectiveFrom: '2025-06-01', hearing: { by: '2025-06-30', unheard: 'DISSOLVES' } }), about('HEARING', 2, { type: 'HEARING', effectiveFrom: '2025-06-30' })], '2025-07-01', 'ACTIVE NONE'],
    ['a suspension not heard', [suspended({ summary: true, effectiveFrom: '2025-06-01', hearing: { by: '2025-06-30', unheard: 'DISSOLVES' } })], '2025-07-01', 'ACTIVE FULL'],
    ['a suspension from an hour on', [suspended({ effectiveFrom: '2025-06-01', effectiveAt: { time: '17:00', zone: 'America/Los_Angeles' } })], '2025-06-01', 'ACTIVE UNKNOWN'],
    ['a renewal that waits', [initial({ type: 'RENEWAL_FILED', effectiveFrom: '2025-12-31', continues: true })], '2026-03-10', 'ACTIVE FULL'],
    ['a renewal denied', [initial({ type: 'RENEWAL_FILED', effectiveFrom: '2025-12-31', continues: true }), initial({ type: 'RENEWAL_CLOSED', effectiveFrom: '2026-03-10', outcome: 'DENIED' })], '2026-03-10', 'EXPIRED NONE'],
    ['a reissue', [initial({ type: 'REISSUE', effectiveFrom: '2026-03-10', validThru: '2027-12-31' })], '2026-03-10', 'ACTIVE FULL'],
    ['a suspension reinstated', [suspended({ effectiveFrom: '2025-06-01' }), reinstated([2], '2025-07-01')], '2025-07-01', 'ACTIVE FULL'],
  ])('of %s stands as the fold says', (_, steps, asOf, expected) => {
    expect(on(recorded(issued({ validThru: '2025-12-31' }), orderOf(steps)).state, asOf)).toBe(expected);
  });

  const voided = recorded(issued(), orderOf([suspended(), about('VOID', 2)])).state;
  const ended = recorded(issued(), orderOf([suspended(), reinstated()])).state;
  const withoutLicence = recorded(issued(), orderOf([revoked])).state;
  const surrendered = recorded(issued(), orderOf([initial({ type: 'SURRENDER', effectiveFrom: '2026-02-01', inLieuOfDiscipline: false })])).state;
  const lapsed = issued({ validThru: '2025-12-31', grace: { thru: '2026-01-31', practice: false } });
  const filedInGrace = recorded(lapsed, orderOf([initial({ type: 'RENEWAL_FILED', effectiveFrom: '2026-01-31', continues: true })])).state;
  const renewal = (effectiveFrom: string): BoardOrderStep => initial({ type: 'RENEW', effectiveFrom, validThru: '2027-12-31' });
  const waiting = recorded(issued(), orderOf([initial({ type: 'REVOKE', effectiveFrom: '2026-02-01', petitionFrom: '2026-03-11', basisCodes: [] })])).state;
  const forEver = recorded(issued(), orderOf([initial({ type: 'SURRENDER', effectiveFrom: '2026-02-01', permanent: true, inLieuOfDiscipline: true })])).state;
  const revisedToRevocation = recorded(issued(), orderOf([suspended(), about('REVISION', 2, { type: 'REVOKE', effectiveFrom: '2026-02-10', basisCodes: [] })])).state;
  const summary = suspended({ summary: true, hearing: { by: '2026-03-31', unheard: 'DISSOLVES' } });
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
    ['that renews a lapsed licence', lapsed, [renewal('2026-03-10')], 'LICENCE_NOT_IN_FORCE'],
    ['that renews a lapsed licence back to its expiry', lapsed, [renewal('2026-01-01')], 'LICENCE_NOT_IN_FORCE'],
    ['that takes an application for a lapsed licence', lapsed, [initial({ type: 'RENEWAL_FILED', effectiveFrom: '2026-02-01', continues: true })], 'LICENCE_NOT_IN_FORCE'],
    ['that closes an application nobody made', issued(), [initial({ type: 'RENEWAL_CLOSED', effectiveFrom: '2026-02-01', outcome: 'WITHDRAWN' })], 'RENEWAL_NOT_PENDING'],
    ['that reissues a licence in force', issued(), [initial({ type: 'REISSUE', effectiveFrom: '2026-03-10', validThru: '2027-12-31' })], 'LICENCE_NOT_IN_FORCE'],
    ['that reissues for the past', lapsed, [initial({ type: 'REISSUE', effectiveFrom: '2026-03-08', validThru: '2027-12-31' })], 'LICENCE_NOT_IN_FORCE'],
    ['that reinstates before the wait is over, though for a later day', waiting, [reinstated([2], '2026-04-01')], 'REINSTATEMENT_NOT_OPEN'],
    ['that reinstates what ended for ever', forEver, [reinstated([2], '2036-01-01')], 'REINSTATEMENT_NOT_OPEN'],
    ['that revives for the past what a revision revoked', revisedToRevocation, [reinstated([2], '2026-03-08')], 'LICENCE_NOT_IN_FORCE'],
    ['that revives for the past what a later revision revokes', revisedToRevocation, [reinstated([2], '2026-02-05')], 'LICENCE_NOT_IN_FORCE'],
    ['that corrects a reinstatement to end the issue', ended, [about('CORRECTION', 3, { type: 'REINSTATE', effectiveFrom: '2026-04-01', ends: [1] })], 'LICENCE_NOT_SUSPENDED'],
    ['that lifts the stay of what is void', issued(), [suspended(), about('STAY', 2, stay), about('VOID', 2), about('STAY_LIFTED', 3, { type: 'LIFT_STAY', effectiveFrom: '2026-02-02' })], 'LICENCE_EVENT_STRUCK'],
    ['that hears what is no summary suspension', issued(), [suspended(), about('HEARING', 2, { type: 'HEARING', effectiveFrom: '2026-02-02' })], 'LICENCE_EVENT_TARGET'],
    ['that hears a suspension before it began', issued(), [summary, about('HEARING', 2, { type: 'HEARING', effectiveFrom: '2026-01-31' })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    ['that tells of a hearing to come', issued(), [summary, about('HEARING', 2, { type: 'HEARING', effectiveFrom: '2026-03-12' })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
    ['from an hour of another place’s clock', issued(), [suspended({ effectiveAt: { time: '17:00', zone: 'America/New_York' } })], 'EFFECTIVE_DATE_OUT_OF_BOUNDS'],
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

  test('renews a licence that was decided in grace, or asked for in grace, whenever that is recorded', () => {
    const inGrace = orderOf([renewal('2026-01-01')], { order: { number: '1', decidedOn: '2026-01-31' } });
    expect(on(recorded(lapsed, inGrace).state, '2026-01-01')).toBe('ACTIVE FULL');
    expect(on(recorded(filedInGrace, orderOf([renewal('2026-03-10')], { expectedSequence: 2 })).state, '2026-03-10')).toBe('ACTIVE FULL');
  });

  test('reinstates once the wait is over', () => {
    const petition = orderOf([reinstated([2], '2026-03-12')], { expectedSequence: 2, order: { number: '2', decidedOn: '2026-03-11' } });
    expect(on(recorded(waiting, petition).state, '2026-03-12')).toBe('ACTIVE FULL');
  });

  test('corrects a reinstatement that is long past', () => {
    const state = recorded(recorded(withoutLicence, orderOf([reinstated([2], '2026-03-10')], { expectedSequence: 2 })).state, orderOf([about('CORRECTION', 3, { type: 'REINSTATE', effectiveFrom: '2026-02-20', ends: [2] })], { expectedSequence: 3 })).state;
    expect([on(state, '2026-02-19'), on(state, '2026-02-20')]).toEqual(['REVOKED NONE', 'ACTIVE FULL']);
  });

  test('revises an act from a day that its correction made possible', () => {
    const corrected = recorded(issued(), orderOf([suspended({ effectiveFrom: '2026-02-20' }), about('CORRECTION', 2, suspended().action)])).state;
    const revision = about('REVISION', 2, { type: 'ENCUMBER', encumbrance: 'PROBATION', effectiveFrom: '2026-02-10', automaticReinstatement: false, basisCodes: [] });
    expect(on(recorded(corrected, orderOf([revision], { expectedSequence: 3 })).state, '2026-02-10')).toBe('ACTIVE LIMITED');
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
