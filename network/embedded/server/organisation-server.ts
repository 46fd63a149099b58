import { Server, ServerCredentials } from '@grpc/grpc-js';
import { gateway, orderer, peer } from '@hyperledger/fabric-protos';
import type { TlsMaterial } from '../../identities/index.js';

export interface OrganisationServices {
  readonly gateway: gateway.IGatewayServer;
  readonly endorser: peer.IEndorserServer;
  readonly deliver: peer.IDeliverServer;
  readonly broadcast: orderer.IAtomicBroadcastServer;
}

/** As Fabric's peers: they send at most 100 MB; what they receive is bounded by the orderer. */
const options = {
  'grpc.max_receive_message_length': 100 * 1024 * 1024,
  'grpc.max_send_message_length': 100 * 1024 * 1024,
  'grpc.max_concurrent_streams': 100_000,
};

/** The TLS endpoint of one organisation's peer; it can be stopped and started again on its port. */
export class OrganisationServer {
  #server: Server | undefined;
  #port: number;

  constructor(
    private readonly services: OrganisationServices,
    private readonly tls: TlsMaterial,
    private readonly host: string,
    port: number,
  ) {
    this.#port = port;
  }

  /** `host:port`; the port is known once the server has started. */
  get address(): string {
    return `${this.host}:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = new Server(options);
    server.addService(gateway.GatewayService, this.services.gateway);
    server.addService(peer.EndorserService, this.services.endorser);
    server.addService(peer.DeliverService, this.services.deliver);
    server.addService(orderer.AtomicBroadcastService, this.services.broadcast);
    const credentials = ServerCredentials.createSsl(null, [
      { private_key: Buffer.from(this.tls.privateKey), cert_chain: Buffer.from(this.tls.certificate) },
    ]);
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(this.address, credentials, (problem, port) => {
        if (problem) reject(problem);
        else resolve(port);
      });
    });
    this.#server = server;
  }

  /** Ends every connection at once, as a process that is killed does. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }
}
