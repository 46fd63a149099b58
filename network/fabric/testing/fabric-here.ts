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
