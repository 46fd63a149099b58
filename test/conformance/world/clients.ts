import { promisify } from 'node:util';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Gateway, type Identity, type Signer, signers } from '@hyperledger/fabric-gateway';
import type { SigningIdentity } from '@medaccord/network/identities';
import type { NetworkUnderTest } from './network-under-test.js';

/** The official client's connections: one gRPC channel per peer, one gateway per identity on it. */
export class Clients {
  private readonly channels = new Map<string, Client>();
  private readonly gateways: Gateway[] = [];
  private readonly testers = new Map<string, Promise<Gateway>>();

  constructor(private readonly network: NetworkUnderTest) {}

  /** The gateway of an organisation's tester at its own peer. */
  async tester(mspId: string): Promise<Gateway> {
    let gateway = this.testers.get(mspId);
    if (gateway === undefined) {
      gateway = this.network.user(mspId, 'tester').then((identity) => this.as(identity, mspId));
      this.testers.set(mspId, gateway);
    }
    return gateway;
  }

  /** A gateway of any identity at an organisation's peer. */
  as(identity: SigningIdentity, at: string = identity.mspId): Gateway {
    return this.open({ mspId: identity.mspId, credentials: Buffer.from(identity.certificate) }, at, signers.newPrivateKeySigner(identity.privateKey));
  }

  /** A gateway that cannot sign: the caller does. */
  withoutSigner(identity: SigningIdentity, at: string = identity.mspId): Gateway {
    return this.open({ mspId: identity.mspId, credentials: Buffer.from(identity.certificate) }, at);
  }

  /** The gRPC channel to an organisation's peer, for what the official client does not do. */
  channel(mspId: string): Client {
    let channel = this.channels.get(mspId);
    if (channel === undefined) {
      const { endpoint, tlsCaCert } = this.network.peer(mspId);
      channel = new Client(endpoint, credentials.createSsl(Buffer.from(tlsCaCert)), { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
      this.channels.set(mspId, channel);
    }
    return channel;
  }

  /** Resolves when an organisation's peer is connected again. */
  async ready(mspId: string): Promise<void> {
    await promisify(this.channel(mspId).waitForReady.bind(this.channel(mspId)))(Date.now() + DEADLINE_MS);
  }

  close(): void {
    this.gateways.forEach((gateway) => { gateway.close(); });
    this.channels.forEach((channel) => { channel.close(); });
  }

  private open(identity: Identity, at: string, signer?: Signer): Gateway {
    const deadline = (): { deadline: number } => ({ deadline: Date.now() + DEADLINE_MS });
    const gateway = connect({
      client: this.channel(at),
      identity,
      ...(signer === undefined ? {} : { signer }),
      evaluateOptions: deadline,
      endorseOptions: deadline,
      submitOptions: deadline,
      commitStatusOptions: deadline,
    });
    this.gateways.push(gateway);
    return gateway;
  }
}

/** Longer than a chaincode may take on a network with default settings. */
const DEADLINE_MS = 60_000;
