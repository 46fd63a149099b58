import type { BoardAction, TimelineEntry } from './licence-event.js';
import { npdbReportDueOn, npdbReportType } from './npdb-report.js';

const effectiveFrom = '2026-02-01';
const initial = (sequence: number, action: BoardAction): TimelineEntry => ({ sequence, kind: 'INITIAL', action });
const term = { effectiveFrom, automaticReinstatement: false, basisCodes: [] };
const suspension: BoardAction = { type: 'SUSPEND', summary: true, ...term };
const stay: BoardAction = { type: 'STAY', by: 'COURT', effectiveFrom };
const before: readonly TimelineEntry[] = [
  initial(1, { type: 'ISSUE', effectiveFrom: '2020-01-01', status: 'ACTIVE' }),
  initial(2, suspension),
  { sequence: 3, kind: 'STAY', target: 2, action: stay },
  initial(4, { type: 'ENCUMBER', encumbrance: 'FINE', ...term }),
];
const of = (entry: Partial<TimelineEntry>): unknown => npdbReportType({ sequence: 9, kind: 'INITIAL', ...entry }, before);

test.each([
  ['a suspension', { action: suspension }, 'INITIAL'],
  ['a reprimand', { action: { type: 'ENCUMBER', encumbrance: 'REPRIMAND', ...term } }, 'INITIAL'],
  ['a surrender in lieu', { action: { type: 'SURRENDER', effectiveFrom, inLieuOfDiscipline: true } }, 'INITIAL'],
  ['a surrender at the holder’s wish', { action: { type: 'SURRENDER', effectiveFrom, inLieuOfDiscipline: false } }, undefined],
  ['a fine alone', { action: { type: 'ENCUMBER', encumbrance: 'FINE', ...term } }, undefined],
  ['a renewal', { action: { type: 'RENEW', effectiveFrom, validThru: '2028-01-01' } }, undefined],
  ['a reinstatement', { action: { type: 'REINSTATE', effectiveFrom, ends: [2] } }, 'REVISION_TO_ACTION'],
  ['the correction of a suspension', { kind: 'CORRECTION', target: 2, action: suspension }, 'CORRECTION'],
  ['the correction of an issue', { kind: 'CORRECTION', target: 1, action: { type: 'ISSUE', effectiveFrom, status: 'ACTIVE' } }, undefined],
  ['a court’s change of it', { kind: 'REVISION', target: 2, action: suspension }, 'REVISION_TO_ACTION'],
  ['its stay', { kind: 'STAY', target: 2, action: stay }, 'REVISION_TO_ACTION'],
  ['the end of its stay', { kind: 'STAY_LIFTED', target: 3, action: { type: 'LIFT_STAY', effectiveFrom } }, 'REVISION_TO_ACTION'],
  ['its appeal', { kind: 'APPEAL', target: 2, action: { type: 'APPEAL', effectiveFrom } }, 'NOTICE_OF_APPEAL'],
  ['its void', { kind: 'VOID', target: 2 }, 'VOID'],
  ['the void of a fine', { kind: 'VOID', target: 4 }, undefined],
  ['its seal', { kind: 'SEAL', target: 2 }, undefined],
] as const)('of %s a board reports %#', (_, entry, expected) => {
  expect(of(entry as Partial<TimelineEntry>)).toBe(expected);
});

test('a report is due 30 days after the order, or after the effect where no order is named', () => {
  const event = { ...initial(2, suspension), recordedAt: '2026-03-10T00:00:00.000Z' };
  expect([npdbReportDueOn({ ...event, order: { decidedOn: '2026-01-20' } }), npdbReportDueOn(event)]).toEqual(['2026-02-19', '2026-03-03']); // 20 January + 30, 1 February + 30
});
