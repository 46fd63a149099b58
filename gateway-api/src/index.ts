export { parseGatewayConfig } from './config/gateway-config.js';
export type { GatewayConfig } from './config/gateway-config.js';
export { ConfigurationError } from './config/environment-reader.js';
export { startGateway } from './start-gateway.js';
export type { RunningGateway } from './start-gateway.js';
