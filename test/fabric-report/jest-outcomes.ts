import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';

/** What became of one test. */
export interface TestOutcome {
  /** Compiled file, relative to the house. */
  readonly file: string;
  readonly name: string;
  readonly outcome: string;
}

/** What jest's JSON report says, as far as it is looked at. */
interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs the tests of some folders on real Fabric, showing jest's own output, and answers what became of each. */
export async function runTests(houseRoot: string, folders: readonly string[], reportFile: string): Promise<readonly TestOutcome[]> {
  await mkdir(dirname(reportFile), { recursive: true });
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--config', '.config/jest.config.js'];
  // One after the other: each brings up a network of its own.
  // Connections to nodes that were ended for good may outlive a test by their time-outs; its outcome is known by then.
  const args = [...jest, '--runInBand', '--forceExit', '--json', '--outputFile', reportFile, ...folders];
  const child = spawn(process.execPath, args, { cwd: houseRoot, env: { ...process.env, MEDACCORD_NETWORK: 'fabric' }, stdio: ['ignore', 'ignore', 'inherit'] });
  await once(child, 'exit');
  const { testResults } = JSON.parse(await readFile(reportFile, 'utf8')) as JestReport;
  return testResults.flatMap(({ name, status, assertionResults }): readonly TestOutcome[] => {
    const file = relative(houseRoot, name);
    if (assertionResults.length === 0) return [{ file, name: '(the whole file)', outcome: status }];
    return assertionResults.map(({ fullName, status: outcome }) => ({ file, name: fullName, outcome }));
  });
}
