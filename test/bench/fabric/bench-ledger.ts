import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fabricLedger, type StartLedger } from '@medaccord/network/cli';
import { baselineChaincode } from '../baseline/network.js';

/** What is tried; the defaults are the product's. */
export interface BenchSettings {
  readonly batchTimeoutMs?: number;
  readonly maxMessageCount?: number;
  /** Transactions of a block that a peer validates at once. */
  readonly validatorPoolSize?: number;
  /** False: key by key. */
  readonly batchMessages?: boolean;
  /** Fabric's log specification for the nodes. */
  readonly logging?: string;
}

/**
 * Real Fabric under the stack with one chaincode more: the baseline, endorsed by any two of the members, on the very
 * network that the claims run on.
 */
export function benchLedger({ logging, validatorPoolSize, batchMessages, ...ordering }: BenchSettings): StartLedger {
  return async (consortium, directory, ports, start) => {
    const policy = `OutOf(2,${consortium.organisations.map(({ mspId }) => `'${mspId}.peer'`).join(',')})`;
    const baseline = { name: baselineChaincode, version: '1', sequence: 1, endorsementPolicy: policy, collections: [] };
    const config = { ...consortium, chaincodes: [...consortium.chaincodes, baseline], ordering: { ...consortium.ordering, ...ordering } };
    const args = [join(import.meta.dirname, 'chaincode-program.js'), await baselinePackage(directory)];
    const peerSettings = { ...(validatorPoolSize === undefined ? {} : { validatorPoolSize }), ...(batchMessages === undefined ? {} : { batchMessages }) };
    return fabricLedger({ program: process.execPath, args }, { peerSettings, ...(logging === undefined ? {} : { logging }) })(config, directory, ports, start);
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
