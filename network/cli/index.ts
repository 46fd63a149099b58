export { startEmbeddedLedger } from './embedded-ledger.js';
export { consortiumFile, houseRoot, stateDirectory } from './house.js';
export { isAlive, startProcess, stopProcesses } from './managed-process.js';
export type { ManagedProcess, ProcessSpecification } from './managed-process.js';
export { freePorts, wellKnownPorts } from './ports.js';
export type { StackPorts } from './ports.js';
export { startStack } from './stack.js';
export type { RunningLedger, Stack, StackOptions, StartLedger } from './stack.js';
export type { GatewayEndpoint, PeerEndpoint, StackEndpoints } from './stack-endpoints.js';
