import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import { OrganizationPaths } from '../identities/index.js';
import { chaincodeProcess, type ChaincodeReady } from './chaincode-process.js';
import { chaincodesAt } from './gateway-process.js';
import { consortiumFile, scripts } from './house.js';
import type { StackPorts } from './ports.js';
import type { RunningLedger, Start } from './stack.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** What the embedded network prints when it is ready. */
interface EmbeddedReady {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, { readonly endpoint: string }>>;
}

/** By MSP id and chaincode name: where the peer dials the chaincode. */
type ChaincodeAddresses = Record<string, Record<string, { address: string }>>;

/** Starts the chaincode servers of every organisation and the embedded network that dials them. */
export async function startEmbeddedLedger(config: ConsortiumConfig, directory: string, ports: StackPorts, start: Start): Promise<RunningLedger> {
  const addresses = await startChaincodes(config, join(directory, 'logs'), start);
  const addressFile = join(directory, 'chaincode-addresses.json');
  await writeFile(addressFile, JSON.stringify(addresses, undefined, 2));

  const { organizationsPath, peers } = await start<EmbeddedReady>({
    name: 'embedded-network',
    script: scripts.embeddedNetwork,
    args: [
      ...['--config', consortiumFile, '--directory', directory, '--chaincodes', addressFile],
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

async function startChaincodes(config: ConsortiumConfig, logs: string, start: Start): Promise<ChaincodeAddresses> {
  const addresses: ChaincodeAddresses = {};
  const wanted = config.organisations.flatMap((organisation) =>
    config.chaincodes.filter(({ name }) => chaincodesAt(config, organisation.mspId).includes(name)).map((chaincode) => ({ organisation, chaincode })),
  );
  await Promise.all(
    wanted.map(async ({ organisation, chaincode }) => {
      const server = await start<ChaincodeReady>(chaincodeProcess(organisation, chaincode, logs));
      (addresses[organisation.mspId] ??= {})[chaincode.name] = { address: server.listening };
    }),
  );
  return addresses;
}
