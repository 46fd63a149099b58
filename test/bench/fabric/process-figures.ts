import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fabricDirectory, type Stack } from '@medaccord/network/cli';
import { residentMegabytes } from '../memory.js';
import { LOAD_GENERATOR, type NamedProcess, withProcessorTime } from '../processor-time.js';

/** What a process used while something was measured. */
export interface ProcessFigures {
  readonly name: string;
  /** Share of one core, on average. */
  readonly cores: number;
  readonly megabytes: number;
}

/** Measures the processor time and memory of every process while `work` runs. */
export async function withProcessFigures<T>(directory: string, stack: Pick<Stack, 'processes'>, work: () => Promise<T>): Promise<{ readonly result: T; readonly processes: readonly ProcessFigures[] }> {
  const nodes = JSON.parse(await readFile(join(fabricDirectory(directory), 'processes.json'), 'utf8')) as readonly NamedProcess[];
  const known: readonly NamedProcess[] = [...nodes, ...stack.processes, LOAD_GENERATOR];
  const begun = performance.now();
  const { result, used } = await withProcessorTime(known, work);
  const seconds = (performance.now() - begun) / 1000;
  const processes = await Promise.all(known.map(async ({ name, pid }) => ({ name, cores: (used[name] ?? 0) / 1000 / seconds, megabytes: await residentMegabytes(pid) })));
  return { result, processes };
}
