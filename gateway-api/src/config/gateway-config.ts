import { join } from 'node:path';
import { EnvironmentReader } from './environment-reader.js';

/** What one gateway needs to know; read once at start, never changed. */
export interface GatewayConfig {
  readonly mspId: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly organisationDirectory: string;
  readonly dataDirectory: string;
  readonly secretFile: string;
  /** Unset: an embedded database in `dataDirectory`, for one process alone. */
  readonly databaseUrl: string | undefined;
  /** Folder with a prepared, empty embedded database to copy; made there where absent. */
  readonly databaseTemplate: string | undefined;
  readonly peer: PeerConfig;
  readonly ledger: LedgerConfig;
  readonly tokens: TokenConfig;
  readonly limits: LimitsConfig;
  /** Seconds between two ticks of the registry's clock; 0 leaves ticking to others. */
  readonly clockIntervalSeconds: number;
  /** Tries of a webhook before its notice counts as undeliverable. */
  readonly webhookAttempts: number;
  /** Whether claims that were held for the registry's answer alone are decided by the gateway itself once it is there. */
  readonly decidesHeldClaims: boolean;
  /** Requests without a token that one address may make in a minute. */
  readonly publicRequestsPerMinute: number;
  /** Addresses of proxies whose word for a client's address counts. */
  readonly trustedProxies: readonly string[];
  readonly attestations: AttestationConfig;
}

export interface AttestationConfig {
  /** Where anybody reaches this gateway's public routes, without a path; unset: nothing is attested. */
  readonly publicUrl: string | undefined;
  readonly keyFile: string;
  /** Seconds for which a published list is the newest one. */
  readonly listSeconds: number;
}

export interface PeerConfig {
  readonly endpoint: string;
  readonly tlsCaFile: string;
  /** The name in the peer's TLS certificate, where the endpoint is reached under another one. */
  readonly tlsHostname: string | undefined;
}

export interface LedgerConfig {
  readonly channel: string;
  readonly registryChaincode: string;
  readonly claimsChaincode: string;
  /** Which of the two this organisation's own peer runs. */
  readonly served: readonly ServedChaincode[];
  /** MSP ids asked to endorse registry transactions; empty leaves the choice to the peer. */
  readonly registryEndorsers: readonly string[];
  /** Milliseconds to wait for a commit before the outcome is reported as unknown. */
  readonly commitTimeoutMs: number;
}

export interface TokenConfig {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly audience: string;
}

export interface LimitsConfig {
  readonly jsonBytes: number;
  readonly uploadBytes: number;
  /** Days for which the first answer to an Idempotency-Key is kept. */
  readonly answerRetentionDays: number;
}

export const SERVED_CHAINCODES = ['registry', 'claims'] as const;
export type ServedChaincode = (typeof SERVED_CHAINCODES)[number];

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names the configuration among Nest's providers. */
export const GATEWAY_CONFIG = Symbol('GATEWAY_CONFIG');

const mebibyte = 1024 * 1024;

/** Reads the environment; throws `ConfigurationError` with everything that is missing or wrong, not only the first. */
export function parseGatewayConfig(environment: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const read = new EnvironmentReader(environment);
  const place = readPlace(read);
  const config: GatewayConfig = { ...place, attestations: readAttestations(read, place.dataDirectory), peer: readPeer(read), ledger: readLedger(read), tokens: readTokens(read), limits: readLimits(read) };
  read.refuseProblems();

  return config;
}

type Place = Omit<GatewayConfig, 'attestations' | 'peer' | 'ledger' | 'tokens' | 'limits'>;

function readPlace(read: EnvironmentReader): Place {
  /** Folder for what this gateway keeps: embedded database, secret, uploads in progress. */
  const dataDirectory = read.text('MEDACCORD_DATA_DIR');

  return {
    /** MSP id of the organisation that this gateway serves. */
    mspId: read.text('MEDACCORD_MSP_ID'),
    /** Address to listen on; loopback unless told otherwise. */
    host: read.text('MEDACCORD_HOST', '127.0.0.1'),
    /** Port to listen on; 0 takes a free one. */
    port: read.integer('MEDACCORD_PORT', { fallback: 4001, least: 0, most: 65535 }),
    /** silent, fatal, error, warn, info or debug. */
    logLevel: read.oneOf('MEDACCORD_LOG_LEVEL', LOG_LEVELS, 'warn'),
    /** The organisation's folder as Fabric's tools lay it out: `organizations/peerOrganizations/<domain>`. */
    organisationDirectory: read.folder('MEDACCORD_ORGANISATION_DIR'),
    dataDirectory,
    /** File with the secret from which ids and salts derive; made on first start. Replicas share one. */
    secretFile: read.text('MEDACCORD_GATEWAY_SECRET_FILE', join(dataDirectory, 'gateway-secret')),
    /** `postgresql://…` of a database that replicas share; unset uses an embedded one. */
    databaseUrl: read.optionalUrl('MEDACCORD_DATABASE_URL', ['postgres:', 'postgresql:']),
    /** Folder in which an empty embedded database is prepared once and then copied from; saves seconds per new gateway. */
    databaseTemplate: read.optionalText('MEDACCORD_DATABASE_TEMPLATE'),
    /** Seconds between two ticks of the registry's clock by this gateway; 0 does not tick. */
    clockIntervalSeconds: read.integer('MEDACCORD_CLOCK_INTERVAL_SECONDS', { fallback: 0, least: 0, most: 86_400 }),
    /** Tries of a webhook, ever longer apart, before its notice is a dead letter. */
    webhookAttempts: read.integer('MEDACCORD_WEBHOOK_ATTEMPTS', { fallback: 15, least: 1, most: 100 }),
    /** `decide`: claims that waited for the registry's answer alone are decided when it comes; `leave`: people decide them. */
    decidesHeldClaims: read.oneOf('MEDACCORD_HELD_CLAIMS', ['decide', 'leave'], 'decide') === 'decide',
    /** Requests to the public look-up that one address may make in a minute. */
    publicRequestsPerMinute: read.integer('MEDACCORD_PUBLIC_REQUESTS_PER_MINUTE', { fallback: 60, least: 1, most: 100_000 }),
    /** Addresses or subnets of proxies, separated by commas, whose `X-Forwarded-For` names the client; none where left out. */
    trustedProxies: read.list('MEDACCORD_TRUSTED_PROXIES'),
  };
}

