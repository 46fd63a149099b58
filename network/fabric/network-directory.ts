import { join, resolve } from 'node:path';
import { OrganizationPaths, organizationsPath } from '../identities/index.js';
import type { NodeFiles } from './nodes/node-files.js';
import { isPeer, type OrdererNode, type PeerNode } from './topology/topology.js';

/** What lies where in the folder of a network that runs on this machine. */
export class NetworkDirectory {
  readonly root: string;

  constructor(root: string) {
    this.root = resolve(root);
  }

  /** Every organisation's identities, in the layout of Fabric's own tools. */
  get organizations(): string {
    return organizationsPath(this.root);
  }

  /** The nodes and their ports, as they were when the network was made. */
  get topology(): string {
    return join(this.root, 'topology.json');
  }

  /** Programs that were started and are to be stopped. */
  get processes(): string {
    return join(this.root, 'processes.json');
  }

  /** What others need to know about the network while it runs. */
  get facts(): string {
    return join(this.root, 'facts.json');
  }

  get channelConfiguration(): string {
    return join(this.root, 'channel', 'configtx.yaml');
  }

  get genesisBlock(): string {
    return join(this.root, 'channel', 'genesis.block');
  }

  /** Folder with a node's `core.yaml` or `orderer.yaml`. */
  nodeConfiguration(id: string): string {
    return join(this.root, 'nodes', id, 'configuration');
  }

  nodeData(id: string): string {
    return join(this.root, 'nodes', id, 'data');
  }

  /** A node's environment, for those who start it by other means. */
  nodeEnvironment(id: string): string {
    return join(this.root, 'nodes', id, 'environment');
  }

  /** Certificate and key of a chaincode's servers at one peer. */
  chaincodeTls(peerId: string, chaincode: string): string {
    return join(this.root, 'nodes', peerId, 'chaincodes', chaincode);
  }

  log(process: string): string {
    return join(this.root, 'logs', `${process}.log`);
  }

  /** Identities of an organisation's peers, or of its orderers. */
  organisation(node: OrdererNode | PeerNode): OrganizationPaths {
    return new OrganizationPaths(this.organizations, node.domain, isPeer(node) ? 'peer' : 'orderer');
  }

  /** Where a node finds its identity and keeps its data. */
  nodeFiles(node: OrdererNode | PeerNode): NodeFiles {
    const { msp, tlsCertificate, tlsPrivateKey, tlsCaCertificate } = this.organisation(node).node(node.id);
    return { msp, tlsCertificate, tlsKey: tlsPrivateKey, tlsCaCertificate, data: this.nodeData(node.id) };
  }
}
