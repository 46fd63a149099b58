import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PGlite, types } from '@electric-sql/pglite';
import { systemErrorCode } from '../config/system-error.js';

const pollMs = 100;

/** The tables are small: a server's default of 128 MB of buffers would be held by every gateway for nothing. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/** The client's own code for bytes takes a third of a second for each megabyte, and an endorsed batch is one. */
const bytesAsHex = {
  serializers: { [types.BYTEA]: (bytes: Uint8Array): string => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}` },
  parsers: { [types.BYTEA]: (text: string): Uint8Array => Buffer.from(text.slice(2), 'hex') },
};

/**
 * Opens the embedded PostgreSQL in a folder, which one process alone may use. Preparing a new one takes seconds of
 * computing; where a template folder is named, that is done once there and copied from then on.
 */
export async function openEmbeddedDatabase(folder: string, template: string | undefined): Promise<PGlite> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  if (!isPrepared(folder) && template !== undefined) await copyTemplate(template, folder);

  return PGlite.create(folder, { startParams, ...bytesAsHex });
}

async function copyTemplate(template: string, folder: string): Promise<void> {
  await mkdir(dirname(template), { recursive: true });
  while (!isPrepared(template)) await prepare(template);
  const aside = `${folder}.copying`;
  await rm(aside, { recursive: true, force: true });
  await cp(template, aside, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(aside, folder);
}

/** One of the processes that start together prepares; the others wait for it, or for its death. */
async function prepare(template: string): Promise<void> {
  const lock = `${template}.lock`;
  if (!(await createdExclusively(lock))) {
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    else await pause(pollMs);

    return;
  }
  const aside = `${template}.preparing`;
  await rm(aside, { recursive: true, force: true });
  await (await PGlite.create(aside)).close();
  await rm(template, { recursive: true, force: true });
  await rename(aside, template);
  await rm(lock);
}

function isPrepared(folder: string): boolean {
  return existsSync(join(folder, 'PG_VERSION'));
}

async function createdExclusively(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });

    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(lock: string): Promise<boolean> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);

    return false;
  } catch {
    return true;
  }
}