function readAttestations(read: EnvironmentReader, dataDirectory: string): AttestationConfig {
  return {
    /** `https://host` of this gateway for readers outside the network; the board's `did:web` follows from it. */
    publicUrl: read.optionalOrigin('MEDACCORD_PUBLIC_URL'),
    /** PEM file (PKCS #8, P-256) of the key that signs attestations; made when the key is introduced. Replicas share one. */
    keyFile: read.text('MEDACCORD_ATTESTATION_KEY_FILE', join(dataDirectory, 'attestation-key.pem')),
    /** Seconds after which a list of what became of attestations is published anew. */
    listSeconds: read.integer('MEDACCORD_STATUS_LIST_SECONDS', { fallback: 300, least: 1, most: 3600 }),
  };
}

function readPeer(read: EnvironmentReader): PeerConfig {
  return {
    /** `host:port` of the organisation's own peer. */
    endpoint: read.endpoint('MEDACCORD_PEER_ENDPOINT'),
    /** PEM file of the authority that issued the peer's TLS certificate. */
    tlsCaFile: read.file('MEDACCORD_PEER_TLS_CA'),
    /** Name in the peer's TLS certificate, where the endpoint has another. */
    tlsHostname: read.optionalText('MEDACCORD_PEER_TLS_HOSTNAME'),
  };
}

function readLedger(read: EnvironmentReader): LedgerConfig {
  return {
    /** Channel of the consortium. */
    channel: read.text('MEDACCORD_CHANNEL', 'medaccord'),
    /** Name of the registry chaincode on the channel. */
    registryChaincode: read.text('MEDACCORD_REGISTRY_CHAINCODE', 'registry'),
    /** Name of the claims chaincode on the channel. */
    claimsChaincode: read.text('MEDACCORD_CLAIMS_CHAINCODE', 'claims'),
    /** Which of `registry` and `claims` the organisation's own peer runs, separated by commas. */
    served: read.listOf('MEDACCORD_PEER_CHAINCODES', SERVED_CHAINCODES, SERVED_CHAINCODES),
    /** MSP ids, separated by commas, that endorse registry transactions; needed in consortia of 16 and more. */
    registryEndorsers: read.list('MEDACCORD_REGISTRY_ENDORSERS'),
    /** Milliseconds to wait for a commit before answering 202. */
    commitTimeoutMs: read.integer('MEDACCORD_COMMIT_TIMEOUT_MS', { fallback: 30_000, least: 100, most: 600_000 }),
  };
}

function readTokens(read: EnvironmentReader): TokenConfig {
  /** Issuer of the bearer tokens, exactly as it stands in them. */
  const issuer = read.url('MEDACCORD_TOKEN_ISSUER', ['http:', 'https:']);

  return {
    issuer,
    /** Where the issuer's public keys are. */
    jwksUri: read.optionalUrl('MEDACCORD_TOKEN_JWKS_URI', ['http:', 'https:']) ?? `${issuer.replace(/\/$/, '')}/jwks`,
    /** Audience that a token must name. */
    audience: read.text('MEDACCORD_TOKEN_AUDIENCE', 'urn:medaccord:gateway'),
  };
}

function readLimits(read: EnvironmentReader): LimitsConfig {
  return {
    /** Largest JSON body in bytes. */
    jsonBytes: read.integer('MEDACCORD_MAX_JSON_BYTES', { fallback: 8 * mebibyte, least: 1024, most: 256 * mebibyte }),
    /** Largest uploaded file in bytes. */
    uploadBytes: read.integer('MEDACCORD_MAX_UPLOAD_BYTES', { fallback: 256 * mebibyte, least: 1024, most: 4096 * mebibyte }),
    /** Days for which the first answer to an Idempotency-Key is kept. */
    answerRetentionDays: read.integer('MEDACCORD_ANSWER_RETENTION_DAYS', { fallback: 30, least: 1, most: 3650 }),
  };
}
