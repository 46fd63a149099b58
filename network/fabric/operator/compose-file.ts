import { stringify } from 'yaml';
import { BUILDER_VARIABLE } from '../chaincode/builder-environment.js';
import { FABRIC_VERSION } from '../binaries/release.js';
import type { Service } from './service-units.js';

/** A service that can also run as a container. */
export interface ContainerService extends Service {
  readonly kind: 'orderer' | 'peer' | 'chaincode';
}

/** Where the official peer image keeps the builder for chaincode as a service. */
const IMAGE_BUILDER = '/opt/hyperledger/ccaas_builder';

const IMAGES = { orderer: `hyperledger/fabric-orderer:${FABRIC_VERSION}`, peer: `hyperledger/fabric-peer:${FABRIC_VERSION}`, chaincode: 'node:24-slim' };
const COMMANDS = { orderer: ['orderer'], peer: ['peer', 'node', 'start'] };

/**
 * A compose file that runs the services from the official images. They share the host's network, so that the addresses of the
 * topology hold, and see the folders under the paths that they have on the host.
 */
export function composeFile(services: readonly ContainerService[], folders: readonly string[]): string {
  const entries = services.map((service) => [service.id.replaceAll('.', '-'), container(service, folders)] as const);
  return stringify({ name: 'medaccord', services: Object.fromEntries(entries) });
}

function container({ kind, command, environmentFile }: ContainerService, folders: readonly string[]): object {
  return {
    image: IMAGES[kind],
    command: kind === 'chaincode' ? command : COMMANDS[kind],
    network_mode: 'host',
    env_file: [environmentFile],
    ...(kind === 'peer' ? { environment: { CORE_CHAINCODE_EXTERNALBUILDERS: externalBuilders } } : {}),
    volumes: folders.map((folder) => `${folder}:${folder}`),
    restart: 'unless-stopped',
  };
}

const externalBuilders = JSON.stringify([{ name: 'ccaas_builder', path: IMAGE_BUILDER, propagateEnvironment: [BUILDER_VARIABLE] }]);
