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

/** A process by name. */
export interface NamedProcess {
  readonly name: string;
  readonly pid: number;
}

/** This process. */
export const LOAD_GENERATOR: NamedProcess = { name: 'load generator', pid: process.pid };

/** Milliseconds of processor time by process, the dearest first. */
export type ProcessorTime = Readonly<Record<string, number>>;

/** Measures what processes use while `work` runs. */
export async function withProcessorTime<T>(processes: readonly NamedProcess[], work: () => Promise<T>): Promise<{ readonly result: T; readonly used: ProcessorTime }> {
  const before = await Promise.all(processes.map(({ pid }) => processorSeconds(pid)));
  const result = await work();
  const used = await Promise.all(processes.map(async ({ name, pid }, index) => [name, ((await processorSeconds(pid)) - (before[index] ?? 0)) * 1000] as const));
  return { result, used: Object.fromEntries(used.toSorted((a, b) => b[1] - a[1])) };
}

/** In words: the whole for one of `count` items, and the processes with more than a twentieth of it. */
export function perItem(used: ProcessorTime, count: number): string {
  const whole = Object.values(used).reduce((sum, milliseconds) => sum + milliseconds, 0);
  const dear = Object.entries(used).filter(([, milliseconds]) => milliseconds > whole / 20);
  return `${(whole / count).toFixed(1)} (${dear.map(([name, milliseconds]) => `${name} ${(milliseconds / count).toFixed(1)}`).join(', ')})`;
}
