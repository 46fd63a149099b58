import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import type { Contract, Gateway } from '@hyperledger/fabric-gateway';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChaincodeConfig, ConsortiumConfig } from '../../configuration/consortium.js';
import type { SigningIdentity } from '../../identities/index.js';
import { startEmbeddedNetwork } from '../index.js';
import type { EmbeddedNetwork, EmbeddedNetworkOptions } from '../index.js';
import { serveChaincode } from './chaincode-server.js';
import type { RunningChaincode } from './chaincode-server.js';
import { GenericChaincode } from './generic-chaincode.js';

export const CHANNEL = 'testing';
const MAJORITY = '/Channel/Application/Endorsement';

/** A chaincode definition with a majority policy unless told otherwise. */
export function chaincode(name: string, changes: Partial<ChaincodeConfig> = {}): ChaincodeConfig {
  return { name, version: '1.0', sequence: 1, endorsementPolicy: MAJORITY, collections: [], ...changes };
}

/** A consortium of organisations `AMSP`, `BMSP`… with one user `user` each. */
export function consortium(names: readonly string[], chaincodes: readonly ChaincodeConfig[]): ConsortiumConfig {
  return {
    channel: CHANNEL,
    organisations: names.map((name) => ({
      name,
      mspId: mspOf(name),
      domain: `${name}.example`,
      peers: 1,
      users: [{ name: 'user', attributes: { role: 'tester' } }],
    })),
    chaincodes,
    ordering: { maxMessageCount: 100, preferredMaxBytes: 2 * 1024 * 1024, batchTimeoutMs: 50 },
  };
}

export function mspOf(name: string): string {
  return `${name.toUpperCase()}MSP`;
}

/** A network with generic chaincodes and official clients; the test closes it. */
export class TestNetwork {
  readonly #gateways: { gateway: Gateway; client: Client }[] = [];
  readonly servers = new Map<string, RunningChaincode>();

  private constructor(
    readonly config: ConsortiumConfig,
    readonly directory: string,
    public network: EmbeddedNetwork,
  ) {}

  /** Starts the network; every organisation that has a chaincode installed gets a server of its own for it. */
  static async start(config: ConsortiumConfig, options: Partial<EmbeddedNetworkOptions> = {}): Promise<TestNetwork> {
    const directory = await mkdtemp(join(tmpdir(), 'embedded-network-'));
    const network = await startEmbeddedNetwork({ config, directory, ...options });
    const started = new TestNetwork(config, directory, network);
    await started.#serveAll();
    return started;
  }

  /** The official client as the organisation's user, or as another identity. */
  async gateway(mspId: string, identity?: SigningIdentity): Promise<Gateway> {
    const signer = identity ?? (await this.network.control.issue(mspId, { name: 'user' }));
    const { endpoint, tlsCaCert } = this.network.peers[mspId] ?? { endpoint: '', tlsCaCert: '' };
    const limits = { 'grpc.max_receive_message_length': -1 };
    const client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsCaCert)), limits);
    const gateway = connect({
      client,
      hash: hash.none,
      identity: { mspId: signer.mspId, credentials: Buffer.from(signer.certificate) },
      signer: (message) => Promise.resolve(signer.sign(message)),
    });
    this.#gateways.push({ gateway, client });
    return gateway;
  }

  async contract(mspId: string, name: string): Promise<Contract> {
    return (await this.gateway(mspId)).getNetwork(CHANNEL).getContract(name);
  }

  /** Stops the network and starts it again on the same folder, with another configuration where one is given. */
  async restart(config = this.config): Promise<void> {
    this.#closeClients();
    await this.network.stop();
    this.network = await startEmbeddedNetwork({ config, directory: this.directory });
    for (const [key, { address }] of this.servers) {
      const [mspId = '', name = ''] = key.split(' ');
      this.network.setChaincodeAddress(mspId, name, { address });
    }
  }

  async close(): Promise<void> {
    this.#closeClients();
    await this.network.stop();
    for (const server of this.servers.values()) server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  async #serveAll(): Promise<void> {
    for (const { mspId } of this.config.organisations) {
      for (const { name, version, installedAt } of this.config.chaincodes) {
        if (installedAt && !installedAt.includes(mspId)) continue;
        const server = await serveChaincode(new GenericChaincode(), `${name}:${version}`);
        this.servers.set(`${mspId} ${name}`, server);
        this.network.setChaincodeAddress(mspId, name, server);
      }
    }
  }

  #closeClients(): void {
    for (const { gateway, client } of this.#gateways.splice(0)) {
      gateway.close();
      client.close();
    }
  }
}

/** The text that a call answered. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
