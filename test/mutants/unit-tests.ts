import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import type { Guard } from './guards.js';

/** The unit tests beside the network's code, run in the instrumented copy. */
export class UnitTests {
  constructor(private readonly directory: string) {}

  /** The first unit test of the guard's folder that fails while the guard is off; undefined where none does. */
  async noticing(guard: Guard): Promise<string | undefined> {
    const folder = join('network', 'dist', dirname(guard.file));
    const jest = join(this.directory, 'node_modules', 'jest', 'bin', 'jest.js');
    // Crash tests kill processes for minutes and notice nothing that the others do not.
    const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, '--rootDir', this.directory, '--bail', '--silent',
      '--testTimeout', '20000', '--testMatch', `${join(this.directory, folder)}/**/*.test.js`, '--testPathIgnorePatterns', 'crash', '--passWithNoTests', '--transform', '{}', '--runInBand'];
    const child = spawn(process.execPath, args, { cwd: this.directory, env: { ...process.env, MEDACCORD_MUTANT: String(guard.id) }, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code === 0 ? undefined : (/● (.+)/.exec(output)?.[1] ?? '(unit tests ended early)');
  }
}
