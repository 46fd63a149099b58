import { join } from 'node:path';
import { downloadFabric } from '../binaries/download.js';
import { type FabricBinaries, findFabricBinaries } from '../binaries/find-binaries.js';
import { FABRIC_VERSION } from '../binaries/release.js';
import { FabricError } from '../fabric-error.js';
import { say } from './options.js';

/** Fabric's programs; downloaded from the official release where they are nowhere on this machine and nobody named a folder. */
export async function availableBinaries(): Promise<FabricBinaries> {
  try {
    return await findFabricBinaries();
  } catch (error) {
    if (!(error instanceof FabricError) || error.code !== 'BINARIES_NOT_FOUND' || process.env['FABRIC_BIN'] !== undefined) throw error;
    say(`downloading Fabric ${FABRIC_VERSION}`);
    await downloadOrExplain(error);
    return findFabricBinaries();
  }
}

async function downloadOrExplain(notFound: FabricError): Promise<void> {
  try {
    await downloadFabric({ directory: join('.medaccord', 'fabric') });
  } catch (error) {
    if (!(error instanceof FabricError)) throw error;
    throw new FabricError(error.code, `${notFound.message}\nThe download failed: ${error.message}`, { cause: error });
  }
}
