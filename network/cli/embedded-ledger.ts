import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import { chaincodeProcess, type ChaincodeReady } from './chaincode-process.js';
import { chaincodesAt } from './gateway-process.js';
import { consortiumFile, scripts } from './house.js';
import { startProcess, type ManagedProcess } from './managed-process.js';
import type { StackPorts } from './ports.js';
import type { RunningLedger } from './stack.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** What the embedded network prints when it is ready. */
interface EmbeddedReady {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, PeerEndpoint>>;
}

/** By MSP id and chaincode name: where the peer dials the chaincode. */
type ChaincodeAddresses = Record<string, Record<string, { address: string }>>;

/** Starts the chaincode servers of every organisation and the embedded network that dials them. */
export async function startEmbeddedLedger(config: ConsortiumConfig, directory: string, ports: StackPorts): Promise<RunningLedger> {
  const { processes, addresses } = await startChaincodes(config, join(directory, 'logs'));
  const addressFile = join(directory, 'chaincode-addresses.json');
  await writeFile(addressFile, JSON.stringify(addresses, undefined, 2));

  const network = await startProcess<EmbeddedReady>({
    name: 'embedded-network',
    script: scripts.embeddedNetwork,
    args: [
      ...['--config', consortiumFile, '--directory', directory, '--chaincodes', addressFile],
      ...config.organisations.flatMap(({ mspId }, index) => ['--port', `${mspId}=${ports.peer(index)}`]),
    ],
    environment: {},
    logFile: join(directory, 'logs', 'embedded-network.log'),
    startWithinMs: 30_000,
  });
  return { kind: 'embedded', organizationsPath: network.ready.organizationsPath, peers: network.ready.peers, processes: [...processes, network] };
}

async function startChaincodes(config: ConsortiumConfig, logs: string): Promise<{ processes: ManagedProcess[]; addresses: ChaincodeAddresses }> {
  const processes: ManagedProcess[] = [];
  const addresses: ChaincodeAddresses = {};
  const wanted = config.organisations.flatMap((organisation) =>
    config.chaincodes.filter(({ name }) => chaincodesAt(config, organisation.mspId).includes(name)).map((chaincode) => ({ organisation, chaincode })),
  );
  await Promise.all(
    wanted.map(async ({ organisation, chaincode }) => {
      const server = await startProcess<ChaincodeReady>(chaincodeProcess(organisation, chaincode, logs));
      processes.push(server);
      (addresses[organisation.mspId] ??= {})[chaincode.name] = { address: server.ready.listening };
    }),
  );
  return { processes, addresses };
}
