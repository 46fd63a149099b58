import type { Server } from '@grpc/grpc-js';
import type { ChaincodeInterface } from 'fabric-shim';
import { createRequire } from 'node:module';
import { freePort } from './free-port.js';

/** The published shim's server, which its type declarations lack. */
interface ShimServer {
  readonly _server: Server;
  start(): Promise<void>;
}
// Its logger writes a line per transaction otherwise.
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'critical';
const { server: shimServer } = createRequire(import.meta.url)('fabric-shim') as {
  server: (chaincode: ChaincodeInterface, options: Readonly<Record<string, unknown>>) => ShimServer;
};

export interface RunningChaincode {
  readonly address: string;
  stop(): void;
}

/** Serves a chaincode with Fabric's own server; the caller stops it. */
export async function serveChaincode(chaincode: ChaincodeInterface, packageId: string): Promise<RunningChaincode> {
  const address = `localhost:${await freePort()}`;
  const limits = { 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 };
  const server = shimServer(chaincode, { ccid: packageId, address, ...limits });
  await server.start();
  // The shim's server cannot be stopped; its gRPC server can.
  return {
    address,
    stop: () => {
      server._server.forceShutdown();
    },
  };
}
