import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Guard } from './guards.js';

/** What jest's JSON report says of one file, as far as it is looked at. */
interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

const LIMIT_MS = 180_000;

/** What is answered for tests that did not end in time: a mutant may loop for ever, or the machine may be busy. */
export const OUT_OF_TIME = '(time)';

/** The unit tests beside the network's code, run in the instrumented copy. */
export class UnitTests {
  private runs = 0;
  private readonly passing = new Map<string, Promise<void>>();

  constructor(private readonly directory: string) {}

  /**
   * The first unit test of the guard's folder that fails while the guard is off; undefined where none does. Throws where
   * the folder's tests fail without any mutant: then they would seem to notice everything.
   */
  async noticing(guard: Guard): Promise<string | undefined> {
    const folder = join('network', 'dist', dirname(guard.file));
    const passing = this.passing.get(folder) ?? this.assertPassing(folder);
    this.passing.set(folder, passing);
    await passing;
    return this.firstFailure(folder, { MEDACCORD_MUTANT: String(guard.id) });
  }

  private async assertPassing(folder: string): Promise<void> {
    const failure = await this.firstFailure(folder, {});
    if (failure !== undefined) {
      throw new Error(`without any mutant, a unit test of ${folder} fails: ${failure}`);
    }
  }

  private async firstFailure(folder: string, environment: Readonly<Record<string, string>>): Promise<string | undefined> {
    const report = join(this.directory, `unit-tests-${++this.runs}.json`);
    const jest = join(this.directory, 'node_modules', 'jest', 'bin', 'jest.js');
    // Crash tests kill processes for minutes and notice nothing that the others do not.
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, '--config', join(this.directory, 'jest.config.json'), '--bail', '--silent',
      '--testMatch', `${join(this.directory, folder)}/**/*.test.js`, '--testPathIgnorePatterns', 'crash', '--passWithNoTests', '--runInBand', '--json', '--outputFile', report];
    const child = spawn(process.execPath, args, { cwd: this.directory, env: { ...process.env, ...environment }, stdio: 'ignore', timeout: LIMIT_MS });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0) {
      await rm(report);
      return undefined;
    }
    if (code === null) {
      return OUT_OF_TIME;
    }
    return existsSync(report) ? failureIn(report) : '(unit tests that end without a report)';
  }
}

async function failureIn(report: string): Promise<string> {
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as { readonly testResults: readonly FileResult[] };
  await rm(report);
  const failed = testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status === 'failed');
  const unloadable = testResults.find(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return failed?.fullName ?? `${unloadable?.name ?? 'jest'} could not run: ${unloadable?.message.slice(0, 200) ?? ''}`;
}
