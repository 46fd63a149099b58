import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, writeWhole } from '../../identities/tree/durable-file.js';
import { FabricError } from '../fabric-error.js';
import type { BackedUpFile } from './backup-files.js';

/** One node of a backup. */
export interface BackedUpNode {
  readonly id: string;
  /** Blocks that it had; 0 where it did not answer. */
  readonly height: number;
  readonly files: readonly BackedUpFile[];
}

/** What a backup holds. It is written last: a folder without one is a backup that was interrupted. */
export interface BackupManifest {
  readonly schema: 'backup/v1';
  readonly mspId: string;
  readonly channel: string;
  readonly fabricVersion: string;
  /** UTC. */
  readonly takenAt: string;
  /** In the order in which they were copied: peers before orderers. */
  readonly nodes: readonly BackedUpNode[];
  /** The organisation's keys and certificates. */
  readonly identities: readonly BackedUpFile[];
}

const NAME = 'backup.json';

export async function writeManifest(folder: string, manifest: BackupManifest): Promise<void> {
  await writeWhole(join(folder, NAME), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Throws BACKUP_DAMAGED where the folder holds no whole backup of the organisation. */
export async function readManifest(folder: string, mspId: string): Promise<BackupManifest> {
  let text: string;
  try {
    text = await readFile(join(folder, NAME), 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new FabricError('BACKUP_DAMAGED', `${folder} holds no ${NAME}: it is no backup, or one that was interrupted`, { cause: error });
  }
  const manifest = JSON.parse(text) as BackupManifest;
  if (manifest.mspId !== mspId) throw new FabricError('BACKUP_DAMAGED', `${folder} is a backup of ${manifest.mspId}, not of ${mspId}`);
  return manifest;
}
