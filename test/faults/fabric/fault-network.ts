import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consortiumFile, gatewayProcess, type GatewaySurroundings, type ManagedProcess, type Stack, startProcess, startStack, stopProcesses, withBuiltVersions } from '@medaccord/network/cli';
import { type ConsortiumConfig, loadConsortium } from '@medaccord/network/configuration';
import { type FabricNetwork, freePortsPlan, type PeerNode, startFabricNetwork, type TopologyPlan } from '@medaccord/network/fabric';
import { peopleOf, type People } from '../../demo/people.js';
import { killProcess } from './kill-process.js';
import { ChaincodeServers } from './chaincode-servers.js';
import { LimitedDisk } from './limited-disk.js';
import { SeparateMachine } from './separate-machine.js';

/** Place of a gateway's port among those of its organisation, which nodes do not use. */
const GATEWAY_PORT = 10;
/** Commands are refused when the registry's clock is minutes behind. */
const CLOCK_SECONDS = 60;
/** Quiet, but for what a peer recovers at its start. */
const LOGGING = 'kvledger=info:warn';

/** The whole product on real Fabric, with a handle on every process: to end it, to cut it off, to let it come back. */
export class FaultNetwork {
  readonly people: People;

  private constructor(
    readonly directory: string,
    readonly config: ConsortiumConfig,
    readonly fabric: FabricNetwork,
    readonly stack: Stack,
    readonly chaincodes: ChaincodeServers,
    private readonly plan: TopologyPlan,
    /** The consortium office's orderer stands there; undefined where this user may not make one. */
    readonly machine: SeparateMachine | undefined,
    /** The hospital's second peer keeps its ledger there; undefined where this user may not mount one. */
    readonly disk: LimitedDisk | undefined,
  ) {
    this.people = peopleOf(stack.endpoints);
  }

  /** Starts everything in a folder of its own. */
  static async start(say: (what: string) => void): Promise<FaultNetwork> {
    const directory = await mkdtemp(join(tmpdir(), 'medaccord-fabric-faults-'));
    const config = await withBuiltVersions(await loadConsortium(consortiumFile));
    const machine = await SeparateMachine.create();
    const plan = placedOn(await freePortsPlan(config), machine);
    const disk = await LimitedDisk.mount(join(directory, 'fabric', 'nodes', `peer1.${domainOf(config, 'HospitalMSP')}`, 'data'));
    const chaincodes = new ChaincodeServers(join(directory, 'logs'));
    let fabric: FabricNetwork | undefined;
    const startLedger = async () => {
      fabric = await startFabricNetwork({
        config,
        directory: join(directory, 'fabric'),
        plan,
        startChaincode: chaincodes.starter,
        logging: LOGGING,
        ...(machine === undefined ? {} : { launch: machine.launcher(`orderer0.ordering.${domainOf(config, 'ConsortiumMSP')}`) }),
      });
      return ledgerOf(fabric);
    };
    await mkdir(join(directory, 'logs'), { recursive: true });
    const ports = { identityProvider: 0, peer: () => 0, gateway: (index: number) => gatewayPort(plan, index) };
    try {
      const stack = await startStack({ consortiumFile, directory, ports, startLedger, clockIntervalSeconds: CLOCK_SECONDS, progress: say });
      if (fabric === undefined) throw new Error('the stack started without its ledger');
      return new FaultNetwork(directory, config, fabric, stack, chaincodes, plan, machine, disk);
    } catch (error) {
      await fabric?.stop();
      await disk?.unmount();
      await machine?.remove();
      throw error;
    }
  }

  /** Peers of an organisation, the one that its gateway uses first. */
  peersOf(mspId: string): readonly PeerNode[] {
    return this.fabric.topology.peers.filter((peer) => peer.mspId === mspId);
  }

  peer(mspId: string, index: number): PeerNode {
    const peer = this.peersOf(mspId)[index];
    if (peer === undefined) throw new Error(`${mspId} has no peer ${index}`);
    return peer;
  }

  /** The process of an organisation's gateway as it was started last. */
  private readonly restarted = new Map<string, ManagedProcess>();

  /** Gateways that were ended and not started again. */
  private readonly absent = new Set<string>();

  /** Everything that an organisation runs loses its power: orderer, peers, chaincodes, gateway. */
  async darken(mspId: string): Promise<void> {
    await this.killGateway(this.nameOf(mspId));
    await this.fabric.nodes.kill(this.nodesOf(mspId));
    await this.chaincodes.killOf(this.peersOf(mspId).map(({ id }) => id));
  }

