import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
  /** Test files by the guards that decide anything in them. */
  private readonly reach = new Map<number, string[]>();

  constructor(private readonly directory: string) {}

  /** Runs every test file once without a mutant and learns which guards decide in it. Throws where one fails: it would seem to notice everything. */
  async learn(): Promise<void> {
    for await (const file of glob(join(this.directory, 'network', 'dist', '{embedded,identities}', '**', '*.test.js'))) {
      // Crash tests kill processes for minutes and notice nothing that the others do not.
      if (!file.includes('crash')) {
        await this.learnFrom(file);
      }
    }
  }

  /** The first unit test that fails while the guard is off; undefined where none does. */
  async noticing(guard: Guard): Promise<string | undefined> {
    const files = this.reach.get(guard.id) ?? [];
    return files.length === 0 ? undefined : this.firstFailure(files, { MEDACCORD_MUTANT: String(guard.id) });
  }

  private async learnFrom(file: string): Promise<void> {
    const held = join(this.directory, 'guards-held.txt');
    const failure = await this.firstFailure([file], { MEDACCORD_GUARDS_HELD: held });
    if (failure !== undefined) {
      throw new Error(`without any mutant, a unit test of ${file} fails: ${failure}`);
    }
    const ids = existsSync(held) ? (await readFile(held, 'utf8')).trim().split('\n').map(Number) : [];
    for (const id of new Set(ids)) {
      this.reach.set(id, [...(this.reach.get(id) ?? []), file]);
    }
    await rm(held, { force: true });
  }

  private async firstFailure(files: readonly string[], environment: Readonly<Record<string, string>>): Promise<string | undefined> {
    const report = join(this.directory, `unit-tests-${++this.runs}.json`);
    const jest = join(this.directory, 'node_modules', 'jest', 'bin', 'jest.js');
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, '--config', join(this.directory, 'jest.config.json'), '--bail', '--silent',
      '--runInBand', '--json', '--outputFile', report, '--runTestsByPath', ...files];
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
