import { isClean, reportOf } from './report.js';

const run = {
  commit: 'abcdef012345',
  fabricVersion: '3.1.5',
  day: '2026-03-01',
  behaviours: [{ id: 'one', states: 'says | so', needs: [], run: () => Promise.resolve(undefined) }],
  comparisons: [{ id: 'one', verdict: 'same', observed: '{"code":11}' }, { id: 'two', verdict: 'not compared', reason: 'the fabric\nnetwork cannot: lag' }],
  tests: [{ file: 'test/dist/scenarios/a.test.js', name: 'works', outcome: 'passed' }, { file: 'b.test.js', name: 'waits', outcome: 'pending' }],
} as const;

test('a report has a row for each behaviour and each test, and counts them', () => {
  const report = reportOf(run);
  expect(report).toContain('Commit abcdef012345, Hyperledger Fabric 3.1.5, 2026-03-01.');
  expect(report).toContain('1 behaviours the same, 0 different, 1 not compared.');
  expect(report).toContain('| one | says \\| so | same | {"code":11} |');
  expect(report).toContain('| two |  | not compared: the fabric network cannot: lag |  |');
  expect(report).toContain('| test/scenarios/a.test.ts | works | passed |');
  expect(report).toContain('1 passed, 0 failed, 1 skipped.');
});

test.each([
  ['a behaviour that differs', { ...run, comparisons: [{ id: 'one', verdict: 'different' as const }] }],
  ['a test that failed', { ...run, tests: [{ file: 'a', name: 'b', outcome: 'failed' }] }],
])('%s is not clean', (_, other) => {
  expect(isClean(run)).toBe(true);
  expect(isClean(other)).toBe(false);
});
