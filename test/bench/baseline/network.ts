import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { houseRoot, startProcess, stopProcesses, type ManagedProcess } from '@medaccord/network/cli';

/** What the embedded network prints when it is ready. */
interface NetworkReady {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, { readonly endpoint: string; readonly tlsCaCert: string }>>;
}

/** The embedded network of four organisations that runs nothing but the baseline contract. */
export interface BaselineNetwork extends NetworkReady {
  readonly processes: readonly ManagedProcess[];
  /** Milliseconds from the start of the network's process to its ready line. */
  readonly startedInMs: number;
  stop(): Promise<void>;
}

export const baselineChannel = 'bench';
export const baselineChaincode = 'baseline';
const organisations = ['alpha', 'beta', 'gamma', 'delta'];
const packageId = `${baselineChaincode}:1`;

/** The MSP id of one of the baseline's organisations. */
export const baselineMspId = (organisation: string): string => `${organisation}MSP`;

/** Any two of the four endorse, as in the public samples' figures with few organisations. */
const policy = `OutOf(2,${organisations.map((name) => `'${baselineMspId(name)}.peer'`).join(',')})`;

/** Starts the network with one official chaincode server per organisation; keeps its data in the folder. */
export async function startBaselineNetwork(directory: string): Promise<BaselineNetwork> {
  const processes: ManagedProcess[] = [];
  const spawned = (process: ManagedProcess): number => processes.push(process);
  await mkdir(directory, { recursive: true });
  const addresses = await startChaincodes(directory, spawned);
  const config = join(directory, 'consortium.json');
  await writeFile(config, JSON.stringify(consortium()));
  const chaincodes = join(directory, 'chaincodes.json');
  await writeFile(chaincodes, JSON.stringify(addresses));

  const begun = performance.now();
  const ready = await startProcess<NetworkReady>(
    {
      name: 'embedded-network',
      script: join(houseRoot, 'network/dist/embedded/main.js'),
      args: ['--config', config, '--directory', directory, '--chaincodes', chaincodes],
      environment: {},
      logFile: join(directory, 'logs/embedded-network.log'),
      startWithinMs: 30_000,
    },
    spawned,
  );
  return { ...ready, processes, startedInMs: performance.now() - begun, stop: () => stopProcesses(processes.toReversed()) };
}

function consortium(): unknown {
  return {
    channel: baselineChannel,
    organisations: organisations.map((name) => ({ name, mspId: baselineMspId(name), domain: `${name}.example`, peers: 1, users: [{ name: 'client', attributes: {} }] })),
    chaincodes: [{ name: baselineChaincode, version: '1', sequence: 1, endorsementPolicy: policy, collections: [] }],
    ordering: { maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024, batchTimeoutMs: 50 },
  };
}

/** The official `fabric-chaincode-node server` loads the contract from a package folder; it says nothing when it listens. */
async function startChaincodes(directory: string, spawned: (process: ManagedProcess) => void): Promise<Record<string, Record<string, { address: string }>>> {
  const packageFolder = join(directory, 'package');
  await mkdir(packageFolder, { recursive: true });
  const main = join(import.meta.dirname, 'index.js');
  await writeFile(join(packageFolder, 'package.json'), JSON.stringify({ name: baselineChaincode, version: '1.0.0', type: 'module', main }));
  const entries = await Promise.all(
    organisations.map(async (name) => {
      const address = `localhost:${await freePort()}`;
      await startProcess(
        {
          name: `chaincode-${name}`,
          script: join(import.meta.dirname, 'server.js'),
          args: [],
          environment: { BASELINE_PACKAGE: packageFolder, BASELINE_ADDRESS: address, BASELINE_CHAINCODE_ID: packageId, CORE_CHAINCODE_LOGGING_LEVEL: 'error' },
          logFile: join(directory, `logs/chaincode-${name}.log`),
          startWithinMs: 30_000,
        },
        spawned,
      );
      return [baselineMspId(name), { [baselineChaincode]: { address } }] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
