import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WorkerReply, WorkerTask } from './worker-protocol.js';

/** A process that runs behaviours in the instrumented copy; started anew when a mutant has brought it down. */
export class WorkerProcess {
  private child: ChildProcess | undefined;
  private replies: AsyncIterator<string> | undefined;

  constructor(private readonly directory: string) {}

  /** Ids of all behaviours. */
  async behaviours(): Promise<readonly string[]> {
    return (await this.start()).ready ?? [];
  }

  /** Runs a task; a process that ends or takes too long has noticed, too. */
  async run(task: WorkerTask, limitMs: number): Promise<WorkerReply> {
    if (this.child === undefined) {
      await this.start();
    }
    this.child?.stdin?.write(`${JSON.stringify(task)}\n`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<WorkerReply>((resolve) => {
      timer = setTimeout(() => { resolve({ caughtBy: '(time)', reason: `no answer in ${limitMs / 1000} s`, runs: [] }); }, limitMs);
    });
    const reply = await Promise.race([this.next(), late]);
    clearTimeout(timer);
    if (reply.caughtBy?.startsWith('(') === true) {
      await this.stop();
    }
    return reply;
  }

  /** Ends the process and everything that it started. */
  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      // The group: the worker's chaincode processes with it.
      process.kill(-child.pid, 'SIGKILL');
      await exited;
    }
  }

  private async start(): Promise<WorkerReply> {
    const script = join(this.directory, 'test', 'dist', 'mutants', 'worker.js');
    const child = spawn(process.execPath, [script], { cwd: this.directory, detached: true, stdio: ['pipe', 'pipe', 'ignore'] });
    this.child = child;
    this.replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return this.next();
  }

  private async next(): Promise<WorkerReply> {
    const line = await this.replies?.next();
    if (line === undefined || line.done === true) {
      return { caughtBy: '(the process)', reason: 'it ended', runs: [] };
    }
    return JSON.parse(line.value) as WorkerReply;
  }
}
