import { type FabricBinaries, findFabricBinaries } from '../binaries/find-binaries.js';
import { FabricError } from '../fabric-error.js';

/** Fabric's programs for tests that need them; undefined, with the reason printed, where they are not on this machine. */
export async function fabricHere(): Promise<FabricBinaries | undefined> {
  try {
    return await findFabricBinaries();
  } catch (error) {
    if (!(error instanceof FabricError)) throw error;
    process.stderr.write(`tests on real Fabric are skipped: ${error.message}\n`);
    return undefined;
  }
}

/** As `fabricHere`, for what takes long: only where MEDACCORD_NETWORK is `fabric`, else undefined with the reason printed. */
export async function fabricWanted(what: string): Promise<FabricBinaries | undefined> {
  if (process.env['MEDACCORD_NETWORK'] === 'fabric') return fabricHere();
  process.stderr.write(`${what}: skipped, as MEDACCORD_NETWORK is not "fabric"\n`);
  return undefined;
}
