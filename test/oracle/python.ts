import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The Python sources stand beside these in the source tree; `tsc` copies none. */
const SOURCES = join(import.meta.dirname, '../../oracle');

/** True where the machine has Python 3. */
export async function hasPython(): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = spawn('python3', ['--version'], { stdio: 'ignore' });
    probe.on('error', () => { resolve(false); });
    probe.on('exit', (code) => { resolve(code === 0); });
  });
}

/** Runs one of the Python programs on a JSON input and reads its JSON output; throws with its error text where it fails. */
export async function runPython<Output>(program: 'generate.py' | 'oracle.py', input: unknown): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-B', join(SOURCES, program)], { stdio: ['pipe', 'pipe', 'pipe'] });
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => errors.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(output).toString()) as Output);
      else reject(new Error(`${program} failed: ${Buffer.concat(errors).toString()}`));
    });
    child.stdin.end(JSON.stringify(input));
  });
}
