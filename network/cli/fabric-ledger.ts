import { join } from 'node:path';
import { type ChaincodeProgram, type FabricNetworkOptions, fabricDown, fabricReset, fabricStopPeers, fabricUp, freePortsPlan, readTopologyPlan } from '../fabric/index.js';
import { OrganizationPaths } from '../identities/index.js';
import { chaincodeProgram, withBuiltVersions } from './built-versions.js';
import { topologyFile } from './house.js';
import { freePorts } from './ports.js';
import type { PeerControl, StartLedger } from './stack.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** Where a stack on real Fabric keeps identities, ledgers and logs of its nodes. */
export function fabricDirectory(stackDirectory: string): string {
  return join(stackDirectory, 'fabric');
}

/** Starts real Fabric under a stack: nodes, channel, chaincodes and their servers. Throws `FabricError` where Fabric is not here. */
export const startFabricLedger: StartLedger = fabricLedger(chaincodeProgram());

/** The same with another program that serves the chaincodes, and nodes that are told otherwise than usually. */
export function fabricLedger(program: ChaincodeProgram, settings: Pick<FabricNetworkOptions, 'logging' | 'peerSettings'> = {}): StartLedger {
  return async (consortium, directory, ports) => {
    const config = await withBuiltVersions(consortium, program);
    const home = fabricDirectory(directory);
    const plan = ports === freePorts ? await freePortsPlan(config) : await readTopologyPlan(topologyFile);
    const options = { config, directory: home, plan, chaincodeProgram: program, ...settings };
    const facts = await fabricUp(options);
    const { organizationsPath, organisations } = facts;
    const peers = config.organisations.map(({ mspId, domain }): [string, PeerEndpoint] => [
      mspId,
      {
        endpoint: organisations[mspId]?.peers[0]?.endpoint ?? '',
        tlsCaFile: new OrganizationPaths(organizationsPath, domain).node(`peer0.${domain}`).tlsCaCertificate,
      },
    ]);
    const stop = async (): Promise<void> => {
      await fabricDown(home);
    };
    const control: PeerControl = {
      stopPeers: async (mspId) => fabricStopPeers(home, facts, mspId),
      startPeers: async () => {
        await fabricUp(options);
      },
    };
    return { kind: 'fabric', organizationsPath, peers: Object.fromEntries(peers), control, stop };
  };
}

/** Ends the nodes of a stack on real Fabric; its data stays, unless it is to be deleted. */
export async function stopFabricLedger(stackDirectory: string, { reset }: { readonly reset: boolean }): Promise<void> {
  await (reset ? fabricReset : fabricDown)(fabricDirectory(stackDirectory));
}
