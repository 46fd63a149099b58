import { createRequire } from 'node:module';
import type { ServerCredentials } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { Contract } from 'fabric-contract-api';
import contractApi from 'fabric-contract-api';
import { BatchContract, rememberOffer } from './batch-contract.js';
import { CallContract } from './call-contract.js';
import { FaultContract } from './fault-contract.js';
import { PolicyContract } from './policy-contract.js';
import { PrivateContract } from './private-contract.js';
import { QueryContract } from './query-contract.js';
import { StateContract } from './state-contract.js';

const require = createRequire(import.meta.url);

/** What is used of the published shim's own files: its server tells no port, and a contract is made a chaincode inside. */
interface ShimServer {
  readonly _server: { bindAsync(address: string, credentials: ServerCredentials, done: (error: Error | null, port: number) => void): void };
  readonly _credentials: ServerCredentials;
  connect(stream: Stream): void;
}
interface Stream {
  on(event: 'data', listener: (message: peer.ChaincodeMessage) => void): void;
}
const Server = require('fabric-shim/lib/server.js') as new (chaincode: object, options: object) => ShimServer;
const FromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as new (contracts: (new () => Contract)[], serializers: object, metadata: object, title: string, version: string) => object;

/** `ChaincodeMessage.Type.READY`, in which the peer says which batch messages it takes. */
const READY = 4;
const CONTRACTS = [StateContract, QueryContract, PrivateContract, PolicyContract, CallContract, FaultContract, BatchContract];

/** One chaincode of a host. */
export interface ServedChaincode {
  /** Package id. */
  readonly chaincodeId: string;
  /** PEM; with `clientCa` the peer must show a certificate of that authority. */
  readonly tls?: { readonly key: string; readonly certificate: string; readonly clientCa?: string };
  /** The port, any free one where omitted. */
  readonly port?: number;
}

class ConformanceServer extends Server {
  override connect(stream: Stream): void {
    stream.on('data', (message) => {
      if (message.getType() === READY) {
        rememberOffer(message.getPayload_asU8());
      }
    });
    super.connect(stream);
  }
}

/** Serves one chaincode to one peer; answers the port. */
export async function serve({ chaincodeId, tls, port = 0 }: ServedChaincode): Promise<number> {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: contractApi.JSONSerializer } };
  const chaincode = new FromContract(CONTRACTS, serializers, {}, 'conformance', '1');
  const limits = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };
  const address = `localhost:${port}`;
  const server = new ConformanceServer(chaincode, { ccid: chaincodeId, address, ...limits, ...tlsProperties(tls) });
  return new Promise((resolve, reject) => {
    server._server.bindAsync(address, server._credentials, (error, taken) => {
      if (error === null) {
        resolve(taken);
      } else {
        reject(error);
      }
    });
  });
}

function tlsProperties(tls: ServedChaincode['tls']): object {
  if (tls === undefined) {
    return {};
  }
  const clientCACerts = tls.clientCa === undefined ? {} : { clientCACerts: Buffer.from(tls.clientCa) };
  return { tlsProps: { key: Buffer.from(tls.key), cert: Buffer.from(tls.certificate), ...clientCACerts } };
}
