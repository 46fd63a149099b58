import { rm } from 'node:fs/promises';
import type { ChaincodeConfig, ConsortiumConfig } from '../../configuration/index.js';
import type { ChaincodeAddress, PeerEndpoint } from '../../embedded/index.js';
import { type FabricBinaries, findFabricBinaries } from '../binaries/find-binaries.js';
import { type ChaincodeProgram, chaincodeProcesses } from '../chaincode/chaincode-process.js';
import { assignServers, type ChaincodeServer, type ChaincodeServerAssignment, type ChaincodeStarter } from '../chaincode/chaincode-server.js';
import { ChaincodeDeployment, type DeployedChaincode } from '../chaincode/deployment.js';
import { readdressChaincode } from '../chaincode/readdress.js';
import { FabricError } from '../fabric-error.js';
import { type IssuerOf, NetworkIdentities } from '../identities/network-identities.js';
import { NetworkDirectory } from '../network-directory.js';
import { ProcessBook } from '../processes/process-book.js';
import { freePortsPlan } from '../topology/topology-plan.js';
import { peersOf, type Topology, type TopologyPlan } from '../topology/topology.js';
import { awaitMembership, joinAll } from './join-channel.js';
import { FabricControl } from './fabric-control.js';
import { NodeSupervisor } from './node-supervisor.js';
import { makeGenesisBlock, openTopology, writeNodeConfigurations } from './prepare-network.js';
import { warmUp } from './warm-up.js';

/** How to run a whole network on this machine. */
export interface FabricNetworkOptions {
  readonly config: ConsortiumConfig;
  /** Identities, configurations and ledgers live below it; a network that is started on it again goes on where it stopped. */
  readonly directory: string;
  /** Hosts and ports; free ports of this machine where omitted. Counts only when the network is made. */
  readonly plan?: TopologyPlan;
  /** Found as `findFabricBinaries` does where omitted. */
  readonly binaries?: FabricBinaries;
  /** Starts the chaincode servers, one for each peer and chaincode, before the network counts as ready. */
  readonly startChaincode?: ChaincodeStarter;
  /** Instead of `startChaincode`: the program that serves the chaincodes, as processes that are stopped with the nodes. */
  readonly chaincodeProgram?: ChaincodeProgram;
  /** Chaincode servers that run elsewhere, by MSP id and chaincode name, as for the embedded network; more can be set later. */
  readonly chaincodeAddresses?: Readonly<Record<string, Readonly<Record<string, ChaincodeAddress>>>>;
  readonly issuerOf?: IssuerOf;
  /** How long a chaincode may work on one transaction; at least one second, 30 s as Fabric's default where omitted. */
  readonly executeTimeoutMs?: number;
  /** Fabric's log specification for the nodes; `warn` where omitted. */
  readonly logging?: string;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (step: string) => void;
}

/** A running Fabric network; see README.md. */
export class FabricNetwork {
  private readonly servers: ChaincodeServer[] = [];
  private deployed: ReadonlyMap<string, DeployedChaincode> = new Map();
  readonly control: FabricControl;
  readonly nodes: NodeSupervisor;

  private constructor(
    private readonly options: FabricNetworkOptions,
    readonly directory: NetworkDirectory,
    readonly topology: Topology,
    readonly identities: NetworkIdentities,
    private readonly processes: ProcessBook,
    binaries: FabricBinaries,
  ) {
    this.nodes = new NodeSupervisor({ binaries, directory, identities, topology, processes, logging: options.logging ?? 'warn' });
    this.control = new FabricControl(topology, identities, this.nodes);
  }

  /** Makes what is missing, starts every node and the chaincodes, and resolves when every peer knows every other and answers. */
  static async start(options: FabricNetworkOptions): Promise<FabricNetwork> {
    const { config } = options;
    const binaries = options.binaries ?? (await findFabricBinaries());
    const directory = new NetworkDirectory(options.directory);
    const topology = await openTopology(directory, config, async () => options.plan ?? freePortsPlan(config));
    options.onProgress?.('issuing identities');
    const identities = await NetworkIdentities.open(directory.organizations, config, topology, options.issuerOf);
    const { executeTimeoutMs } = options;
    const settings = { ccaasBuilder: binaries.ccaasBuilder, ...(executeTimeoutMs === undefined ? {} : { executeTimeoutMs }) };
    await writeNodeConfigurations(directory, topology, identities, settings);
    await makeGenesisBlock(directory, topology, identities, binaries);
    const network = new FabricNetwork(options, directory, topology, identities, await ProcessBook.open(directory.processes), binaries);
    try {
      await network.bringUp();
      return network;
    } catch (cause) {
      await network.stop();
      throw cause;
    }
  }

