import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChaincodeServers } from './chaincode-servers.js';
import { CONSORTIUM } from './consortium.js';
import { embeddedProvider } from './embedded-provider.js';
import { fabricProvider } from './fabric-provider.js';
import type { NetworkProvider } from './network-under-test.js';
import { World } from './world.js';

/** Names the kind of network: `embedded` (the default) or `fabric`. */
export const NETWORK_VARIABLE = 'MEDACCORD_TEST_NETWORK';

/** A world with everything started; `close` ends all of it. */
export interface OpenWorld {
  readonly world: World;
  close(): Promise<void>;
}

/** Starts a network of the kind that the environment names, with its chaincodes. */
export async function openWorld(kind = process.env[NETWORK_VARIABLE] ?? 'embedded'): Promise<OpenWorld> {
  const provider = await providerOf(kind);
  const directory = await mkdtemp(join(tmpdir(), 'medaccord-conformance-'));
  const network = await provider.start({ config: CONSORTIUM, directory });
  let servers: ChaincodeServers;
  try {
    servers = await ChaincodeServers.start(network);
  } catch (cause) {
    await network.stop();
    throw cause;
  }
  const world = new World(network, servers);
  return {
    world,
    close: async (): Promise<void> => {
      world.clients.close();
      await network.stop();
      await servers.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function providerOf(kind: string): Promise<NetworkProvider> {
  switch (kind) {
    case 'embedded':
      return Promise.resolve(embeddedProvider);
    case 'fabric':
      return Promise.resolve(fabricProvider);
    default:
      throw new Error(`${NETWORK_VARIABLE} must be embedded or fabric, not ${kind}`);
  }
}
