import { join } from 'node:path';
import type { ConsortiumConfig, OrganisationConfig } from '../configuration/consortium.js';
import { scripts, stateDirectory } from './house.js';
import type { ProcessSpecification } from './managed-process.js';
import type { PeerEndpoint } from './stack-endpoints.js';

/** What a gateway or the identity provider prints when it is ready. */
export interface HttpReady {
  /** URL without a path. */
  readonly listening: string;
}

export interface GatewaySurroundings {
  readonly config: ConsortiumConfig;
  readonly directory: string;
  readonly organizationsPath: string;
  readonly peer: PeerEndpoint;
  readonly tokenIssuer: string;
  readonly port: number;
  readonly clockIntervalSeconds: number;
}

/** The gateway of one organisation, with the environment that `gateway-api/src/config` documents. */
export function gatewayProcess(organisation: OrganisationConfig, around: GatewaySurroundings): ProcessSpecification {
  const name = `gateway-${organisation.name}`;
  return {
    name,
    script: scripts.gateway,
    args: [],
    environment: {
      MEDACCORD_MSP_ID: organisation.mspId,
      MEDACCORD_PORT: String(around.port),
      // A free port is known too late to be told.
      ...(around.port !== 0 && { MEDACCORD_PUBLIC_URL: `http://localhost:${around.port}` }),
      MEDACCORD_ORGANISATION_DIR: join(around.organizationsPath, 'peerOrganizations', organisation.domain),
      MEDACCORD_DATA_DIR: join(around.directory, name),
      // Preparing an embedded database takes seconds of computing: once on a machine is enough.
      MEDACCORD_DATABASE_TEMPLATE: join(stateDirectory, 'database-template'),
      MEDACCORD_PEER_ENDPOINT: around.peer.endpoint,
      MEDACCORD_PEER_TLS_CA: around.peer.tlsCaFile,
      MEDACCORD_CHANNEL: around.config.channel,
      MEDACCORD_PEER_CHAINCODES: chaincodesAt(around.config, organisation.mspId).join(','),
      MEDACCORD_TOKEN_ISSUER: around.tokenIssuer,
      MEDACCORD_CLOCK_INTERVAL_SECONDS: String(around.clockIntervalSeconds),
    },
    logFile: join(around.directory, 'logs', `${name}.log`),
    startWithinMs: 180_000,
  };
}

/** The development identity provider with the users of the consortium file. */
export function identityProviderProcess(configFile: string, directory: string, port: number): ProcessSpecification {
  const name = 'identity-provider';
  return {
    name,
    script: scripts.identityProvider,
    args: [],
    environment: {
      MEDACCORD_CONSORTIUM_FILE: configFile,
      MEDACCORD_IDENTITY_PROVIDER_PORT: String(port),
      MEDACCORD_IDENTITY_PROVIDER_KEY_FILE: join(directory, 'identity-provider.key'),
    },
    logFile: join(directory, 'logs', `${name}.log`),
    startWithinMs: 120_000,
  };
}

/** Names of the chaincodes that the organisation's peer runs. */
export function chaincodesAt(config: ConsortiumConfig, mspId: string): string[] {
  return config.chaincodes.filter(({ installedAt }) => installedAt === undefined || installedAt.includes(mspId)).map(({ name }) => name);
}
