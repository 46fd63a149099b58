import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const script = join(import.meta.dirname, '..', 'main.js');

/** The real gateway in a process of its own, which a test may kill. */
export class GatewayProcess {
  private constructor(readonly url: string, readonly child: ChildProcess, readonly errors: () => string) {}

  static async start(environment: Readonly<Record<string, string>>, main: string = script): Promise<GatewayProcess> {
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
    const firstLine = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
    const ended = once(child, 'exit').then(([code]) => { throw new Error(`ended with ${String(code)}: ${errors}`); });
    const ready = JSON.parse(await Promise.race([firstLine, ended])) as { readonly listening: string };
    // The race is over; how the process ends is the test's own matter from here on.
    ended.catch(() => undefined);

    return new GatewayProcess(ready.listening, child, () => errors);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends it with a signal; the exit code, or null where the signal ended it. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = once(this.child, 'exit');
      this.child.kill(signal);
      await exit;
    }

    return this.child.exitCode;
  }
}
