export { buildChannelConfig, type ChannelConfiguration, type MemberConfiguration, type OrdererConfiguration } from './channel-configuration.js';
export { buildGenesisBlock, readConfigBlock } from './genesis-block.js';
export { withMsp } from './membership-change.js';
