import { rm } from 'node:fs/promises';
import type { ChaincodeConfig, ConsortiumConfig } from '../../configuration/index.js';
import type { ChaincodeAddress, PeerEndpoint } from '../../embedded/index.js';
import { type FabricBinaries, findFabricBinaries } from '../binaries/find-binaries.js';
import { type ChaincodeProgram, chaincodeProcesses, chaincodeProcessName } from '../chaincode/chaincode-process.js';
import { assignServers, type ChaincodeServer, type ChaincodeServerAssignment, type ChaincodeStarter, slotAddress } from '../chaincode/chaincode-server.js';
import { ChaincodeDeployment, type DeployedChaincode } from '../chaincode/deployment.js';
import { readdressChaincode } from '../chaincode/readdress.js';
import { FabricError } from '../fabric-error.js';
import { type IssuerOf, NetworkIdentities } from '../identities/network-identities.js';
import { NetworkDirectory } from '../network-directory.js';
import { ProcessBook } from '../processes/process-book.js';
import { freePortsPlan } from '../topology/topology-plan.js';
import { ownedBy, peersOf, type Topology, type TopologyPlan } from '../topology/topology.js';
import { awaitMembership, joinAll, type Snapshots } from './join-channel.js';
import { FabricControl } from './fabric-control.js';
import { type NodeLauncher, NodeSupervisor } from './node-supervisor.js';
import { makeGenesisBlock, type NodeSettings, openTopology, writeNodeConfigurations } from './prepare-network.js';
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
  /**
   * MSP ids of the organisations whose nodes run here; all where omitted. The others' operators do the same with theirs on
   * other machines: same configuration, same plan, the same genesis block in each folder.
   */
  readonly own?: readonly string[];
  /** How long the other organisations are awaited where not all nodes run here. */
  readonly othersWithinMs?: number;
  /** True where something else starts the nodes, systemd for example. */
  readonly nodesAreRunning?: boolean;
  /** For peers that have not joined yet: join by a snapshot instead of fetching every block. */
  readonly snapshots?: Snapshots;
  /** How long a chaincode may work on one transaction; at least one second, 30 s as Fabric's default where omitted. */
  readonly executeTimeoutMs?: number;
  /** Runs the nodes' programs inside something; directly where omitted. */
  readonly launch?: NodeLauncher;
  /** Fabric's log specification for the nodes; `warn` where omitted. */
  readonly logging?: string;
  /** What the peers are told otherwise than usually, to measure it. */
  readonly peerSettings?: Pick<NodeSettings, 'validatorPoolSize' | 'batchMessages'>;
  /** Told what is being done, for people who wait. */
  readonly onProgress?: (step: string) => void;
}

/** A chaincode server that was started here. */
interface RunningChaincode extends ChaincodeServerAssignment {
  readonly server: ChaincodeServer;
}

/** A running Fabric network; see README.md. */
export class FabricNetwork {
  private servers: readonly RunningChaincode[] = [];
  private readonly deployed = new Map<string, DeployedChaincode>();
  /** The part of the topology whose nodes run here. */
  readonly own: Topology;
  readonly control: FabricControl;
  readonly nodes: NodeSupervisor;

  private constructor(
    private readonly options: FabricNetworkOptions,
    readonly directory: NetworkDirectory,
    readonly topology: Topology,
    readonly identities: NetworkIdentities,
    private readonly processes: ProcessBook,
    private readonly binaries: FabricBinaries,
  ) {
    this.own = ownedBy(topology, options.own ?? options.config.organisations.map(({ mspId }) => mspId));
    const { logging = 'warn', launch } = options;
    this.nodes = new NodeSupervisor({ binaries, directory, identities, topology: this.own, processes, logging, ...(launch === undefined ? {} : { launch }) });
    this.control = new FabricControl(topology, identities, this.nodes);
  }

  /** A network with its keys, made where they are missing, and without starting anything. */
  static async open(options: FabricNetworkOptions): Promise<FabricNetwork> {
    const { config } = options;
    const binaries = options.binaries ?? (await findFabricBinaries());
    const directory = new NetworkDirectory(options.directory);
    const topology = await openTopology(directory, config, async () => options.plan ?? freePortsPlan(config));
    options.onProgress?.('issuing identities');
    const identities = await NetworkIdentities.open(directory.organizations, config, topology, options);
    return new FabricNetwork(options, directory, topology, identities, await ProcessBook.open(directory.processes), binaries);
  }

  /** Makes what is missing, starts every node and the chaincodes, and resolves when every peer knows every other and answers. */
  static async start(options: FabricNetworkOptions): Promise<FabricNetwork> {
    const network = await FabricNetwork.open(options);
    await network.configureNodes();
    await makeGenesisBlock(network.directory, network.topology, network.binaries);
    try {
      await network.bringUp();
      return network;
    } catch (cause) {
      await network.stop();
      throw cause;
    }
  }

  /** Writes the configuration of the nodes that run here, changed where said so; it counts from their next start. */
  async configureNodes(changed: Partial<NodeSettings> = {}): Promise<void> {
    const { executeTimeoutMs, peerSettings } = this.options;
    const settings = { ccaasBuilder: this.binaries.ccaasBuilder, ...(executeTimeoutMs === undefined ? {} : { executeTimeoutMs }), ...peerSettings, ...changed };
    await writeNodeConfigurations(this.directory, this.own, settings);
  }

