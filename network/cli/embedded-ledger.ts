import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import { OrganizationPaths } from '../identities/index.js';
import { chaincodeProgram, withBuiltVersions } from './built-versions.js';
import { chaincodeProcess, type ChaincodeReady } from './chaincode-process.js';
import { chaincodesAt } from './gateway-process.js';
import { scripts } from './house.js';
import type { StackPorts } from './ports.js';
import type { RunningLedger, Start, StartLedger } from './stack.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** What the embedded network prints when it is ready. */
interface EmbeddedReady {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, { readonly endpoint: string }>>;
}

/** By MSP id and chaincode name: where the peer dials the chaincode. */
type ChaincodeAddresses = Record<string, Record<string, { address: string }>>;

/** Starts the chaincode servers of every organisation and the embedded network that dials them. */
export const startEmbeddedLedger: StartLedger = embeddedLedger(scripts.chaincode);

/** The same with another script that serves the chaincodes. */
export function embeddedLedger(script: string): StartLedger {
  return async (consortium, directory, ports, start) => {
    const config = await withBuiltVersions(consortium, chaincodeProgram(script));
    const addresses = await startChaincodes(config, script, join(directory, 'logs'), start);
    return startNetwork(config, addresses, { directory, ports, start });
  };
}

async function startNetwork(config: ConsortiumConfig, addresses: ChaincodeAddresses, { directory, ports, start }: { readonly directory: string; readonly ports: StackPorts; readonly start: Start }): Promise<RunningLedger> {
  const addressFile = join(directory, 'chaincode-addresses.json');
  await writeFile(addressFile, JSON.stringify(addresses, undefined, 2));
  const configFile = join(directory, 'consortium.json');
  await writeFile(configFile, JSON.stringify(config, undefined, 2));

  const { organizationsPath, peers } = await start<EmbeddedReady>({
    name: 'embedded-network',
    script: scripts.embeddedNetwork,
    args: [
      ...['--config', configFile, '--directory', directory, '--chaincodes', addressFile],
      ...config.organisations.flatMap(({ mspId }, index) => ['--port', `${mspId}=${ports.peer(index)}`]),
    ],
    environment: {},
    logFile: join(directory, 'logs', 'embedded-network.log'),
    startWithinMs: 120_000,
  });
  const endpoints = config.organisations.map(({ mspId, domain }): [string, PeerEndpoint] => [
    mspId,
    { endpoint: peers[mspId]?.endpoint ?? '', tlsCaFile: new OrganizationPaths(organizationsPath, domain).node(`peer0.${domain}`).tlsCaCertificate },
  ]);
  return { kind: 'embedded', organizationsPath, peers: Object.fromEntries(endpoints) };
}

async function startChaincodes(config: ConsortiumConfig, script: string, logs: string, start: Start): Promise<ChaincodeAddresses> {
  const addresses: ChaincodeAddresses = {};
  const wanted = config.organisations.flatMap((organisation) =>
    config.chaincodes.filter(({ name }) => chaincodesAt(config, organisation.mspId).includes(name)).map((chaincode) => ({ organisation, chaincode })),
  );
  await Promise.all(
    wanted.map(async ({ organisation, chaincode }) => {
      const server = await start<ChaincodeReady>(chaincodeProcess(organisation, chaincode, script, logs));
      (addresses[organisation.mspId] ??= {})[chaincode.name] = { address: server.listening };
    }),
  );
  return addresses;
}
