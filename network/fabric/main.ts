import { join } from 'node:path';
import { Command } from 'commander';
import { type ChaincodeConfig, type ConsortiumConfig, loadConsortium } from '../configuration/index.js';
import { downloadFabric } from './binaries/download.js';
import { type FabricBinaries, findFabricBinaries } from './binaries/find-binaries.js';
import { FABRIC_VERSION } from './binaries/release.js';
import { FabricError } from './fabric-error.js';
import { fabricDown, fabricReset, fabricUp } from './network/lifetime.js';
import { readTopologyPlan } from './topology/topology-plan.js';

// Runs a network on real Fabric: node main.js up|down|reset. `up` prints the network's facts as one JSON line when it is ready.

interface UpOptions {
  readonly config: string;
  readonly topology: string;
  readonly directory: string;
  readonly chaincodeServer?: string;
  readonly digest?: string;
  readonly logging: string;
}

const directoryOption = ['--directory <folder>', 'identities, ledgers and logs of the network', join('.medaccord', 'fabric-network')] as const;
const program = new Command('fabric').description(`Runs a consortium's network on Hyperledger Fabric ${FABRIC_VERSION} on this machine.`);

program
  .command('up')
  .description('start the network, or what is missing of it, and leave it running')
  .option('--config <file>', 'what the consortium agreed', join('fabric-config', 'consortium.yaml'))
  .option('--topology <file>', 'where the nodes run', join('fabric-config', 'topology.yaml'))
  .option('--chaincode-server <script>', 'Node script that serves a chaincode, given its name')
  .option('--digest <hex>', 'digest of the built chaincode, which the definitions then name in their version')
  .option('--logging <spec>', "Fabric's log specification", 'warn')
  .option(...directoryOption)
  .action(async (options: UpOptions) => {
    const config = withDigest(await loadConsortium(options.config), options.digest);
    const facts = await fabricUp({
      config,
      directory: options.directory,
      plan: await readTopologyPlan(options.topology),
      binaries: await binaries(),
      logging: options.logging,
      ...(options.chaincodeServer === undefined ? {} : { chaincodeProgram: { program: process.execPath, args: [options.chaincodeServer] } }),
      onProgress: say,
    });
    process.stdout.write(`${JSON.stringify(facts)}\n`);
  });

program
  .command('down')
  .description('end every process of the network; its data stays')
  .option(...directoryOption)
  .action(async ({ directory }: { readonly directory: string }) => {
    say(`ended ${(await fabricDown(directory)).length} processes`);
  });

program
  .command('reset')
  .description('end every process of the network and delete its data')
  .option(...directoryOption)
  .action(async ({ directory }: { readonly directory: string }) => {
    await fabricReset(directory);
  });

/** Fabric's programs; downloaded from the official release where they are nowhere on this machine. */
async function binaries(): Promise<FabricBinaries> {
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

function withDigest(config: ConsortiumConfig, digest: string | undefined): ConsortiumConfig {
  if (digest === undefined) return config;
  return { ...config, chaincodes: config.chaincodes.map((chaincode): ChaincodeConfig => ({ ...chaincode, version: `${chaincode.version}+${digest}` })) };
}

function say(line: string): void {
  process.stderr.write(`fabric: ${line}\n`);
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof FabricError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