  /** The first peer of every organisation that runs here, by MSP id. */
  get peers(): Readonly<Record<string, PeerEndpoint>> {
    return Object.fromEntries(this.own.peers.filter(({ index }) => index === 0).map(({ mspId, host, port }) => [mspId, this.endpoint(mspId, host, port)]));
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

  /** The servers that a chaincode needs now: one for each own peer that runs it. */
  async chaincodeServers(chaincode: string): Promise<readonly ChaincodeServerAssignment[]> {
    return assignServers(this.inForce(chaincode), this.own, this.identities, this.directory);
  }

  /** Tells an organisation's peers another address of a chaincode; it is dialled by the next transaction without a connected server. */
  async setChaincodeAddress(mspId: string, chaincode: string, address: ChaincodeAddress): Promise<void> {
    const packageId = this.chaincodeId(chaincode);
    await Promise.all(peersOf(this.topology, mspId).map(async ({ id }) => readdressChaincode(this.directory.nodeData(id), packageId, address)));
  }

  /** Puts a new definition in force (the next sequence); changed code is served by new servers before the old ones are ended. */
  async updateDefinition(definition: ChaincodeConfig): Promise<void> {
    await this.deploy([definition]);
  }

  /** Waits until a member's running peers know each other: before, private data that one endorses reaches no other and is refused. */
  async awaitSiblings(mspId: string): Promise<void> {
    const siblings = peersOf(this.topology, mspId);
    const running = await Promise.all(siblings.map(async ({ id }) => this.nodes.isRunning(id)));
    const peers = siblings.filter((_, index) => running[index]);
    await awaitMembership(peers, { ...this.topology, peers }, this.identities);
  }

  /** Ends the chaincode servers that it started, and every node; all data stays. Idempotent. */
  async stop(): Promise<void> {
    await this.endServers(() => true);
    await this.nodes.stop();
  }

  /** Stops the network and deletes everything that it was. */
  async destroy(): Promise<void> {
    await this.stop();
    await rm(this.directory.root, { recursive: true, force: true });
  }

  private async bringUp(): Promise<void> {
    const { config, chaincodeAddresses = {}, onProgress, othersWithinMs, nodesAreRunning = false } = this.options;
    onProgress?.('starting orderers and peers');
    if (!nodesAreRunning) await this.nodes.start();
    await joinAll(this.own, this.identities, this.directory, this.options.snapshots);
    onProgress?.('waiting until the peers know each other');
    await awaitMembership(this.own.peers, this.topology, this.identities, othersWithinMs);
    onProgress?.('agreeing on the chaincodes');
    await this.deploy(config.chaincodes);
    for (const [mspId, addresses] of Object.entries(chaincodeAddresses)) {
      for (const [name, address] of Object.entries(addresses)) await this.setChaincodeAddress(mspId, name, address);
    }
  }

  /** New servers everywhere, then approval and commitment, then a first call; only then are the servers of older code ended. */
  private async deploy(definitions: readonly ChaincodeConfig[]): Promise<void> {
    const deployment = new ChaincodeDeployment(this.own, this.identities, this.options.othersWithinMs);
    const planned = await Promise.all(definitions.map(async (definition) => deployment.plan(definition)));
    const assignments = (await Promise.all(planned.map(async (chaincode) => assignServers(chaincode, this.own, this.identities, this.directory)))).flat();
    const started = await this.startServers(assignments);
    await Promise.all(planned.map(async (chaincode) => deployment.enact(chaincode)));
    for (const chaincode of planned) this.deployed.set(chaincode.definition.name, chaincode);
    if (started) await warmUp(assignments, this.own, this.identities);
    const names = planned.map(({ definition }) => definition.name);
    await this.endServers(({ chaincode, chaincodeId }) => names.includes(chaincode) && chaincodeId !== this.chaincodeId(chaincode));
    await this.endOlderProcesses(planned);
  }

  /** Starts servers that do not run yet; false where nobody told how. */
  private async startServers(assignments: readonly ChaincodeServerAssignment[]): Promise<boolean> {
    const start = this.chaincodeStarter();
    if (start === undefined) return false;
    const missing = assignments.filter(({ peerId, chaincodeId }) => !this.servers.some((server) => server.peerId === peerId && server.chaincodeId === chaincodeId));
    const started = await Promise.all(missing.map(async (assignment) => ({ ...assignment, server: await start(assignment) })));
    this.servers = [...this.servers, ...started];
    return true;
  }

  private async endServers(which: (server: RunningChaincode) => boolean): Promise<void> {
    const ended = this.servers.filter(which);
    this.servers = this.servers.filter((server) => !which(server));
    await Promise.all(ended.map(async ({ server }) => server.stop()));
  }

  /** Servers of the other slot that an earlier command started. */
  private async endOlderProcesses(planned: readonly DeployedChaincode[]): Promise<void> {
    const older = planned.flatMap(({ definition: { name }, slot }) =>
      this.own.peers.map((peer) => chaincodeProcessName({ chaincode: name, peerId: peer.id, address: slotAddress(peer, name, slot === 'blue' ? 'green' : 'blue') })),
    );
    await this.processes.stop(older);
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
