import { sha256 } from '../shared/testing/sha256.js';
import { executionBy } from '../members/testing/executions.js';
import { completeTimeline, timelineFaults, witnessesOf } from './check-events.js';
import { issueLicences } from './issue-licences.js';
import type { LicenceEvent } from './licence-event.js';
import type { LicenceTimeline } from './timeline.js';
import { storedTimeline, TIMELINE_ENTRIES } from './timeline.js';
import { actionId, issue, recorded, suspension } from './testing/licences.js';

/** A licence with so many events, as the rules write them. */
function written(count: number): { readonly timeline: LicenceTimeline; readonly events: readonly LicenceEvent[] } {
  const [first] = issueLicences([issue()], new Map(), executionBy('board', { now: '2026-01-01T00:00:00.000Z' })).changes;
  if (first === undefined) throw new Error('was not issued');
  let { state } = first;
  const events = [...first.events];
  while (events.length < count) {
    const change = recorded(state, suspension({ actionId: actionId(events.length + 10), expectedSequence: events.length }));
    ({ state } = change);
    events.push(...change.events);
  }
  return { timeline: state.timeline, events };
}

const codeOf = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
};

describe('a reader of a licence', () => {
  const { timeline, events } = written(3);
  const [first, second, third] = events;
  if (first === undefined || second === undefined || third === undefined) throw new Error('has three events');

  test('finds nothing wrong with what the rules wrote', () => {
    expect(timelineFaults(timeline, events, sha256)).toEqual([]);
  });

  test.each<[string, readonly LicenceEvent[]]>([
    ['GAP', [first, third]],
    ['FOREIGN_LICENCE', [first, { ...second, licence: { ...second.licence, number: 'B1' } }, third]],
    ['FOREIGN_ORGANISATION', [first, { ...second, recordedBy: { ...second.recordedBy, mspId: 'OtherMSP' } }, third]],
    ['FIRST_IS_NO_ISSUE', [{ ...second, sequence: 1 }, second, third]],
    ['TIME_DECREASES', [first, second, { ...third, recordedAt: '2026-01-02T00:00:00.000Z' }]],
    ['BAD_TARGET', [first, { ...second, target: 1 }, third]],
    ['BAD_TARGET', [first, second, { ...third, kind: 'CORRECTION', target: 1 }]],
    ['BAD_TARGET', [first, second, { ...third, kind: 'VOID', target: 3 }]],
    ['BAD_TARGET', [first, second, { ...third, kind: 'HEARING', target: 1, action: { type: 'HEARING', effectiveFrom: '2026-02-02' } }]],
    ['BAD_TARGET', [first, second, { ...third, action: { type: 'HEARING', effectiveFrom: '2026-02-02' } }]],
    ['BAD_ACTION', [first, second, { ...third, action: { type: 'EXTEND_CLASS', effectiveFrom: '2026-02-01', validThru: '2026-12-31', expiring: { from: '2026-01-01', thru: '2026-06-30' } } }]],
    ['WRONG_DIGEST', [first, { ...second, digest: first.digest }, third]],
    ['DIFFERS_FROM_TIMELINE', [first, second, { ...third, action: { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] } }]],
    ['TIMELINE_INCOMPLETE', [first, second]],
  ])('finds %s', (fault, altered) => {
    expect(timelineFaults(timeline, altered, sha256).map((found) => found.fault)).toContain(fault);
  });

  test('believes a timeline that its newest event vouches for', () => {
    expect(completeTimeline(timeline, { older: [], newest: third, following: undefined }, sha256)).toEqual(timeline);
  });

  test.each<[string, LicenceTimeline, LicenceEvent | undefined, LicenceEvent | undefined]>([
    ['that hides the last event', { ...timeline, lastSequence: 2, entries: timeline.entries.slice(0, 2) }, second, third],
    ['that hides one in the middle', { ...timeline, entries: timeline.entries.filter(({ sequence }) => sequence !== 2) }, third, undefined],
    ['with another date', { ...timeline, entries: timeline.entries.map((entry) => (entry.action?.type === 'SUSPEND' ? { ...entry, action: { ...entry.action, effectiveFrom: '2026-12-01' } } : entry)) }, third, undefined],
    ['whose newest event does not exist', timeline, undefined, undefined],
  ])('refuses a timeline %s', (_, altered, newest, following) => {
    expect(codeOf(() => completeTimeline(altered, { older: [], newest, following }, sha256))).toBe('LICENCE_RECORD_FAULTY');
  });
});

describe('a timeline longer than its key carries', () => {
  const { timeline, events } = written(TIMELINE_ENTRIES + 3);
  const stored = storedTimeline(timeline, sha256);
  const newest = events.at(-1);

  test('is stored with its newest entries and the digest of the others', () => {
    expect([stored.entries.length, stored.entries[0]?.sequence, stored.lastSequence]).toEqual([TIMELINE_ENTRIES, 4, TIMELINE_ENTRIES + 3]);
    expect(witnessesOf(stored)).toEqual([1, 2, 3, TIMELINE_ENTRIES + 3, TIMELINE_ENTRIES + 4]);
  });

  test('is whole again with the older events, and only with the right ones', () => {
    expect(completeTimeline(stored, { older: events.slice(0, 3), newest, following: undefined }, sha256)).toEqual(timeline);
    expect(timelineFaults(stored, events, sha256)).toEqual([]);
    expect(codeOf(() => completeTimeline(stored, { older: events.slice(1, 3), newest, following: undefined }, sha256))).toBe('LICENCE_RECORD_FAULTY');
  });

  test('is stored again as it was when nothing is added', () => {
    expect(storedTimeline(timeline, sha256)).toEqual(stored);
  });
});
