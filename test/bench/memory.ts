import { readFile } from 'node:fs/promises';

/** Resident memory of a process in megabytes; NaN where the platform does not tell. */
export async function residentMegabytes(pid: number): Promise<number> {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