  /** Its power is back. */
  async light(mspId: string): Promise<void> {
    await this.chaincodes.restartOf(this.peersOf(mspId).map(({ id }) => id));
    await this.fabric.nodes.start(this.nodesOf(mspId));
    if (this.absent.has(this.nameOf(mspId))) await this.startGateway(this.nameOf(mspId));
  }

  private nodesOf(mspId: string): readonly string[] {
    const organisation = this.nameOf(mspId);
    return [...this.fabric.topology.orderers, ...this.fabric.topology.peers].filter((node) => node.organisation === organisation).map(({ id }) => id);
  }

  private nameOf(mspId: string): string {
    return this.config.organisations.find((organisation) => organisation.mspId === mspId)?.name ?? '';
  }

  /** Ends an organisation's gateway as a power failure would. */
  async killGateway(organisation: string): Promise<void> {
    await killProcess(this.gateway(organisation));
    this.absent.add(organisation);
  }

  /** Starts a gateway again where it was, on its own data. */
  async startGateway(organisation: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const specification = gatewayProcess(this.organisation(organisation), this.surroundings(organisation));
    this.absent.delete(organisation);
    await startProcess({ ...specification, environment: { ...specification.environment, ...environment } }, (process) => this.restarted.set(organisation, process));
  }

  async stop(): Promise<void> {
    await stopProcesses([...this.restarted.values()]);
    await this.stack.stop();
    await this.fabric.stop();
    await this.disk?.unmount();
    await this.machine?.remove();
    if (process.env['KEEP_FAULTS'] === undefined) await rm(this.directory, { recursive: true, force: true });
  }

  private gateway(organisation: string): ManagedProcess {
    const process = this.restarted.get(organisation) ?? this.stack.processes.find(({ name }) => name === `gateway-${organisation}`);
    if (process === undefined) throw new Error(`there is no gateway of ${organisation}`);
    return process;
  }

  private organisation(name: string): ConsortiumConfig['organisations'][number] {
    const organisation = this.config.organisations.find((candidate) => candidate.name === name);
    if (organisation === undefined) throw new Error(`there is no organisation ${name}`);
    return organisation;
  }

  private surroundings(name: string): GatewaySurroundings {
    const index = this.config.organisations.findIndex((organisation) => organisation.name === name);
    const peer = this.stack.endpoints.peers[this.organisation(name).mspId];
    if (peer === undefined) throw new Error(`there is no peer of ${name}`);
    const { organizationsPath, identityProvider } = this.stack.endpoints;
    return { config: this.config, directory: this.directory, organizationsPath, peer, tokenIssuer: identityProvider, port: gatewayPort(this.plan, index), clockIntervalSeconds: 0 };
  }
}

function peerIds({ topology }: FabricNetwork, mspId: string): readonly string[] {
  return topology.peers.filter((peer) => peer.mspId === mspId).map(({ id }) => id);
}

function ledgerOf(fabric: FabricNetwork) {
  const first = fabric.topology.peers.filter(({ index }) => index === 0);
  return {
    kind: 'fabric' as const,
    organizationsPath: fabric.organizationsPath,
    // The gateways stand beside their peers; a name, because Node takes no address for a TLS server's name.
    peers: Object.fromEntries(first.map((peer) => [peer.mspId, { endpoint: `localhost:${peer.port}`, tlsCaFile: fabric.directory.nodeFiles(peer).tlsCaCertificate }])),
    control: { stopPeers: async (mspId: string) => fabric.nodes.stop(peerIds(fabric, mspId)), startPeers: async (mspId: string) => fabric.nodes.start(peerIds(fabric, mspId)) },
    stop: async () => fabric.stop(),
  };
}

function placedOn(plan: TopologyPlan, machine: SeparateMachine | undefined): TopologyPlan {
  if (machine === undefined) return plan;
  const placements = plan.placements.map((placement) => ({ ...placement, host: machine.ownAddress, listen: '0.0.0.0' }));
  return { ...plan, placements: placements.map((placement) => (placement.name === 'consortium' ? { ...placement, ordererHost: machine.address } : placement)) };
}

function gatewayPort({ placements }: TopologyPlan, index: number): number {
  return (placements[index]?.firstPort ?? 0) + GATEWAY_PORT;
}

function domainOf({ organisations }: ConsortiumConfig, mspId: string): string {
  return organisations.find((organisation) => organisation.mspId === mspId)?.domain ?? '';
}
