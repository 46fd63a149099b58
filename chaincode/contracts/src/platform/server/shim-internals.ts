import './quiet-shim.js';
import { createRequire } from 'node:module';
import type { ServerCredentials } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import type { Contract } from 'fabric-contract-api';
import type { ChaincodeServerOpts } from 'fabric-shim';
import type { ChaincodeInterface } from 'fabric-shim-api';
import { silenceShim } from './silence-shim.js';

// The published shim exports no class that can be extended for the peer's batch messages, so its own files are loaded.
// What is used of them is written down here as types; nothing of them is changed.
const require = createRequire(import.meta.url);

/** The two directions of the stream between a peer and a chaincode. */
export interface PeerStream {
  on(event: 'data', listener: (message: peer.ChaincodeMessage) => void): this;
  on(event: 'end' | 'error', listener: (error?: Error) => void): this;
  write(message: peer.ChaincodeMessage): boolean;
  end(): void;
}

/** The shim's side of one stream: it runs transactions and carries their requests to the peer. */
export interface MessageHandler {
  readonly _stream: PeerStream;
  chat(firstMessage: peer.ChaincodeMessage): void;
  handlePutState(collection: string, key: string, value: Uint8Array, channelId: string, txId: string): Promise<Uint8Array>;
  handleDeleteState(collection: string, key: string, channelId: string, txId: string): Promise<Uint8Array>;
  handlePurgeState(collection: string, key: string, channelId: string, txId: string): Promise<Uint8Array>;
  handlePutStateMetadata(collection: string, key: string, name: string, value: Uint8Array, channelId: string, txId: string): Promise<Uint8Array>;
  handleGetState(collection: string, key: string, channelId: string, txId: string): Promise<Uint8Array>;
  _askPeerAndListen(message: peer.ChaincodeMessage, method: string): Promise<Uint8Array>;
}

/** The shim's gRPC server. */
export interface ShimServer {
  readonly _server: {
    bindAsync(address: string, credentials: ServerCredentials, done: (error: Error | null, port: number) => void): void;
    forceShutdown(): void;
  };
  readonly _credentials: ServerCredentials;
  readonly _serverOpts: ChaincodeServerOpts;
  readonly _chaincode: ChaincodeInterface;
  connect(stream: PeerStream): void;
}

type HandlerClass = new (stream: PeerStream, chaincode: ChaincodeInterface) => MessageHandler;
type ServerClass = new (chaincode: ChaincodeInterface, options: object) => ShimServer;
type FromContractClass = new (contracts: (new () => Contract)[], serializers: object, metadata: object, title: string, version: string) => ChaincodeInterface;

/** The shim's message handler for one stream. */
export const ChaincodeMessageHandler = (require('fabric-shim/lib/handler.js') as { ChaincodeMessageHandler: HandlerClass }).ChaincodeMessageHandler;

/** The shim's server, which peers dial. */
export const ChaincodeServer = require('fabric-shim/lib/server.js') as ServerClass;

/** Makes a chaincode of contract classes. */
export const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as FromContractClass;

silenceShim(process.env['CORE_CHAINCODE_LOGGING_LEVEL']);
