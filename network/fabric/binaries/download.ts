import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { FabricError } from '../fabric-error.js';
import { fabricArchive, type FabricArchive, OFFICIAL_DIST_URL } from './release.js';

/** What to download and where to. */
export interface FabricDownload {
  /** Receives `bin`, `builders` and `config`; what it held of these is replaced. */
  readonly directory: string;
  /** Folder URL that holds the archive; `FABRIC_DIST_URL`, else the official release page, where omitted. */
  readonly baseUrl?: string;
  /** The one for this platform where omitted. */
  readonly archive?: FabricArchive;
}

/**
 * Downloads a release archive, checks its SHA-256 and only then unpacks it. Throws DOWNLOAD_FAILED or ARCHIVE_MISMATCH, and
 * leaves nothing behind in either case.
 */
export async function downloadFabric({ directory, baseUrl, archive = fabricArchive() }: FabricDownload): Promise<void> {
  await mkdir(directory, { recursive: true });
  const draft = await mkdtemp(join(directory, '.download-'));
  try {
    const file = join(draft, archive.file);
    const source = `${(baseUrl ?? process.env['FABRIC_DIST_URL'] ?? OFFICIAL_DIST_URL).replace(/\/$/, '')}/${archive.file}`;
    const sha256 = await download(source, file);
    if (sha256 !== archive.sha256) {
      throw new FabricError('ARCHIVE_MISMATCH', `${source} has SHA-256 ${sha256} and not the pinned ${archive.sha256}: nothing was unpacked`);
    }
    const unpacked = join(draft, 'unpacked');
    await unpack(file, unpacked);
    await moveInto(unpacked, directory);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function download(source: string, file: string): Promise<string> {
  const body = await openDownload(source);
  const hash = createHash('sha256');
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(file),
  );
  return hash.digest('hex');
}

async function openDownload(source: string): Promise<Readable> {
  let response: Response;
  try {
    response = await fetch(source);
  } catch (cause) {
    throw new FabricError('DOWNLOAD_FAILED', `${source} cannot be reached`, { cause });
  }
  if (!response.ok || response.body === null) {
    throw new FabricError('DOWNLOAD_FAILED', `${source} answered ${response.status}`);
  }
  return Readable.fromWeb(response.body);
}

async function unpack(file: string, directory: string): Promise<void> {
  const entries = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), entries);
  for await (const entry of entries) await writeEntry(entry, directory);
  await reading;
}

interface ArchiveEntry extends AsyncIterable<unknown> {
  readonly header: Header;
  resume(): unknown;
}

/** Writes one file of the archive; links are left out, and no name leads out of the folder. */
async function writeEntry(entry: ArchiveEntry, directory: string): Promise<void> {
  const name = normalize(entry.header.name);
  const inside = !name.startsWith('..') && !name.startsWith(sep);
  if (entry.header.type !== 'file' || !inside) {
    entry.resume();
    return;
  }
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(entry, createWriteStream(path, { mode: entry.header.mode }));
}

async function moveInto(unpacked: string, directory: string): Promise<void> {
  for (const name of await readdir(unpacked)) {
    await rm(join(directory, name), { recursive: true, force: true });
    await rename(join(unpacked, name), join(directory, name));
  }
}
