import { runInNewContext } from 'node:vm';
import { instrument } from './guards.js';

/** Runs instrumented code with one guard switched off (none for -1). */
function run(code: string, off: number, ...args: readonly number[]): unknown {
  return runInNewContext(`${code}; decide(${args.join(', ')})`, { process: { env: { MEDACCORD_MUTANT: String(off) } } });
}

const SOURCE = `function decide(a, b) {
  if (a < 0) throw new Error('negative');
  if (a === b && b > 10) { return 'big'; }
  for (const x of [1, 2, 3]) { if (x === 2) continue; if (x === a || x === b) return 'found ' + x; }
  return 'none';
}`;

describe('guards', () => {
  const { code, guards } = instrument('decide.js', SOURCE, 100);
  const idOf = (text: string): number => guards.find((guard) => guard.text === text)?.id ?? -2;

  test('are the ifs that leave, and the parts of joined conditions', () => {
    expect(guards.map(({ kind, line, text }) => [kind, line, text])).toEqual([
      ['exit', 2, 'a < 0'], ['exit', 3, 'a === b && b > 10'], ['part', 3, 'a === b'], ['part', 3, 'b > 10'],
      ['exit', 4, 'x === 2'], ['exit', 4, 'x === a || x === b'], ['part', 4, 'x === a'], ['part', 4, 'x === b'],
    ]);
    expect(guards.map(({ id }) => id)).toEqual([100, 101, 102, 103, 104, 105, 106, 107]);
  });

  test('are short cuts where the code says so', () => {
    const marked = 'function decide(a) {\n  // Short cut: it is the same below.\n  if (a === 0 || a === 1) return a;\n  if (a === 2) return 2;\n  return a;\n}';
    const shortCuts = instrument('decide.js', marked, 0).guards.map(({ shortCut }) => shortCut);
    expect(shortCuts).toEqual([...Array.from({ length: 3 }, () => 'it is the same below.'), undefined]);
  });

  test('change nothing while none is off', () => {
    for (const [a, b] of [[11, 11], [2, 3], [1, 9], [5, 6]] as const) {
      expect(run(code, -1, a, b)).toBe(run(SOURCE, -1, a, b));
    }
    expect(() => run(code, -1, -1, 0)).toThrow('negative');
  });

  test('are passed over while they are off', () => {
    expect(run(code, idOf('a < 0'), -1, 0)).toBe('none');
    expect(run(code, idOf('a === b && b > 10'), 11, 11)).toBe('none');
    expect(run(code, idOf('a === b'), 12, 11)).toBe('big');
    expect(run(code, idOf('b > 10'), 4, 4)).toBe('big');
    expect(run(code, idOf('x === 2'), 2, 9)).toBe('found 2');
    expect(run(code, idOf('x === a'), 1, 9)).toBe('none');
  });
});
