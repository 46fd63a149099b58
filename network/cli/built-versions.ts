import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import type { ChaincodeProgram } from '../fabric/index.js';
import { scripts } from './house.js';

/** A script that serves chaincodes, run with this very Node; what was built here where none is named. */
export function chaincodeProgram(script: string = scripts.chaincode): ChaincodeProgram {
  return { program: process.execPath, args: [script] };
}

/**
 * The consortium with chaincode versions that name the code which was built here, `<version>+<digest>`: what its members
 * approve is exactly that tree, and its servers refuse to serve another. A version that names a tree already stays.
 */
export async function withBuiltVersions(config: ConsortiumConfig, { program, args }: ChaincodeProgram = chaincodeProgram()): Promise<ConsortiumConfig> {
  const { stdout } = await promisify(execFile)(program, [...args, 'version']);
  const digest = stdout.trim().split('+').at(-1) ?? '';
  const chaincodes = config.chaincodes.map((chaincode) => (chaincode.version.includes('+') ? chaincode : { ...chaincode, version: `${chaincode.version}+${digest}` }));
  return { ...config, chaincodes };
}
