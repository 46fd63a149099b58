import { glob } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jestExpect } from '@jest/expect';
import { bind } from 'jest-each';

/** One test of the rules, by its full name. */
export interface RuleTest {
  /** File and full name: two files may use one name. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly body: () => Promise<void>;
}

/**
 * The domain's tests, loaded into this process once. They are pure and share nothing, so a rule can be changed under them
 * as often as one likes without loading anything again, which is what makes it possible to change every rule.
 * Known of jest's words: `describe`, `test`, their `each`, `beforeEach` and `expect`, the only ones that the domain uses.
 */
export class RuleTests {
  private readonly found: string[] = [];
  private readonly loaded = new Map<string, readonly RuleTest[]>();

  constructor(private readonly root: string) {}

  /** Test files, those nearest to `near` first: they notice most. */
  async files(near = ''): Promise<readonly string[]> {
    if (this.found.length === 0) for await (const file of glob('**/*.test.js', { cwd: this.root })) this.found.push(file);
    const distance = (file: string): number => {
      const way = relative(dirname(near), dirname(file));
      return way === '' ? 0 : way.split('/').length;
    };
    return [...this.found].sort((left, right) => distance(left) - distance(right) || (left < right ? -1 : 1));
  }

  /** The tests of a file. */
  async of(file: string): Promise<readonly RuleTest[]> {
    const known = this.loaded.get(file);
    if (known !== undefined) return known;
    const tests: RuleTest[] = [];
    Object.assign(globalThis, words(file, tests));
    await import(pathToFileURL(join(this.root, file)).href);
    this.loaded.set(file, tests);
    return tests;
  }
}

interface Scope {
  readonly title: string;
  readonly before: (() => unknown)[];
}

function words(file: string, tests: RuleTest[]): Readonly<Record<string, unknown>> {
  const whole: Scope = { title: '', before: [] };
  const scopes = [whole];
  const describe = (title: string, body: () => void): void => {
    scopes.push({ title, before: [] });
    body();
    scopes.pop();
  };
  const beforeEach = (hook: () => unknown): void => {
    (scopes.at(-1) ?? whole).before.push(hook);
  };
  const test = (title: string, body: () => unknown): void => {
    const around = [...scopes];
    const name = [...around.slice(1).map((scope) => scope.title), title].join(' ');
    const prepared = async (): Promise<void> => {
      for (const hook of around.flatMap(({ before }) => before)) await hook();
      await body();
    };
    tests.push({ id: `${file} ${name}`, name, file, body: prepared });
  };
  return { describe: Object.assign(describe, { each: bind(describe, false) }), test: Object.assign(test, { each: bind(test, false) }), beforeEach, expect: jestExpect };
}
