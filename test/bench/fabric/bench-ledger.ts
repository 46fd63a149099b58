import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PeerEndpoint, StartLedger } from '@medaccord/network/cli';
import { fabricDown, fabricUp, freePortsPlan } from '@medaccord/network/fabric';
import { OrganizationPaths } from '@medaccord/network/identities';
import { baselineChaincode } from '../baseline/network.js';

/** What is tried; the defaults are the product's. */
export interface BenchSettings {
  readonly batchTimeoutMs?: number;
  readonly maxMessageCount?: number;
}

/** Where the nodes of the bench keep their data. */
export const ledgerFolder = (directory: string): string => join(directory, 'fabric');

/**
 * Real Fabric under the stack with one chaincode more: the baseline, endorsed by any two of the members, on the very
 * network that the claims run on.
 */
export function benchLedger(settings: BenchSettings): StartLedger {
  return async (consortium, directory) => {
    const policy = `OutOf(2,${consortium.organisations.map(({ mspId }) => `'${mspId}.peer'`).join(',')})`;
    const baseline = { name: baselineChaincode, version: '1', sequence: 1, endorsementPolicy: policy, collections: [] };
    const config = { ...consortium, chaincodes: [...consortium.chaincodes, baseline], ordering: { ...consortium.ordering, ...settings } };
    const { organizationsPath, organisations } = await fabricUp({
      config,
      directory: ledgerFolder(directory),
      plan: await freePortsPlan(config),
      chaincodeProgram: { program: process.execPath, args: [join(import.meta.dirname, 'chaincode-program.js'), await baselinePackage(directory)] },
    });
    const peers = config.organisations.map(({ mspId, domain }): [string, PeerEndpoint] => [
      mspId,
      { endpoint: organisations[mspId]?.peers[0]?.endpoint ?? '', tlsCaFile: new OrganizationPaths(organizationsPath, domain).node(`peer0.${domain}`).tlsCaCertificate },
    ]);
    const stop = async (): Promise<void> => {
      await fabricDown(ledgerFolder(directory));
    };
    return { kind: 'fabric', organizationsPath, peers: Object.fromEntries(peers), stop };
  };
}

/** The package folder that the official server loads the baseline's contract from. */
async function baselinePackage(directory: string): Promise<string> {
  const folder = join(directory, 'baseline-package');
  await mkdir(folder, { recursive: true });
  const main = join(import.meta.dirname, '..', 'baseline', 'index.js');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: baselineChaincode, version: '1.0.0', type: 'module', main }));
  return folder;
}
