/** The embedded network: Fabric's protocols in one process, for development, tests and evaluation. See README.md. */
import { EmbeddedNetwork } from './network/embedded-network.js';
import type { EmbeddedNetworkOptions } from './network/embedded-network.js';

export type { ChaincodeAddress, ChaincodeTls } from './chaincode/address.js';
export type { NetworkControl } from './network/control.js';
export type { EmbeddedNetwork, EmbeddedNetworkOptions, PeerEndpoint } from './network/embedded-network.js';

/** Starts a network in this process; the caller stops it. */
export async function startEmbeddedNetwork(options: EmbeddedNetworkOptions): Promise<EmbeddedNetwork> {
  return EmbeddedNetwork.start(options);
}
