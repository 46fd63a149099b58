import { readFile, writeFile } from 'node:fs/promises';

/** Resident memory of a process in megabytes; NaN where the platform does not tell. */
export async function residentMegabytes(pid: number): Promise<number> {
  return megabytesOf(pid, 'VmRSS');
}

/** Forgets the most memory that a process has had so far (Linux). */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

/** The most resident memory that a process had since it started or its peak was forgotten, in megabytes; NaN where the platform does not tell. */
export async function peakMegabytes(pid: number): Promise<number> {
  return megabytesOf(pid, 'VmHWM');
}

async function megabytesOf(pid: number, field: string): Promise<number> {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}
