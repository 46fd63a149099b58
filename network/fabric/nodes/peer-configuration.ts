import { join } from 'node:path';
import type { PeerNode } from '../topology/topology.js';
import { renderYaml } from './commented-yaml.js';
import type { NodeFiles } from './node-files.js';

/** What a peer's configuration depends on. */
export interface PeerConfigurationInput {
  readonly node: PeerNode;
  /** All peers of the organisation, this one included. */
  readonly siblings: readonly PeerNode[];
  readonly files: NodeFiles;
  /** The folder whose `bin` holds Fabric's builder for chaincode as a service, on the peer's host. */
  readonly ccaasBuilder: string;
  /** How long a chaincode may work on one transaction; at least one second, 30 s where omitted. */
  readonly executeTimeoutMs?: number;
  /** How long a block waits for private data that nobody delivers. */
  readonly pullRetryThreshold?: string;
  /** How often missing private data is asked for again. */
  readonly reconcileSleepInterval?: string;
  /** Transactions of a block that are validated at once; as many as processors where omitted. */
  readonly validatorPoolSize?: number;
  /** False: chaincode writes and reads key by key. */
  readonly batchMessages?: boolean;
}

/** The `core.yaml` of one peer. Fabric has few defaults in code: a setting that is left out here is often zero, not the sample's value. */
export function peerConfiguration(input: PeerConfigurationInput): string {
  const { node, files } = input;
  return renderYaml(
    `Peer ${node.id}. Generated: change what the consortium agreed or the topology, and render again.`,
    { peer: peerSection(input), vm: { endpoint: '' }, chaincode: chaincodeSection(input), ledger: ledgerSection(files), operations: operationsSection(input), metrics: { provider: 'prometheus' } },
    {
      'peer.gossip': 'Intervals below the defaults: members find each other in seconds after a start, not in a minute.',
      'peer.gossip.maxConnectionAttempts': 'An hour: a member that is dark for long is still found again.',
      'peer.gossip.pvtData.pullRetryThreshold': 'A block waits no longer than this for private data that nobody delivers.',
      'peer.gossip.pvtData.skipPullingInvalidTransactionsDuringCommit': "Without it, a stranger's invalid write to this organisation's collection stalls the peer.",
      'peer.gossip.pvtData.implicitCollectionDisseminationPolicy': 'With two peers or more, no private document may exist at one peer only: endorsing fails while no other peer is up.',
      'peer.deliveryclient.blockCensorshipTimeoutKey': 'A peer fetches blocks from one orderer. One that hangs or is cut off is left for another after this time; the default of 30 s is what such a fault then costs.',
      'peer.limits': "The gateway's limit counts calls that wait for a commit.",
      'peer.handlers.authFilters': 'Expired certificates and proposals off by more than the time window are refused.',
      'vm.endpoint': 'No containers: chaincode runs as a service.',
      'chaincode.externalBuilders': "Addresses and TLS of this peer's own chaincode servers come from the environment, so that one package fits every peer.",
      'chaincode.keepalive': 'Must stay 0: fabric-shim 2.5.8 ends on a keep-alive message.',
      'ledger.state.stateDatabase': "Every peer of the consortium has the same kind: queries of the other are not protected against phantoms.",
      'operations.tls.clientAuthRequired': 'For metrics and log levels; /healthz answers without a client certificate.',
    },
  );
}

function peerSection({ node, files, ...rest }: PeerConfigurationInput): object {
  const address = `${node.host}:${node.port}`;
  return {
    id: node.id,
    networkId: 'medaccord',
    listenAddress: `${node.listen}:${node.port}`,
    address,
    addressAutoDetect: false,
    chaincodeListenAddress: `${node.listen}:0`,
    gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '2m' },
    keepalive: keepaliveSection,
    gossip: gossipSection({ node, files, ...rest }),
    tls: {
      enabled: true,
      clientAuthRequired: false,
      cert: { file: files.tlsCertificate },
      key: { file: files.tlsKey },
      rootcert: { file: files.tlsCaCertificate },
    },
    authentication: { timewindow: '15m' },
    fileSystemPath: files.data,
    BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
    mspConfigPath: files.msp,
    localMspId: node.mspId,
    localMspType: 'bccsp',
    client: { connTimeout: '3s' },
    deliveryclient: deliverySection,
    handlers: handlersSection,
    discovery: { enabled: true, authCacheEnabled: true, authCacheMaxSize: 1000, authCachePurgeRetentionRatio: 0.75, orgMembersAllowedAccess: false },
    ...(rest.validatorPoolSize === undefined ? {} : { validatorPoolSize: rest.validatorPoolSize }),
    limits: { concurrency: { endorserService: 20_000, deliverService: 2500, gatewayService: 20_000 } },
    maxRecvMsgSize: 104_857_600,
    maxSendMsgSize: 104_857_600,
  };
}

