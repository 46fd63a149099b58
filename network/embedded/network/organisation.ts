import { status } from '@grpc/grpc-js';
import { ChaincodeSupport } from '../chaincode/chaincode-support.js';
import type { SystemChaincode } from '../chaincode/chaincode-support.js';
import { DeliverService } from '../deliver/deliver-service.js';
import { CommitStatuses } from '../gateway/commit-statuses.js';
import { GatewayService } from '../gateway/gateway-service.js';
import { PeerDirectory } from '../gateway/peer-directory.js';
import { serveBroadcast } from '../ordering/broadcast-service.js';
import { Dissemination } from '../peer/dissemination.js';
import { Endorser } from '../peer/endorser.js';
import { endorserService } from '../peer/endorser-service.js';
import { Peer } from '../peer/peer.js';
import { OrganisationServer } from '../server/organisation-server.js';
import { ConfigurationQueries } from '../system-chaincodes/cscc.js';
import { LifecycleChaincode } from '../system-chaincodes/lifecycle/lifecycle-chaincode.js';
import { LedgerQueries } from '../system-chaincodes/qscc.js';
import { proposalSignature } from '../transactions/proposal.js';
import type { Channel } from './channel.js';
import type { EnrolledOrganisation } from './enrolment.js';

export interface OrganisationOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly isInstalled: (chaincodeName: string) => boolean;
  readonly executeTimeoutMs: number;
  readonly startTimeoutMs: number;
}

/** One organisation of the network: its peer, and the endpoint at which clients reach it. */
export class Organisation {
  readonly peer: Peer;
  readonly #endorser: Endorser;
  #statuses: CommitStatuses | undefined;
  #server: OrganisationServer | undefined;

  constructor(
    readonly enrolled: EnrolledOrganisation,
    private readonly channel: Channel,
    private readonly options: OrganisationOptions,
    /** Filled once every organisation exists. */
    private readonly peers: readonly Peer[],
  ) {
    const { mspId } = enrolled;
    const { ledger, definitions, collections, access, admission, made } = channel;
    const chaincodes = new ChaincodeSupport({
      mspId,
      definitions,
      isInstalled: options.isInstalled,
      systemChaincodes: new Map<string, SystemChaincode>([
        ['qscc', new LedgerQueries(ledger, mspId, access)],
        ['cscc', new ConfigurationQueries(ledger, mspId, access, () => channel.configBlock)],
        ['_lifecycle', new LifecycleChaincode({ mspId, organisations: channel.organisations }, access)],
      ]),
      checkCallAccess: (scope, channelId, chaincodeName) => {
        if (chaincodes.isSystem(chaincodeName)) return;
        access.check('peer/ChaincodeToChaincode', channelId, proposalSignature(scope.proposal));
      },
      executeTimeoutMs: options.executeTimeoutMs,
      startTimeoutMs: options.startTimeoutMs,
    });
    const reachable = (): string[] => this.peers.filter(({ running }) => running).map((peer) => peer.mspId);
    this.#endorser = new Endorser({
      mspId,
      channel: channel.name,
      signer: enrolled.peer,
      ledger,
      admission,
      onSigned: (signed) => {
        made.remember(signed);
      },
      chaincodes,
      dissemination: new Dissemination({ ledger, collections, reachable }),
    });
    this.peer = new Peer({ mspId, endorser: this.#endorser, chaincodes, ledger });
  }

  /** Opens the endpoint; at the same port when it was open before. */
  async start(): Promise<void> {
    this.#statuses = new CommitStatuses(this.channel.ledger, this.peer.mspId);
    this.#server ??= this.#createServer();
    await this.#server.start();
    this.peer.address = this.#server.address;
    this.peer.running = true;
  }

  /** Closes the endpoint: clients and other organisations' gateways no longer reach this peer. */
  stop(): void {
    this.peer.running = false;
    this.#server?.stop();
    this.#statuses?.close();
  }

  close(): void {
    this.stop();
    this.peer.chaincodes.close();
  }

  #createServer(): OrganisationServer {
    const { ledger, membership, collections, orderer, access, planner } = this.channel;
    const gateway = new GatewayService({
      peers: new PeerDirectory(this.peer, this.peers),
      definitions: this.channel.definitions,
      planner,
      orderer,
      ledger,
      access,
      statuses: { of: (txId, signal) => this.#commitStatus(txId, signal) },
    });
    const deliver = new DeliverService({ mspId: this.peer.mspId, ledger, membership, access, collections });
    const services = {
      gateway: gateway.methods,
      endorser: endorserService(this.#endorser),
      deliver: deliver.methods,
      broadcast: {
        broadcast: (call: Parameters<typeof serveBroadcast>[0]): void => {
          serveBroadcast(call, orderer);
        },
        deliver: (call: { emit(event: 'error', error: object): unknown }): void => {
          call.emit('error', { code: status.UNIMPLEMENTED, details: 'blocks are delivered by protos.Deliver' });
        },
      },
    };
    return new OrganisationServer(services, this.enrolled.tls, this.options.host, this.options.port);
  }

  #commitStatus(txId: string, signal: AbortSignal): ReturnType<CommitStatuses['of']> {
    if (!this.#statuses) throw new Error('the organisation is stopped');
    return this.#statuses.of(txId, signal);
  }
}
