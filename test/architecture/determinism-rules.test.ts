import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { repositoryRoot } from './repository.js';

interface DeterminismRules {
  readonly determinism: Linter.Config;
  readonly claimsWritesNothingPublic: Linter.Config;
}

const rules = (await import(pathToFileURL(join(repositoryRoot, '.config/eslint-determinism.js')).href)) as DeterminismRules;

async function complaints(code: string, config: Linter.Config): Promise<string[]> {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [{ ...config, files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }],
  });
  const [result] = await eslint.lintText(code, { filePath: 'sample.ts' });
  return result?.messages.map((message) => message.message) ?? [];
}

describe('each determinism rule of the chaincode fires', () => {
  test.each([
    ['the clock', 'export const t = Date.now();', /clock/],
    ['a new date', 'export const t = new Date();', /clock/],
    ['a timer', 'setTimeout(() => undefined, 1);', /clock/],
    ['performance', 'export const t = performance.now();', /clock/],
    ['Math.random', 'export const r = Math.random();', /random/],
    ['web crypto', 'export const r = crypto.randomUUID();', /random/],
    ['node randomness', "import { randomBytes } from 'node:crypto'; export const r = randomBytes(1);", /random/],
    ['locale compare', "export const c = 'a'.localeCompare('b');", /[Ll]ocale/],
    ['locale print', 'export const c = (1).toLocaleString();', /[Ll]ocale/],
    ['Intl', 'export const c = new Intl.NumberFormat();', /[Ll]ocale/],
    ['the environment', 'export const e = process.env.HOME;', /environment/],
    ['files', "import { readFileSync } from 'node:fs'; export const f = readFileSync('x');", /outside the ledger/],
    ['the network', "import { get } from 'https'; export const f = get('x');", /outside the ledger/],
    ['fetch', "export const f = fetch('x');", /outside the ledger/],
    ['a decimal literal', 'export const rate = 0.2;', /floating point/],
    ['an exponent literal', 'export const rate = 2e-1;', /floating point/],
    ['parseFloat', "export const rate = parseFloat('1');", /integers/],
    ['sort without comparator', 'export const s = [1].sort();', /comparator/],
    ['toSorted without comparator', 'export const s = [1].toSorted();', /comparator/],
    ['for-in', 'for (const k in {}) { String(k); }', /sorted keys/],
    ['module state', 'let count = 0; export const next = () => ++count;', /Module state/],
    ['exported module state', 'export let count = 0;', /Module state/],
    ['a mutable field on a contract', 'class A extends Contract { cache = 1; }', /context/],
    ['a race', 'export const w = Promise.race([]);', /race/],
    ['writes in parallel', 'export const w = Promise.all([1].map(() => stub.putState("a", b)));', /order/],
  ])('%s', async (_name, code, message) => {
    expect(await complaints(code, rules.determinism)).toEqual([expect.stringMatching(message)]);
  });

  test('what is deterministic passes', async () => {
    const code = `
      import { createHash } from 'node:crypto';
      const cents = 1250;
      export const hash = createHash('sha256');
      export const sorted = [2, 1].toSorted((a, b) => a - b);
      export class A extends Contract { readonly name = 'a'; }
      export const total = cents * 3;`;
    expect(await complaints(code, rules.determinism)).toEqual([]);
  });

  test.each(['putState', 'deleteState', 'setStateValidationParameter'])('claims may not call %s', async (method) => {
    const code = `export const f = (stub) => stub.${method}('k', v);`;
    expect(await complaints(code, rules.claimsWritesNothingPublic)).toEqual([expect.stringMatching(/no public keys/)]);
  });
});
