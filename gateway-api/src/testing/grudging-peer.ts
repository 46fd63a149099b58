import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { credentials, Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServiceError, ServerUnaryCall } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';

/** What a Fabric peer (3.1.5) reports of an orderer that has the transaction in a block already. */
const ALREADY_PROCESSED = 'received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=failed to submit request: request already processed';

type Relayed<Request, Response> = (request: Request, done: sendUnaryData<Response>) => void;

/** A peer's gateway service in front of the real one, which fails as a test wants it. */
export class GrudgingPeer {
  /** Submits that reached it. */
  submits = 0;
  /** Whether it reports submits as failed although it has them ordered. */
  grudges = false;
  /** Codes with which the next questions for a commit's status are answered; then they go to the real peer. */
  readonly untold: status[] = [];
  readonly #server = new Server();
  readonly #real: gateway.GatewayClient;

  private constructor(endpoint: string, tlsCa: Buffer) {
    this.#real = new gateway.GatewayClient(endpoint, credentials.createSsl(tlsCa));
  }

  /** Listens with the TLS certificate of the peer behind it; answers itself and its `host:port`. */
  static async start(peer: { readonly endpoint: string; readonly tlsCaFile: string; readonly nodeDirectory: string }): Promise<{ readonly peer: GrudgingPeer; readonly endpoint: string }> {
    const grudging = new GrudgingPeer(peer.endpoint, readFileSync(peer.tlsCaFile));
    grudging.#serve();
    const pair = { private_key: readFileSync(join(peer.nodeDirectory, 'tls', 'server.key')), cert_chain: readFileSync(join(peer.nodeDirectory, 'tls', 'server.crt')) };
    const port = await promisify<string, ServerCredentials, number>(grudging.#server.bindAsync.bind(grudging.#server))('localhost:0', ServerCredentials.createSsl(null, [pair]));

    return { peer: grudging, endpoint: `localhost:${port}` };
  }

  stop(): void {
    this.#server.forceShutdown();
    this.#real.close();
  }

  #serve(): void {
    const real = this.#real;
    const relay = <Request, Response>(call: Relayed<Request, Response>) => ({ request }: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>): void => { call(request, done); };
    this.#server.addService(gateway.GatewayService, {
      endorse: relay<gateway.EndorseRequest, gateway.EndorseResponse>((request, done) => { real.endorse(request, done); }),
      evaluate: relay<gateway.EvaluateRequest, gateway.EvaluateResponse>((request, done) => { real.evaluate(request, done); }),
      commitStatus: relay<gateway.SignedCommitStatusRequest, gateway.CommitStatusResponse>((request, done) => {
        const code = this.untold.shift();
        if (code === undefined) real.commitStatus(request, done);
        else done({ code, details: 'not told' });
      }),
      submit: relay<gateway.SubmitRequest, gateway.SubmitResponse>((request, done) => {
        this.submits += 1;
        real.submit(request, (error, response) => { done(this.grudges ? refusal() : error, response); });
      }),
      chaincodeEvents: () => undefined,
    });
  }
}

function refusal(): ServiceError {
  const text = 'insufficient number of orderers could successfully process transaction to satisfy quorum requirement';
  const detail = new gateway.ErrorDetail();
  detail.setAddress('orderer:7050');
  detail.setMspId('OrdererMSP');
  detail.setMessage(ALREADY_PROCESSED);
  const rpcStatus = new google.rpc.Status();
  rpcStatus.setCode(status.UNAVAILABLE);
  rpcStatus.setMessage(text);
  const packed = rpcStatus.addDetails();
  packed.setTypeUrl('type.googleapis.com/gateway.ErrorDetail');
  packed.setValue(detail.serializeBinary());
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(rpcStatus.serializeBinary()));

  return Object.assign(new Error(text), { code: status.UNAVAILABLE, details: text, metadata });
}
