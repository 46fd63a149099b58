import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '@medaccord/network/fabric';

const run = promisify(execFile);
const SIZE = '512m';
const CHUNK_BYTES = 1024 * 1024;

/** A file system in memory that can be filled up. */
export class LimitedDisk {
  private constructor(private readonly path: string) {}

  /** Undefined, with the reason printed, where this user may not mount. */
  static async mount(path: string): Promise<LimitedDisk | undefined> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0700`, 'tmpfs', path]);
      return new LimitedDisk(path);
    } catch (error) {
      process.stderr.write(`no disk can be limited here: ${error instanceof Error ? error.message : 'mount failed'}\n`);
      return undefined;
    }
  }

  /** Writes until nothing more fits. */
  async fill(): Promise<void> {
    const file = await open(this.filler, 'w');
    try {
      for (let size = CHUNK_BYTES; size >= 1; size = Math.floor(size / 2)) await fillBy(file, size);
    } finally {
      await file.close();
    }
  }

  /** Makes room again. */
  async clear(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  /** Processes that have just ended may hold it for a moment. */
  async unmount(): Promise<void> {
    await until(async () => run('umount', [this.path]), { withinMs: 20_000, what: `${this.path} to be unmounted` });
  }

  private get filler(): string {
    return join(this.path, 'filler');
  }
}

async function fillBy(file: { write(data: Uint8Array): Promise<unknown> }, size: number): Promise<void> {
  const chunk = Buffer.alloc(size, 1);
  try {
    for (;;) await file.write(chunk);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
  }
}
