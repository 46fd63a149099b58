import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { NetworkIdentities } from '../identities/network-identities.js';
import { renewCertificates } from '../identities/renew-certificates.js';
import { NetworkDirectory } from '../network-directory.js';
import { makeGenesisBlock, openTopology } from '../network/prepare-network.js';
import { importPublicParts } from '../operator/public-part.js';
import { renderOrganisation } from '../operator/render-organisation.js';
import { readTopologyPlan } from '../topology/topology-plan.js';
import { ordererMspId } from '../topology/topology.js';
import { availableBinaries } from './available-binaries.js';
import { agreedConfig, chaincodeProgramOf, FLAGS, OPTIONAL_FLAGS, say } from './options.js';

interface RenderCommandOptions {
  readonly config: string;
  readonly topology: string;
  readonly org: string;
  readonly out: string;
  readonly at?: string;
  readonly fabric: string;
  readonly chaincodeServer: string;
  readonly chaincodeFolder?: string;
  readonly digest?: string;
  readonly logging: string;
}

interface GenesisOptions {
  readonly config: string;
  readonly topology: string;
  readonly directory: string;
}

interface RenewOptions {
  readonly config: string;
  readonly directory: string;
  readonly org: string;
  readonly days: string;
}

/** What one member does for its own part of a network that several operators run. */
export function addOperatorCommands(program: Command): void {
  addRender(program);
  addGenesis(program);
  addRenew(program);
}

function addRender(program: Command): void {
  program
    .command('render')
    .description("write everything that one member's operator needs to run its own nodes on its own hosts")
    .requiredOption('--org <msp>', 'the member')
    .requiredOption('--out <folder>', 'folder to fill; identities in it are kept')
    .option('--at <folder>', "where the folder will be on the member's host")
    .option('--fabric <folder>', 'unpacked Fabric release on the host', '/opt/medaccord/fabric')
    .option('--chaincode-server <script>', 'script that serves a chaincode on the host', '/opt/medaccord/chaincode/contracts/dist/main.js')
    .option('--chaincode-folder <folder>', "folder that a chaincode's container needs", '/opt/medaccord')
    .option(...FLAGS.config)
    .option(...FLAGS.topology)
    .option(...FLAGS.logging)
    .option(...OPTIONAL_FLAGS.digest)
    .action(async ({ config, topology, org, out, at, fabric, chaincodeServer, chaincodeFolder, digest, logging }: RenderCommandOptions) => {
      await renderOrganisation({
        config: await agreedConfig(config, digest),
        plan: await readTopologyPlan(topology),
        mspId: org,
        out,
        ...(at === undefined ? {} : { at }),
        fabric,
        chaincodeProgram: chaincodeProgramOf(chaincodeServer),
        ...(chaincodeFolder === undefined ? {} : { chaincodeFolder }),
        logging,
      });
      say(`read ${join(out, 'README.md')} next`);
    });
}

function addGenesis(program: Command): void {
  program
    .command('genesis')
    .description("make the channel's genesis block from the members' public parts")
    .argument('<public...>', "the members' public folders")
    .option(...FLAGS.config)
    .option(...FLAGS.topology)
    .option(...FLAGS.directory)
    .action(async (folders: readonly string[], options: GenesisOptions) => {
      const directory = new NetworkDirectory(options.directory);
      const topology = await openTopology(directory, await agreedConfig(options.config, undefined), async () => readTopologyPlan(options.topology));
      await importPublicParts(directory, folders);
      await makeGenesisBlock(directory, topology, await availableBinaries());
      const sha256 = createHash('sha256').update(await readFile(directory.genesisBlock)).digest('hex');
      process.stdout.write(`${sha256}  ${directory.genesisBlock}\n`);
    });
}

function addRenew(program: Command): void {
  program
    .command('renew')
    .description("renew a member's certificates before they expire, with their keys; restart its nodes afterwards, one at a time")
    .requiredOption('--org <msp>', 'the member')
    .option('--days <number>', 'renew what expires within so many days', '30')
    .option(...FLAGS.config)
    .option(...FLAGS.directory)
    .action(async ({ config, directory, org, days }: RenewOptions) => {
      const home = new NetworkDirectory(directory);
      const agreed = await agreedConfig(config, undefined);
      const topology = await openTopology(home, agreed, async () => Promise.reject(new Error(`${directory} holds no network`)));
      const identities = await NetworkIdentities.open(home.organizations, agreed, topology, { own: [org] });
      for (const mspId of [org, ordererMspId(org)]) {
        const { paths, issuer } = identities.of(mspId);
        const renewed = await renewCertificates({ directory: paths.directory, issuer, withinDays: Number(days) });
        for (const { name, profile } of renewed) say(`renewed the ${profile} certificate of ${name}`);
      }
    });
}
