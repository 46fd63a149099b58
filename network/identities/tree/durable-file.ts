import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Permissions: private keys are readable by their owner alone. */
export type FileKind = 'public' | 'secret';

/** Writes a file whole or not at all, so that an interrupted run leaves nothing that the next one would trust. */
export async function writeWhole(path: string, content: string, kind: FileKind = 'public'): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  await writeFile(draft, content, { mode: kind === 'secret' ? 0o600 : 0o644 });
  await rename(draft, path);
}

/** Writes a file unless it has this content already. */
export async function writeWhereDifferent(path: string, content: string): Promise<void> {
  if ((await readIfPresent(path)) !== content) {
    await writeWhole(path, content);
  }
}

/** The text of a file, undefined where there is none. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

/** True for the error of reading what does not exist. */
export function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
