import { rm } from 'node:fs/promises';
import { writeWhole } from '../../identities/tree/durable-file.js';
import { NetworkDirectory } from '../network-directory.js';
import { ProcessBook } from '../processes/process-book.js';
import { FabricNetwork, type FabricNetworkOptions } from './fabric-network.js';

/** What others need to know about a network that was left running. */
export interface FabricFacts {
  readonly channel: string;
  readonly consensus: string;
  readonly organizationsPath: string;
  /** By MSP id. */
  readonly organisations: Readonly<Record<string, OrganisationFacts>>;
  readonly orderers: readonly { readonly id: string; readonly endpoint: string; readonly administration: string; readonly operations: string }[];
  readonly chaincodes: readonly { readonly name: string; readonly version: string; readonly packageId: string }[];
}

export interface OrganisationFacts {
  /** PEM of the authority that issued the peers' TLS certificates. */
  readonly tlsCaCert: string;
  readonly peers: readonly { readonly id: string; readonly endpoint: string; readonly operations: string }[];
}

/** Starts a network, or what is missing of one, and leaves it running; its facts also go to `facts.json` in its folder. */
export async function fabricUp(options: Omit<FabricNetworkOptions, 'startChaincode'>): Promise<FabricFacts> {
  const network = await FabricNetwork.start(options);
  const facts = factsOf(network, options);
  await writeWhole(network.directory.facts, `${JSON.stringify(facts, null, 2)}\n`);
  return facts;
}

/** Ends every process of a network that `fabricUp` left running and answers their names; its data stays. */
export async function fabricDown(directory: string): Promise<readonly string[]> {
  const book = await ProcessBook.open(new NetworkDirectory(directory).processes);
  const running = (await book.running()).map(({ name }) => name);
  await book.stop(book.names());
  return running;
}

/** Ends an organisation's peers, as its operator would; `fabricUp` starts what is missing. */
export async function fabricStopPeers(directory: string, { organisations }: Pick<FabricFacts, 'organisations'>, mspId: string): Promise<void> {
  const book = await ProcessBook.open(new NetworkDirectory(directory).processes);
  await book.stop((organisations[mspId]?.peers ?? []).map(({ id }) => id));
}

/** Ends every process of a network and deletes its data, its identities included. */
export async function fabricReset(directory: string): Promise<void> {
  await fabricDown(directory);
  await rm(directory, { recursive: true, force: true });
}

function factsOf(network: FabricNetwork, { config }: Pick<FabricNetworkOptions, 'config'>): FabricFacts {
  const { channel, consensus, orderers } = network.topology;
  const organisations = config.organisations.filter(({ mspId }) => mspId in network.peers).map(({ mspId }) => [mspId, organisationFacts(network, mspId)] as const);
  return {
    channel,
    consensus,
    organizationsPath: network.organizationsPath,
    organisations: Object.fromEntries(organisations),
    orderers: orderers.map(({ id, host, port, adminPort, operationsPort }) => ({ id, endpoint: `${host}:${port}`, administration: `https://${host}:${adminPort}`, operations: `https://${host}:${operationsPort}` })),
    chaincodes: config.chaincodes.map(({ name, version }) => ({ name, version, packageId: network.chaincodeId(name) })),
  };
}

function organisationFacts(network: FabricNetwork, mspId: string): OrganisationFacts {
  const peers = network.topology.peers.filter((peer) => peer.mspId === mspId);
  return {
    tlsCaCert: network.peers[mspId]?.tlsCaCert ?? '',
    peers: peers.map(({ id, host, port, operationsPort }) => ({ id, endpoint: `${host}:${port}`, operations: `https://${host}:${operationsPort}` })),
  };
}
