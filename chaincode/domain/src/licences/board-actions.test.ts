import { DomainError } from '../shared/errors.js';
import type { RegistryExecution } from '../members/registry-execution.js';
import { executionBy } from '../members/testing/executions.js';
import { reinstateLicence, revokeLicence, suspendLicence } from './board-actions.js';
import type { ActionResult } from './board-actions.js';
import { standing } from './fold-standing.js';
import type { LicenceState } from './licence.js';
import { actionId, issued, reinstatement, revocation, suspension } from './testing/licences.js';
import { licence } from './testing/timelines.js';

const board = executionBy('board');
const at = (now: string): RegistryExecution => executionBy('board', { now });

function after(result: ActionResult): LicenceState {
  if (result.outcome !== 'RECORDED') throw new Error('was recorded before');
  return result.change.state;
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'was not refused';
}

const authority = (state: LicenceState, asOf: string): string => standing({ licence, entries: state.timeline.entries }, asOf).authority;

describe('a board’s action', () => {
  test('adds one event with its time, its author and the digest of the timeline', () => {
    const result = suspendLicence(issued(), { command: suspension() }, board);
    expect(result).toMatchObject({
      outcome: 'RECORDED',
      change: { event: { sequence: 2, kind: 'INITIAL', recordedAt: board.now, recordedBy: { mspId: 'BoardMSP' }, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string } },
    });
    expect(after(result).timeline).toMatchObject({ lastSequence: 2, lastRecordedAt: board.now });
  });

  test('is recognised when it is sent again, even after others', () => {
    const first = suspendLicence(issued(), { command: suspension() }, board);
    if (first.outcome !== 'RECORDED') throw new Error('was recorded before');
    const following = first.change.event;
    const later = after(reinstateLicence(after(first), { command: reinstatement() }, at('2026-03-11T00:00:00.000Z')));
    expect(suspendLicence(later, { command: suspension(), following }, board)).toEqual({ outcome: 'ALREADY_RECORDED', event: following });
    expect(codeOf(() => suspendLicence(later, { command: suspension({ summary: true }), following }, board))).toBe('LICENCE_EVENT_ALREADY_RECORDED');
    expect(codeOf(() => suspendLicence(later, { command: suspension({ actionId: actionId(9) }), following }, board))).toBe('STALE_VERSION');
  });

  test.each([
    ['of another organisation', () => suspendLicence(issued(), { command: suspension() }, executionBy('otherBoard')), 'FORBIDDEN_ORGANISATION'],
    ['of a hospital', () => revokeLicence(issued(), { command: revocation() }, executionBy('hospital')), 'FORBIDDEN_ORGANISATION'],
    ['of the agency’s other board', () => revokeLicence(issued(), { command: revocation() }, executionBy('board', { unit: 'ca-nursing' })), 'FORBIDDEN_UNIT'],
    ['that expects another position', () => suspendLicence(issued(), { command: suspension({ expectedSequence: 2 }) }, board), 'STALE_VERSION'],
    ['recorded before the last event', () => suspendLicence(issued(), { command: suspension() }, at('2025-12-31T23:59:59.999Z')), 'RECORDED_TIME_DECREASES'],
    ['on a licence not issued yet', () => suspendLicence(issued(), { command: suspension({ effectiveFrom: '2019-12-31' }) }, board), 'LICENCE_NOT_IN_FORCE'],
    ['on a revoked licence', () => suspendLicence(after(revokeLicence(issued(), { command: revocation() }, board)), { command: suspension({ expectedSequence: 2 }) }, board), 'LICENCE_NOT_IN_FORCE'],
  ])('is refused where it is one %s', (_, action, code) => {
    expect(codeOf(action)).toBe(code);
  });

  test('is allowed to a certificate of the board itself and on an expired licence', () => {
    const bound = executionBy('board', { unit: 'ca-medical' });
    expect(suspendLicence(issued({ validThru: '2025-12-31' }), { command: suspension() }, bound).outcome).toBe('RECORDED');
  });
});

describe('a reinstatement', () => {
  const suspended = after(suspendLicence(issued(), { command: suspension() }, board));
  const revoked = after(revokeLicence(issued(), { command: revocation() }, board));

  test('ends the suspension that it names', () => {
    const state = after(reinstateLicence(suspended, { command: reinstatement() }, board));
    expect([authority(state, '2026-03-31'), authority(state, '2026-04-01')]).toEqual(['NONE', 'FULL']);
  });

  test.each([
    ['the issue', suspended, [1]],
    ['an event that does not exist', suspended, [7]],
    ['a suspension that has been ended', after(reinstateLicence(suspended, { command: reinstatement() }, board)), [2]],
  ])('cannot end %s', (_, state, ends) => {
    expect(codeOf(() => reinstateLicence(state, { command: reinstatement({ ends, expectedSequence: state.timeline.lastSequence, actionId: actionId(9) }) }, board))).toBe('LICENCE_NOT_SUSPENDED');
  });

  test('cannot begin before the suspension does', () => {
    expect(codeOf(() => reinstateLicence(suspended, { command: reinstatement({ effectiveFrom: '2026-01-31' }) }, board))).toBe('LICENCE_NOT_SUSPENDED');
  });

  test('revives a revoked licence for the future only, by the earliest calendar day on earth', () => {
    expect(codeOf(() => reinstateLicence(revoked, { command: reinstatement({ effectiveFrom: '2026-03-08' }) }, board))).toBe('LICENCE_NOT_IN_FORCE');
    const state = after(reinstateLicence(revoked, { command: reinstatement({ effectiveFrom: '2026-03-09' }) }, board));
    expect([authority(state, '2026-03-08'), authority(state, '2026-03-09')]).toEqual(['NONE', 'FULL']);
  });
});
