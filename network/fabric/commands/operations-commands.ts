import { join } from 'node:path';
import type { Command } from 'commander';
import { FabricError } from '../fabric-error.js';
import { NetworkIdentities } from '../identities/network-identities.js';
import { NetworkDirectory } from '../network-directory.js';
import { openTopology } from '../network/prepare-network.js';
import { writeMonitoring } from '../operations/write-monitoring.js';
import { networkStatus, operationsOf } from '../operations/network-status.js';
import { ownedBy, type Topology } from '../topology/topology.js';
import { agreedConfig, FLAGS, say } from './options.js';
import { statusTables } from './status-table.js';

interface StatusOptions {
  readonly config: string;
  readonly directory: string;
  readonly org?: string;
  readonly json: boolean;
}

/** Looking at a running network. */
export function addOperationsCommands(program: Command): void {
  program
    .command('status')
    .description('show heights, leaders, lag, certificate expiry and chaincode versions')
    .option('--org <msp>', 'this member only')
    .option('--json', 'as JSON', false)
    .option(...FLAGS.config)
    .option(...FLAGS.directory)
    .action(async (options: StatusOptions) => {
      const { own, identities } = await openNetwork(options);
      const status = await networkStatus(own, identities);
      process.stdout.write(`${options.json ? JSON.stringify(status) : statusTables(status)}\n`);
      if (status.nodes.some(({ healthy }) => !healthy)) process.exitCode = 1;
    });

  program
    .command('monitoring')
    .description('write a Grafana dashboard and Prometheus rules')
    .option('--out <folder>', 'where to', join('fabric-config', 'monitoring'))
    .action(async ({ out }: { readonly out: string }) => {
      say(`${out}: ${(await writeMonitoring(out)).join(', ')}`);
    });

  program
    .command('log-level')
    .description('change what a node logs until it is restarted')
    .argument('<node>', 'for example peer0.hospital.example')
    .argument('<spec>', 'for example gossip=debug:warn')
    .option(...FLAGS.config)
    .option(...FLAGS.directory)
    .action(async (id: string, spec: string, options: StatusOptions) => {
      const { own, identities } = await openNetwork(options);
      const node = [...own.orderers, ...own.peers].find((candidate) => candidate.id === id);
      if (node === undefined) throw new FabricError('TOPOLOGY_INVALID', `this network has no node ${id}`);
      const operations = await operationsOf(node, identities);
      await operations.setLogSpecification(spec);
      say(`${id} logs ${await operations.logSpecification()}`);
    });
}

/** A network that was made before, as far as its keys are here. */
async function openNetwork({ config, directory, org }: StatusOptions): Promise<{ readonly own: Topology; readonly identities: NetworkIdentities }> {
  const home = new NetworkDirectory(directory);
  const agreed = await agreedConfig(config, undefined);
  const topology = await openTopology(home, agreed, async () => Promise.reject(new FabricError('TOPOLOGY_INVALID', `${directory} holds no network`)));
  const mspIds = org === undefined ? agreed.organisations.map(({ mspId }) => mspId) : [org];
  return { own: ownedBy(topology, mspIds), identities: await NetworkIdentities.open(home.organizations, agreed, topology, { own: mspIds }) };
}
