import type { FabricBinaries } from '../binaries/find-binaries.js';
import { FabricError } from '../fabric-error.js';
import { operationsOf } from '../operations/network-status.js';
import type { NodeOperations } from '../operations/node-operations.js';
import type { NetworkIdentities } from '../identities/network-identities.js';
import type { NetworkDirectory } from '../network-directory.js';
import { freezeNative, isRunning, type ProcessCommand, requireRunning } from '../processes/native-process.js';
import type { ProcessBook } from '../processes/process-book.js';
import { until } from '../processes/until.js';
import { nodeEnvironment } from './node-environment.js';
import { isPeer, type OrdererNode, type PeerNode, type Topology } from '../topology/topology.js';

/** What the supervisor needs to run the nodes of a network. */
export interface SupervisorInput {
  readonly binaries: FabricBinaries;
  readonly directory: NetworkDirectory;
  readonly identities: NetworkIdentities;
  readonly topology: Topology;
  readonly processes: ProcessBook;
  /** Fabric's log specification; `warn` keeps a quiet log. */
  readonly logging: string;
  readonly launch?: NodeLauncher;
}

/** Program and arguments by which a node's program is run inside something, for example a network namespace. */
export type NodeLauncher = (id: string, program: string, args: readonly string[]) => readonly [string, readonly string[]];

const HEALTHY_WITHIN_MS = 30_000;

/** Starts, stops, kills and freezes orderers and peers, each by its id. */
export class NodeSupervisor {
  constructor(private readonly input: SupervisorInput) {}

  /**
   * Starts nodes that are not running and waits until each says that it is well. Throws the first failure only when all have
   * been tried, so that whoever stops the network then finds every process that was started.
   */
  async start(ids: readonly string[] = this.ids()): Promise<void> {
    const outcomes = await Promise.allSettled(ids.map(async (id) => this.startNode(this.node(id))));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Ends nodes in order; their data stays. */
  async stop(ids: readonly string[] = this.ids()): Promise<void> {
    await this.input.processes.stop(ids);
  }

  /** True for a node that was started here and runs. */
  async isRunning(id: string): Promise<boolean> {
    const process = this.input.processes.get(id);
    return process !== undefined && isRunning(process);
  }

  /** Ends nodes as a power failure would. */
  async kill(ids: readonly string[]): Promise<void> {
    await this.input.processes.kill(ids);
  }

  /** Lets a node hang (its connections stay open) or continue. */
  async freeze(id: string, frozen: boolean): Promise<void> {
    const process = this.input.processes.get(id);
    if (process !== undefined) await freezeNative(process, frozen);
  }

  /** The operations endpoint of a node. */
  async operations(id: string): Promise<NodeOperations> {
    return operationsOf(this.node(id), this.input.identities);
  }

  /** Ids of all nodes, orderers first. */
  ids(): readonly string[] {
    return [...this.input.topology.orderers, ...this.input.topology.peers].map(({ id }) => id);
  }

  private async startNode(node: OrdererNode | PeerNode): Promise<void> {
    const process = await this.input.processes.start(await this.command(node));
    const operations = await this.operations(node.id);
    const healthy = async (): Promise<true | undefined> => {
      await requireRunning(process);
      return (await operations.isHealthy()) ? true : undefined;
    };
    await until(healthy, { withinMs: HEALTHY_WITHIN_MS, what: `${node.id} to be healthy` });
  }

  private node(id: string): OrdererNode | PeerNode {
    const node = [...this.input.topology.orderers, ...this.input.topology.peers].find((candidate) => candidate.id === id);
    if (node === undefined) throw new FabricError('TOPOLOGY_INVALID', `this network has no node ${id}`);
    return node;
  }

  private async command(node: OrdererNode | PeerNode): Promise<ProcessCommand> {
    const { binaries, directory, identities, logging, launch = directly } = this.input;
    const [program, args] = isPeer(node) ? launch(node.id, binaries.peer, ['node', 'start']) : launch(node.id, binaries.orderer, []);
    return { name: node.id, logFile: directory.log(node.id), program, args, environment: await nodeEnvironment(node, identities, directory, logging) };
  }
}

const directly: NodeLauncher = (_, program, args) => [program, args];
