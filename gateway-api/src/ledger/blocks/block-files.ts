import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files `<number>.block` of a folder in the order of their numbers; a gap is found by the chain itself. */
export function readBlockFiles(folder: string): readonly Uint8Array[] {
  const numbers = readdirSync(folder).flatMap((name) => /^(\d+)\.block$/.exec(name)?.[1] ?? []).map(Number);

  return numbers.toSorted((first, second) => first - second).map((number) => readFileSync(join(folder, `${number}.block`)));
}