  /** The first peer of every organisation by MSP id. */
  get peers(): Readonly<Record<string, PeerEndpoint>> {
    return Object.fromEntries(this.topology.peers.filter(({ index }) => index === 0).map(({ mspId, host, port }) => [mspId, this.endpoint(mspId, host, port)]));
  }

  /** Every peer of an organisation, `peer0` first. */
  peersOf(mspId: string): readonly PeerEndpoint[] {
    return peersOf(this.topology, mspId).map(({ host, port }) => this.endpoint(mspId, host, port));
  }

  /** The folder `organizations`, laid out as Fabric's own tools do. */
  get organizationsPath(): string {
    return this.directory.organizations;
  }

  /** How a chaincode's servers register: the id of the package that is in force. */
  chaincodeId(chaincode: string): string {
    return this.inForce(chaincode).package.id;
  }

  /** The servers that a chaincode needs now: one for each peer that runs it. */
  async chaincodeServers(chaincode: string): Promise<readonly ChaincodeServerAssignment[]> {
    return assignServers(this.inForce(chaincode), this.topology, this.identities, this.directory);
  }

  /** Tells an organisation's peers another address of a chaincode; it is dialled by the next transaction without a connected server. */
  async setChaincodeAddress(mspId: string, chaincode: string, address: ChaincodeAddress): Promise<void> {
    const packageId = this.chaincodeId(chaincode);
    await Promise.all(peersOf(this.topology, mspId).map(async ({ id }) => readdressChaincode(this.directory.nodeData(id), packageId, address)));
  }

  /** Puts a new definition in force (the next sequence); changed code is served by new servers before the old ones are ended. */
  async updateDefinition(definition: ChaincodeConfig): Promise<void> {
    await this.deploy([definition]);
    await this.startServers([definition.name]);
  }

  /** Ends the chaincode servers that it started, and every node; all data stays. Idempotent. */
  async stop(): Promise<void> {
    await Promise.all(this.servers.splice(0).map(async (server) => server.stop()));
    await this.nodes.stop();
  }

  /** Stops the network and deletes everything that it was. */
  async destroy(): Promise<void> {
    await this.stop();
    await rm(this.directory.root, { recursive: true, force: true });
  }

  private async bringUp(): Promise<void> {
    const { config, chaincodeAddresses = {}, onProgress } = this.options;
    onProgress?.('starting orderers and peers');
    await this.nodes.start();
    await joinAll(this.topology, this.identities, this.directory);
    onProgress?.('waiting until the peers know each other');
    await awaitMembership(this.topology, this.identities);
    onProgress?.('agreeing on the chaincodes');
    await this.deploy(config.chaincodes);
    for (const [mspId, addresses] of Object.entries(chaincodeAddresses)) {
      for (const [name, address] of Object.entries(addresses)) await this.setChaincodeAddress(mspId, name, address);
    }
    onProgress?.('starting the chaincodes');
    await this.startServers(config.chaincodes.map(({ name }) => name));
  }

  private async deploy(definitions: readonly ChaincodeConfig[]): Promise<void> {
    const deployment = new ChaincodeDeployment(this.topology, this.identities);
    const deployed = await Promise.all(definitions.map(async (definition) => deployment.deploy(definition)));
    this.deployed = new Map([...this.deployed, ...deployed.map((chaincode) => [chaincode.definition.name, chaincode] as const)]);
  }

  private async startServers(chaincodes: readonly string[]): Promise<void> {
    const start = this.chaincodeStarter();
    if (start === undefined) return;
    const assignments = (await Promise.all(chaincodes.map(async (name) => this.chaincodeServers(name)))).flat();
    this.servers.push(...(await Promise.all(assignments.map(start))));
    await warmUp(assignments, this.topology, this.identities);
  }

  private chaincodeStarter(): ChaincodeStarter | undefined {
    const { startChaincode, chaincodeProgram } = this.options;
    return chaincodeProgram === undefined ? startChaincode : chaincodeProcesses(chaincodeProgram, this.processes, this.directory);
  }

  private endpoint(mspId: string, host: string, port: number): PeerEndpoint {
    return { endpoint: `${host}:${port}`, tlsCaCert: this.identities.of(mspId).issuer.authorities.tls };
  }

  private inForce(chaincode: string): DeployedChaincode {
    const deployed = this.deployed.get(chaincode);
    if (deployed === undefined) throw new FabricError('CHAINCODE_UNKNOWN', `no chaincode ${chaincode} is defined on this network`);
    return deployed;
  }
}
