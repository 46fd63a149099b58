import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stack } from '@medaccord/network/cli';
import { residentMegabytes } from '../memory.js';
import { processorSeconds } from '../processor-time.js';
import { ledgerFolder } from './bench-ledger.js';

/** A process of the stack or of the network under it. */
interface KnownProcess {
  readonly name: string;
  readonly pid: number;
}

/** What a process used while something was measured. */
export interface ProcessFigures {
  readonly name: string;
  /** Share of one core, on average. */
  readonly cores: number;
  readonly megabytes: number;
}

/** Measures the processor time and memory of every process while `work` runs. */
export async function withProcessFigures<T>(directory: string, stack: Pick<Stack, 'processes'>, work: () => Promise<T>): Promise<{ readonly result: T; readonly processes: readonly ProcessFigures[] }> {
  const nodes = JSON.parse(await readFile(join(ledgerFolder(directory), 'processes.json'), 'utf8')) as readonly KnownProcess[];
  const known: readonly KnownProcess[] = [...nodes, ...stack.processes, { name: 'load generator', pid: process.pid }];
  const before = await Promise.all(known.map(({ pid }) => processorSeconds(pid)));
  const begun = performance.now();
  const result = await work();
  const seconds = (performance.now() - begun) / 1000;
  const processes = await Promise.all(
    known.map(async ({ name, pid }, index) => ({ name, cores: ((await processorSeconds(pid)) - (before[index] ?? 0)) / seconds, megabytes: await residentMegabytes(pid) })),
  );
  return { result, processes };
}
