import { noAnswers } from './honest-request.js';
import { isSound, reportOf } from './report.js';
import type { Row } from './round.js';

const findings = { told: 3, lost: [], doubled: [], different: [], height: 9 };
const row: Row = { id: 'one', title: 'One fault', secondsWithoutService: 4.25, answers: noAnswers(), findings, notes: ['it led'] };

test.each<[string, Partial<Row>, boolean]>([
  ['nothing wrong', {}, true],
  ['a claim is lost', { findings: { ...findings, lost: ['claim'] } }, false],
  ['a claim is doubled', { findings: { ...findings, doubled: ['claim'] } }, false],
  ['copies differ', { findings: { ...findings, different: ['claim'] } }, false],
  ['an answer was false', { answers: { ...noAnswers(), dishonest: ['500 UNEXPECTED_FAULT {}'] } }, false],
  ['refusals and open outcomes are honest', { answers: { ...noAnswers(), unavailable: 4, pending: 2, silent: 7, running: 1, undecided: 1 } }, true],
  ['service was back in time', { backWithinSeconds: 15 }, true],
  ['service was back too late', { backWithinSeconds: 4 }, false],
  ['the fault could not be tried', { skipped: 'no rights', findings: undefined as never }, true],
  ['the suite failed', { failure: 'ledgers differ' }, false],
])('sound or not: %s', (_, change, sound) => {
  expect(isSound({ ...row, ...change })).toBe(sound);
});

test('the report tells what was measured, and what was skipped and why', () => {
  const report = reportOf([row, { id: 'two', title: 'Another', skipped: 'no rights', notes: [] }], { commit: 'abc1234', fabric: '3.1.5', date: '2026-01-31', processors: 2 });
  expect(report).toContain('on 2026-01-31: commit abc1234, Fabric 3.1.5');
  expect(report).toContain('| One fault | 4.3 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |');
  expect(report).toContain('| Another | skipped: no rights |');
  expect(report).toContain('- One fault: it led');
});
