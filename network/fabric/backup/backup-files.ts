import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isMissing } from '../../identities/tree/durable-file.js';
import { FabricError } from '../fabric-error.js';

/** A file of a backup: its path below the backup's folder, its size and its SHA-256 (hexadecimal). */
export interface BackedUpFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Permissions, as they were. */
  readonly mode: number;
}

/** Copies a file or a folder below `root` and answers what was copied, with paths relative to `root`; `skip` sees paths relative to `from`. */
export async function copyTree(from: string, to: string, root: string, skip: (path: string) => boolean = () => false): Promise<readonly BackedUpFile[]> {
  const files = await filesBelow(from);
  const copied: BackedUpFile[] = [];
  for (const path of files.filter((file) => !skip(file))) {
    const target = join(to, path);
    copied.push({ path: relative(root, target), ...(await copyFile(join(from, path), target)) });
  }
  return copied;
}

/** Reads every file of a list again. Throws BACKUP_DAMAGED with the first path that is missing or has other content. */
export async function verifyFiles(root: string, files: readonly BackedUpFile[]): Promise<void> {
  for (const { path, sha256 } of files) {
    if ((await hashOf(join(root, path))) !== sha256) {
      throw new FabricError('BACKUP_DAMAGED', `${path} is missing or is not as it was backed up: take another backup`);
    }
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

async function copyFile(from: string, to: string): Promise<Omit<BackedUpFile, 'path'>> {
  const { mode } = await stat(from);
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(from), measured, createWriteStream(to, { mode: mode & 0o777 }));
  return { bytes, sha256: hash.digest('hex'), mode: mode & 0o777 };
}

async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
