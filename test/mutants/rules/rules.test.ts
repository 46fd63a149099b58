import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ruleReport } from './rule-report.js';
import { RuleTests } from './rule-tests.js';

const mutant = (status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'Ignored', line: number): { status: typeof status; location: { start: { line: number } } } => ({ status, location: { start: { line } } });

describe('The report of changed rules', () => {
  const report = ruleReport(
    {
      'chaincode/domain/src/pends/pend.ts': { mutants: [mutant('Killed', 3), mutant('Survived', 9), mutant('Survived', 9), mutant('NoCoverage', 4), mutant('Ignored', 1)] },
      'chaincode/domain/src/clock/clock.ts': { mutants: [mutant('Killed', 3), mutant('Timeout', 4)] },
    },
    'abc', '2026-11-28',
  );

  test('counts every change, those that were not tried apart', () => {
    expect(report).toContain('6 changes tried: 3 noticed, 2 survived, 1 not reached by any test; 1 not tried');
    expect(report).toContain('| pends | 4 | 1 | 2 | 1 |');
  });

  test('lists each line with survivors', () => {
    expect(report).toContain('- `pends/pend.ts`: 4, 9 (2)');
    expect(report).not.toContain('clock.ts');
  });
});

describe('The domain’s tests, loaded once', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rule-tests-'));
    for (const name of ['far', 'near']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'far', 'one.test.js'), `describe('a rule', () => { let one; beforeEach(() => { one = 1; }); test('holds', () => expect(one).toBe(1)); test.each([[2], [3]])('of %i', (n) => expect(n).toBe(2)); });`);
    await writeFile(join(folder, 'near', 'two.test.js'), `test('another', () => {});`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('have names as jest gives them, and fail where an expectation does', async () => {
    const words = { describe, test, beforeEach, expect };
    try {
      const tests = await new RuleTests(folder).of('far/one.test.js');
      expect(tests.map(({ name }) => name)).toEqual(['a rule holds', 'a rule of 2', 'a rule of 3']);
      await Promise.all(tests.slice(0, 2).map(({ body }) => body()));
      await expect(tests[2]?.body()).rejects.toThrow('Expected');
    } finally {
      Object.assign(globalThis, words);
    }
  });

  test('come nearest first', async () => {
    expect(await new RuleTests(folder).files('near/rule.ts')).toEqual(['near/two.test.js', 'far/one.test.js']);
    expect(await new RuleTests(folder).files('far/rule.ts')).toEqual(['far/one.test.js', 'near/two.test.js']);
  });
});