const keepaliveSection = {
  interval: '7200s',
  timeout: '20s',
  minInterval: '60s',
  client: { interval: '60s', timeout: '20s' },
  deliveryClient: { interval: '60s', timeout: '20s' },
};

const deliverySection = {
  blockGossipEnabled: false,
  reconnectTotalTimeThreshold: '3600s',
  connTimeout: '3s',
  reConnectBackoffThreshold: '10s',
  blockCensorshipTimeoutKey: '5s',
  minimalReconnectInterval: '100ms',
  policy: 'cluster',
};

const handlersSection = {
  authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }, { name: 'TimeWindowCheck' }],
  decorators: [{ name: 'DefaultDecorator' }],
  endorsers: { escc: { name: 'DefaultEndorsement' } },
  validators: { vscc: { name: 'DefaultValidation' } },
};

function gossipSection({ node, siblings, pullRetryThreshold = '5s', reconcileSleepInterval = '10s' }: PeerConfigurationInput): object {
  const others = siblings.filter(({ id }) => id !== node.id);
  const bootstrap = others.length === 0 ? [node] : others;
  return {
    bootstrap: bootstrap.map(({ host, port }) => `${host}:${port}`),
    endpoint: `${node.host}:${node.port}`,
    externalEndpoint: `${node.host}:${node.port}`,
    useLeaderElection: false,
    orgLeader: true,
    membershipTrackerInterval: '5s',
    pullInterval: '1s',
    digestWaitTime: '200ms',
    requestWaitTime: '300ms',
    responseWaitTime: '500ms',
    requestStateInfoInterval: '1s',
    publishStateInfoInterval: '1s',
    publishCertPeriod: '2s',
    aliveTimeInterval: '1s',
    aliveExpirationTimeout: '10s',
    reconnectInterval: '2s',
    maxConnectionAttempts: 1800,
    msgExpirationFactor: 20,
    pvtData: {
      pullRetryThreshold,
      transientstoreMaxBlockRetention: 20_000,
      pushAckTimeout: '3s',
      btlPullMargin: 10,
      reconcileBatchSize: 10,
      reconcileSleepInterval,
      reconciliationEnabled: true,
      skipPullingInvalidTransactionsDuringCommit: true,
      implicitCollectionDisseminationPolicy: { requiredPeerCount: Math.min(1, others.length), maxPeerCount: Math.max(1, others.length) },
    },
    state: { enabled: false, checkInterval: '10s', responseTimeout: '3s', batchSize: 10, blockBufferSize: 20, maxRetries: 3 },
  };
}

function chaincodeSection({ ccaasBuilder, executeTimeoutMs = 30_000, batchMessages = true }: PeerConfigurationInput): object {
  return {
    externalBuilders: [{ name: 'ccaas_builder', path: ccaasBuilder, propagateEnvironment: ['CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG'] }],
    installTimeout: '300s',
    startuptimeout: '30s',
    executetimeout: `${executeTimeoutMs}ms`,
    mode: 'net',
    keepalive: 0,
    system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
    logging: { level: 'info', shim: 'warning' },
    runtimeParams: { useWriteBatch: batchMessages, maxSizeWriteBatch: 1000, useGetMultipleKeys: batchMessages, maxSizeGetMultipleKeys: 1000 },
  };
}

function ledgerSection(files: NodeFiles): object {
  return {
    state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
    history: { enableHistoryDatabase: true },
    pvtdataStore: {
      collElgProcMaxDbBatchSize: 5000,
      collElgProcDbBatchesInterval: 1000,
      deprioritizedDataReconcilerInterval: '60m',
      purgeInterval: 100,
      purgedKeyAuditLogging: true,
    },
    snapshots: { rootDir: join(files.data, 'snapshots') },
  };
}

function operationsSection({ node, files }: PeerConfigurationInput): object {
  return {
    listenAddress: `${node.listen}:${node.operationsPort}`,
    tls: {
      enabled: true,
      cert: { file: files.tlsCertificate },
      key: { file: files.tlsKey },
      clientAuthRequired: true,
      clientRootCAs: { files: [files.tlsCaCertificate] },
    },
  };
}
