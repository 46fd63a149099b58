import type { Contract } from 'fabric-contract-api';
import { peer } from '@hyperledger/fabric-protos';
import { JSONSerializer } from '../contract-api.js';
import { BatchingMessageHandler } from './batching-handler.js';
import type { StubSettings } from './batching-handler.js';
import { log } from './log.js';
import { ChaincodeFromContract, ChaincodeServer } from './shim-internals.js';
import type { PeerStream } from './shim-internals.js';

/** PEM texts; with `clientCaCert` a peer has to show a certificate of that authority. */
export interface ServerTls {
  readonly key: string;
  readonly cert: string;
  readonly clientCaCert?: string;
}

/** A chaincode to be served to a peer. */
export interface ChaincodeServerOptions extends StubSettings {
  /** Package id, as the peer knows it. */
  readonly chaincodeId: string;
  /** `host:port`; port 0 takes a free one. */
  readonly address: string;
  readonly tls?: ServerTls;
  readonly contracts: readonly (new () => Contract)[];
  readonly title: string;
  readonly version: string;
}

/** A running chaincode server. */
export interface RunningServer {
  /** `host:port` with the port that was really taken. */
  readonly address: string;
  /** Ends all streams at once; transactions in flight fail at the peer. */
  stop(): void;
}

class BatchingServer extends ChaincodeServer {
  readonly #settings: StubSettings;

  constructor({ contracts, title, version, chaincodeId, address, tls, ...settings }: ChaincodeServerOptions) {
    // Chaincode receives whole blocks of documents in one transient map; a message may be as large as the peer sends.
    const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
    super(chaincodeOf(contracts, title, version), { ccid: chaincodeId, address, ...limits, ...(tls === undefined ? {} : { tlsProps: tlsProperties(tls) }) });
    this.#settings = settings;
  }

  override connect(stream: PeerStream): void {
    const register = new peer.ChaincodeMessage();
    const id = new peer.ChaincodeID();
    id.setName(this._serverOpts.ccid);
    register.setType(peer.ChaincodeMessage.Type.REGISTER);
    register.setPayload(id.serializeBinary());
    log('info', 'peer connected', { chaincodeId: this._serverOpts.ccid });
    stream.on('end', () => {
      log('info', 'peer disconnected', { chaincodeId: this._serverOpts.ccid });
    });
    new BatchingMessageHandler(stream, this._chaincode, this.#settings).chat(register);
  }

  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this._server.bindAsync(this._serverOpts.address, this._credentials, (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  }

  stop(): void {
    this._server.forceShutdown();
  }
}

/** Serves a chaincode until it is stopped. Rejects where the address cannot be taken. */
export async function serveChaincode(options: ChaincodeServerOptions): Promise<RunningServer> {
  const server = new BatchingServer(options);
  const port = await server.listen();
  const host = options.address.slice(0, options.address.lastIndexOf(':'));
  return {
    address: `${host}:${port}`,
    stop: () => {
      server.stop();
    },
  };
}

function chaincodeOf(contracts: readonly (new () => Contract)[], title: string, version: string): InstanceType<typeof ChaincodeFromContract> {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  return new ChaincodeFromContract([...contracts], serializers, {}, title, version);
}

function tlsProperties({ key, cert, clientCaCert }: ServerTls): object {
  return { key: Buffer.from(key), cert: Buffer.from(cert), ...(clientCaCert === undefined ? {} : { clientCACerts: Buffer.from(clientCaCert) }) };
}
