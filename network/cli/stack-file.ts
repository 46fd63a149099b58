import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManagedProcess } from './managed-process.js';
import type { StackEndpoints } from './stack-endpoints.js';

/** What a later command needs to know of a stack that an earlier one left running. */
export interface StackRecord {
  readonly processes: readonly ManagedProcess[];
  readonly endpoints: StackEndpoints;
}

const fileName = 'stack.json';

export async function writeStackRecord(directory: string, record: StackRecord): Promise<void> {
  await writeFile(join(directory, fileName), JSON.stringify(record, undefined, 2));
}

/** Undefined where no stack was left running in this folder. */
export async function readStackRecord(directory: string): Promise<StackRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, fileName), 'utf8')) as StackRecord;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function removeStackRecord(directory: string): Promise<void> {
  await rm(join(directory, fileName), { force: true });
}
