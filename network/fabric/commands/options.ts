import { join } from 'node:path';
import { type ChaincodeConfig, type ConsortiumConfig, loadConsortium } from '../../configuration/index.js';
import type { ChaincodeProgram } from '../chaincode/chaincode-process.js';

/** Flags, descriptions and defaults that several commands share. */
export const FLAGS = {
  config: ['--config <file>', 'what the consortium agreed', join('fabric-config', 'consortium.yaml')],
  topology: ['--topology <file>', 'where the nodes run', join('fabric-config', 'topology.yaml')],
  directory: ['--directory <folder>', 'identities, ledgers and logs of the network', join('.medaccord', 'fabric-network')],
  logging: ['--logging <spec>', "Fabric's log specification", 'warn'],
} as const;

/** Flags without a default. */
export const OPTIONAL_FLAGS = {
  chaincodeServer: ['--chaincode-server <script>', 'Node script that serves a chaincode, given its name'],
  digest: ['--digest <hex>', 'digest of the built chaincode, which the definitions then name in their version'],
} as const;

/** Loads what the consortium agreed; the versions of its chaincodes name the digest of their code where one is given. */
export async function agreedConfig(file: string, digest: string | undefined): Promise<ConsortiumConfig> {
  const config = await loadConsortium(file);
  if (digest === undefined) return config;
  return { ...config, chaincodes: config.chaincodes.map((chaincode): ChaincodeConfig => ({ ...chaincode, version: `${chaincode.version}+${digest}` })) };
}

/** The program that runs a chaincode server's script. */
export function chaincodeProgramOf(script: string): ChaincodeProgram {
  return { program: process.execPath, args: [script] };
}

/** Tells people what is being done; standard output is for results. */
export function say(line: string): void {
  process.stderr.write(`fabric: ${line}\n`);
}
