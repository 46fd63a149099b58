import { randomBytes } from 'node:crypto';
import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { common, discovery, peer } from '@hyperledger/fabric-protos';
import type { SigningIdentity } from '../../identities/index.js';
import { FabricError } from '../fabric-error.js';
import { type Invocation, signedProposal } from './proposal.js';

/** Where a peer is and which authority issued its certificate (PEM). */
export interface PeerEndpoint {
  /** `host:port`. */
  readonly endpoint: string;
  readonly tlsCaCert: string;
}

/** A peer refused a proposal; `status` is the chaincode's, 0 where the peer could not be reached. */
export class PeerRefusal extends FabricError {
  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super('PEER_REFUSED', message, options);
  }
}

const DEADLINE_MS = 60_000;
/** Blocks and packages are larger than the 4 MB that a client takes by default. */
const UNLIMITED = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** One peer as its administrator sees it: calls of system chaincodes that go to this peer and no other. */
export class PeerClient {
  private readonly endorser: peer.EndorserClient;
  private readonly discovery: discovery.DiscoveryClient;
  private readonly snapshots: peer.SnapshotClient;

  constructor(
    private readonly address: PeerEndpoint,
    private readonly signer: SigningIdentity,
  ) {
    const tls = credentials.createSsl(Buffer.from(address.tlsCaCert));
    this.endorser = new peer.EndorserClient(address.endpoint, tls, UNLIMITED);
    this.discovery = new discovery.DiscoveryClient(address.endpoint, tls, UNLIMITED);
    this.snapshots = new peer.SnapshotClient(address.endpoint, tls, UNLIMITED);
  }

  /** Executes a call at this peer, without ordering anything, and returns its payload; throws {@link PeerRefusal}. */
  async call(invocation: Invocation): Promise<Uint8Array> {
    const answer = await this.propose(signedProposal(this.signer, invocation));
    const response = answer.getResponse();
    const status = response?.getStatus() ?? 500;
    if (status < 200 || status >= 400) {
      throw new PeerRefusal(status, `${this.address.endpoint} refused ${invocation.chaincode} ${describe(invocation)}: ${response?.getMessage() ?? 'no response'}`);
    }
    return response?.getPayload_asU8() ?? new Uint8Array();
  }

  /** Asks the peer what it knows of a channel; throws {@link PeerRefusal}. */
  async discover(query: discovery.Query): Promise<discovery.QueryResult> {
    const request = new discovery.Request();
    const authentication = new discovery.AuthInfo();
    authentication.setClientIdentity(this.signer.serialize());
    request.setAuthentication(authentication);
    request.setQueriesList([query]);
    const signed = new discovery.SignedRequest();
    signed.setPayload(request.serializeBinary());
    signed.setSignature(this.signer.sign(signed.getPayload_asU8()));
    const result = (await this.exchange(signed)).getResultsList()[0];
    if (result === undefined || result.hasError()) {
      throw new PeerRefusal(500, `${this.address.endpoint} discovered nothing: ${result?.getError()?.getContent() ?? 'no result'}`);
    }
    return result;
  }

  /** Has the peer write a snapshot of a channel as it stands now, below its data folder; throws {@link PeerRefusal}. */
  async generateSnapshot(channel: string): Promise<void> {
    const header = new common.SignatureHeader();
    header.setCreator(this.signer.serialize());
    header.setNonce(randomBytes(24));
    const request = new peer.SnapshotRequest();
    request.setSignatureHeader(header);
    request.setChannelId(channel);
    const signed = new peer.SignedSnapshotRequest();
    signed.setRequest(request.serializeBinary());
    signed.setSignature(this.signer.sign(signed.getRequest_asU8()));
    await new Promise<unknown>((resolve, reject) => {
      this.snapshots.generate(signed, new Metadata(), { deadline: Date.now() + DEADLINE_MS }, (error, response) => {
        this.settle(error, response, resolve, reject);
      });
    });
  }

  close(): void {
    this.endorser.close();
    this.discovery.close();
    this.snapshots.close();
  }

  private async propose(proposal: peer.SignedProposal): Promise<peer.ProposalResponse> {
    return new Promise((resolve, reject) => {
      this.endorser.processProposal(proposal, new Metadata(), { deadline: Date.now() + DEADLINE_MS }, (error, response) => {
        this.settle(error, response, resolve, reject);
      });
    });
  }

  private async exchange(request: discovery.SignedRequest): Promise<discovery.Response> {
    return new Promise((resolve, reject) => {
      this.discovery.discover(request, new Metadata(), { deadline: Date.now() + DEADLINE_MS }, (error, response) => {
        this.settle(error, response, resolve, reject);
      });
    });
  }

  private settle<T>(error: ServiceError | null, response: T | undefined, resolve: (value: T) => void, reject: (reason: PeerRefusal) => void): void {
    if (error === null && response !== undefined) resolve(response);
    else reject(new PeerRefusal(0, `${this.address.endpoint} cannot be asked: ${error?.details ?? 'no response'}`, { cause: error }));
  }
}

function describe({ args }: Invocation): string {
  const [name] = args;
  return typeof name === 'string' ? name : '';
}
