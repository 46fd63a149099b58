import type { Command } from 'commander';
import type { FabricNetworkOptions } from '../network/fabric-network.js';
import { fabricDown, fabricReset, fabricUp } from '../network/lifetime.js';
import { readTopologyPlan } from '../topology/topology-plan.js';
import { availableBinaries } from './available-binaries.js';
import { agreedConfig, chaincodeProgramOf, FLAGS, OPTIONAL_FLAGS, say } from './options.js';

interface UpOptions {
  readonly config: string;
  readonly topology: string;
  readonly directory: string;
  readonly logging: string;
  readonly chaincodeServer?: string;
  readonly digest?: string;
  readonly org?: string;
  readonly wait: string;
  readonly snapshot?: readonly string[];
}

/** Starting, stopping and deleting a network, or one member's part of it. */
export function addLifetimeCommands(program: Command): void {
  for (const [name, description] of [
    ['up', 'start the network, or what is missing of it, and leave it running; prints its facts as one JSON line'],
    ['join', 'as up, for nodes that something else keeps running (systemd, containers)'],
  ] as const) {
    program
      .command(name)
      .description(description)
      .option(...FLAGS.config)
      .option(...FLAGS.topology)
      .option(...FLAGS.directory)
      .option(...FLAGS.logging)
      .option(...OPTIONAL_FLAGS.chaincodeServer)
      .option(...OPTIONAL_FLAGS.digest)
      .option('--org <msp>', 'run this member only; the others run theirs elsewhere')
      .option('--snapshot <peer=folder...>', 'new peers that join by a snapshot instead of fetching every block')
      .option('--wait <seconds>', 'how long the other members are awaited', '3600')
      .action(async (options: UpOptions) => {
        const facts = await fabricUp({ ...(await networkOptions(options)), nodesAreRunning: name === 'join' });
        process.stdout.write(`${JSON.stringify(facts)}\n`);
      });
  }

  program
    .command('down')
    .description('end every process of the network; its data stays')
    .option(...FLAGS.directory)
    .action(async ({ directory }: { readonly directory: string }) => {
      say(`ended ${(await fabricDown(directory)).length} processes`);
    });

  program
    .command('reset')
    .description('end every process of the network and delete its data')
    .option(...FLAGS.directory)
    .action(async ({ directory }: { readonly directory: string }) => {
      await fabricReset(directory);
    });
}

async function networkOptions({ config, topology, directory, logging, chaincodeServer, digest, org, wait, snapshot = [] }: UpOptions): Promise<FabricNetworkOptions> {
  return {
    config: await agreedConfig(config, digest),
    directory,
    plan: await readTopologyPlan(topology),
    binaries: await availableBinaries(),
    logging,
    snapshots: Object.fromEntries(snapshot.map((entry) => entry.split('=', 2))) as Readonly<Record<string, string>>,
    ...(chaincodeServer === undefined ? {} : { chaincodeProgram: chaincodeProgramOf(chaincodeServer) }),
    ...(org === undefined ? {} : { own: [org], othersWithinMs: Number(wait) * 1000 }),
    onProgress: say,
  };
}
