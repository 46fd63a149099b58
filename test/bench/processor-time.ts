import { readFile } from 'node:fs/promises';

/** Ticks of Linux's process accounting per second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used so far, by itself and in the kernel; NaN where the platform does not tell. */
export async function processorSeconds(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, in brackets, may hold blanks; user and system time are the 14th and 15th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}
