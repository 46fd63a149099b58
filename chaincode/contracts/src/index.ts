export * from './chaincodes.js';
export type { RunningServer, ServerTls } from './platform/server/chaincode-server.js';
