import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ConsortiumConfig } from '../configuration/consortium.js';
import { OrganizationPaths } from '../identities/index.js';
import { chaincodeProgram, withBuiltVersions } from './built-versions.js';
import { chaincodeProcess, type ChaincodeReady } from './chaincode-process.js';
import { chaincodesAt } from './gateway-process.js';
import { scripts } from './house.js';
import type { StackPorts } from './ports.js';
import { until } from '../fabric/index.js';
import type { PeerControl, RunningLedger, Start, StartLedger } from './stack.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** What the embedded network prints when it is ready. */
interface EmbeddedReady {
  readonly organizationsPath: string;
  readonly peers: Readonly<Record<string, { readonly endpoint: string }>>;
  readonly pid: number;
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

  const stoppedFile = join(directory, 'stopped-peers.json');
  const { organizationsPath, peers, pid } = await start<EmbeddedReady>({
    name: 'embedded-network',
    script: scripts.embeddedNetwork,
    args: [
      ...['--config', configFile, '--directory', directory, '--chaincodes', addressFile, '--stopped', stoppedFile],
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
  return { kind: 'embedded', organizationsPath, peers: Object.fromEntries(endpoints), control: new EmbeddedPeers(pid, stoppedFile, Object.fromEntries(endpoints)) };
}

/** Peers of the embedded network's process: it reads at a signal which of them are to be away. */
class EmbeddedPeers implements PeerControl {
  readonly #stopped = new Set<string>();

  constructor(
    private readonly pid: number,
    private readonly file: string,
    private readonly peers: Readonly<Record<string, PeerEndpoint>>,
  ) {}

  async stopPeers(mspId: string): Promise<void> {
    await this.#follow(this.#stopped.add(mspId), async () => !(await isListening(this.peers[mspId])));
  }

  async startPeers(mspId: string): Promise<void> {
    this.#stopped.delete(mspId);
    await this.#follow(this.#stopped, () => isListening(this.peers[mspId]));
  }

  async #follow(stopped: ReadonlySet<string>, isDone: () => Promise<boolean>): Promise<void> {
    await writeFile(this.file, JSON.stringify([...stopped]));
    process.kill(this.pid, 'SIGHUP');
    await until(async () => ((await isDone()) ? true : undefined), { withinMs: 30_000, what: 'the peer to be away or back' });
  }
}

async function isListening(peer: PeerEndpoint | undefined): Promise<boolean> {
  const { hostname, port } = new URL(`https://${peer?.endpoint ?? ''}`);
  const socket = connect({ host: hostname, port: Number(port) });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
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
