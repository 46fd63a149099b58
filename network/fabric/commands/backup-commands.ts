import type { Command } from 'commander';
import { backUp } from '../backup/back-up.js';
import { missingPrivateData } from '../backup/missing-private-data.js';
import { restore, restoreIdentities } from '../backup/restore.js';
import { FabricNetwork } from '../network/fabric-network.js';
import { NetworkDirectory } from '../network-directory.js';
import { peersOf } from '../topology/topology.js';
import { availableBinaries } from './available-binaries.js';
import { agreedConfig, FLAGS, say } from './options.js';

interface MemberOptions {
  readonly config: string;
  readonly directory: string;
  readonly org: string;
}

/** Copying one member's nodes and keys, bringing them back, and seeing what did not come back. */
export function addBackupCommands(program: Command): void {
  memberCommand(program, 'backup', 'copy the data of a member’s nodes and its keys, each node stopped meanwhile')
    .requiredOption('--out <folder>', 'an empty folder on an encrypted disk; it will hold private keys and patients’ data')
    .action(async ({ out, ...options }: MemberOptions & { readonly out: string }) => {
      const { nodes, takenAt } = await backUp(await openNetwork(options), options.org, out, say);
      say(`${nodes.length} nodes backed up, ${takenAt}`);
    });

  memberCommand(program, 'restore', 'put nodes of a member back from a backup, wait until they have caught up, and report missing private data')
    .requiredOption('--from <folder>', 'what `backup` wrote')
    .option('--node <id...>', 'these nodes only, for example peer0.hospital.example')
    .option('--identities', 'put the keys back first, where these disks are gone as well', false)
    .action(async ({ from, node = [], identities, ...options }: MemberOptions & { readonly from: string; readonly node?: readonly string[]; readonly identities: boolean }) => {
      if (identities) await restoreIdentities(from, options.org, new NetworkDirectory(options.directory).organizations);
      const report = await restore(await openNetwork(options), options.org, from, node, say);
      process.stdout.write(`${JSON.stringify(report)}\n`);
      say(report.missing.length === 0 ? 'nothing is missing' : `${report.missing.length} private values are missing: ask the other parties for their copies of joint documents, and heal by them`);
    });

  memberCommand(program, 'missing', 'list private values that the ledger names and the member’s peers do not hold').action(async (options: MemberOptions) => {
    const { topology, identities } = await openNetwork(options);
    for (const peer of peersOf(topology, options.org)) {
      const missing = await missingPrivateData(peer, topology, identities);
      say(`${peer.id}: ${missing.length} missing`);
      for (const one of missing) process.stdout.write(`${JSON.stringify({ peer: peer.id, ...one })}\n`);
    }
  });
}

function memberCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--org <msp>', 'the member, for example HospitalMSP')
    .option(...FLAGS.config)
    .option(...FLAGS.directory);
}

/** The member's part of a network that was made before; nothing is started. */
async function openNetwork({ config, directory, org }: MemberOptions): Promise<FabricNetwork> {
  return FabricNetwork.open({ config: await agreedConfig(config, undefined), directory, own: [org], binaries: await availableBinaries() });
}
