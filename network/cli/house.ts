import { join } from 'node:path';

/** The top folder of the repository, seen from the compiled file (`network/dist/cli`). */
export const houseRoot = join(import.meta.dirname, '..', '..', '..');

/** The servers' entry points: what `make build` compiled. */
export const scripts = {
  embeddedNetwork: join(houseRoot, 'network/dist/embedded/main.js'),
  chaincode: join(houseRoot, 'chaincode/contracts/dist/main.js'),
  gateway: join(houseRoot, 'gateway-api/dist/main.js'),
  identityProvider: join(houseRoot, 'gateway-api/dist/identity-provider/main.js'),
} as const;

/** The consortium that the verbs start. */
export const consortiumFile = join(houseRoot, 'fabric-config/consortium.yaml');

/** Where the nodes of real Fabric run. */
export const topologyFile = join(houseRoot, 'fabric-config/topology.yaml');

/** Everything generated lives here; git ignores it. */
export const stateDirectory = join(houseRoot, '.medaccord');
