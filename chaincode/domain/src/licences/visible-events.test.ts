import { standing } from './fold-standing.js';
import type { LicenceEvent } from './licence-event.js';
import type { BoardOrderStep } from './board-order.js';
import { actionId, issued, orderOf, recorded, reinstated, suspended } from './testing/licences.js';
import { licence } from './testing/timelines.js';
import { visibleEvents, withoutSealed } from './visible-events.js';

/** The events of a licence after orders of one step each. */
function eventsOf(...steps: readonly BoardOrderStep[]): readonly LicenceEvent[] {
  let state = issued();
  return steps.flatMap((step, index) => {
    const change = recorded(state, orderOf([step], { actionId: actionId(index + 2), expectedSequence: index + 1 }));
    ({ state } = change);
    return change.events;
  });
}

const sealed = (sequence: number): object => ({ sequence, sealed: true });
const seal = (target: number): BoardOrderStep => ({ kind: 'SEAL', target });

describe('what readers see of a licence', () => {
  test('is nothing of a sealed event, of what is about it, and of the reinstatement that ended it alone', () => {
    const events = eventsOf(suspended(), { kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom: '2026-02-10' } }, reinstated([2]), seal(2));
    expect(visibleEvents(events)).toEqual([sealed(2), sealed(3), sealed(4), expect.objectContaining({ kind: 'SEAL', target: 2 })]);
    expect(JSON.stringify(visibleEvents(events))).not.toContain('effectiveFrom');
  });

  test('is what a reinstatement says of the others', () => {
    const events = eventsOf(suspended(), suspended(), reinstated([2, 3]), seal(2));
    expect(visibleEvents(events)).toEqual([sealed(2), expect.objectContaining({ sequence: 3 }), expect.objectContaining({ sequence: 4, action: { type: 'REINSTATE', effectiveFrom: '2026-04-01', ends: [3] } }), expect.objectContaining({ kind: 'SEAL' })]);
  });

  test('is all of it again where the seal is void', () => {
    const events = eventsOf(suspended(), seal(2), { kind: 'VOID', target: 3 });
    expect(visibleEvents(events)).toEqual(events);
  });

  test('is no encumbrance of before the seal, though what was permitted then stays what it was', () => {
    const events = eventsOf(suspended(), seal(2));
    const entries = [...issued().timeline.entries, ...events];
    const before = standing({ licence, entries }, '2026-03-01', 2);
    expect(before.encumbrances).toHaveLength(1);
    expect(withoutSealed(before, entries)).toEqual({ ...before, encumbrances: [] });
  });
});
