import { renderYaml } from '../nodes/commented-yaml.js';
import { type OrdererNode, type PeerNode, peersOf, type Topology } from '../topology/topology.js';

/** Certificates and MSP folders that the channel's first configuration names; absolute paths. */
export interface ChannelMaterial {
  /** MSP folder of an organisation's peers. */
  readonly peerMsp: (peer: PeerNode) => string;
  readonly ordererMsp: (orderer: OrdererNode) => string;
  /** The orderer's identity certificate: BFT consenters are known by it. */
  readonly ordererIdentity: (orderer: OrdererNode) => string;
  readonly ordererTls: (orderer: OrdererNode) => string;
}

/** Name of the profile in the `configtx.yaml`. */
export const CHANNEL_PROFILE = 'Consortium';

/** The `configtx.yaml` from which `configtxgen` makes the channel's genesis block. */
export function channelConfiguration(topology: Topology, material: ChannelMaterial): string {
  const profile = {
    Policies: standardPolicies,
    Capabilities: { V3_0: true },
    Orderer: { ...ordererSection(topology, material), ...(topology.consensus === 'bft' ? bftSection(topology, material) : raftSection(topology, material)) },
    Application: applicationSection(topology, material),
  };
  return renderYaml(
    `Channel ${topology.channel}: what the consortium starts from. Generated; the channel's own configuration counts from then on.`,
    { Profiles: { [CHANNEL_PROFILE]: profile } },
    topology.consensus === 'bft' ? bftComments : {},
  );
}

const implicit = (rule: string): object => ({ Type: 'ImplicitMeta', Rule: rule });
const signature = (mspId: string, ...roles: string[]): object => ({ Type: 'Signature', Rule: `OR(${roles.map((role) => `'${mspId}.${role}'`).join(', ')})` });
const standardPolicies = { Readers: implicit('ANY Readers'), Writers: implicit('ANY Writers'), Admins: implicit('MAJORITY Admins') };

function applicationSection(topology: Topology, { peerMsp }: ChannelMaterial): object {
  const members = topology.peers.filter(({ index }) => index === 0);
  return {
    Policies: { ...standardPolicies, LifecycleEndorsement: implicit('MAJORITY Endorsement'), Endorsement: implicit('MAJORITY Endorsement') },
    Capabilities: { V2_5: true },
    Organizations: members.map((first) => ({
      Name: first.mspId,
      ID: first.mspId,
      MSPDir: peerMsp(first),
      Policies: {
        Readers: signature(first.mspId, 'admin', 'peer', 'client'),
        Writers: signature(first.mspId, 'admin', 'client'),
        Admins: signature(first.mspId, 'admin'),
        Endorsement: signature(first.mspId, 'peer'),
      },
      AnchorPeers: peersOf(topology, first.mspId).map(({ host, port }) => ({ Host: host, Port: port })),
    })),
  };
}

function ordererSection({ orderers, consensus, ordering }: Topology, { ordererMsp }: ChannelMaterial): object {
  return {
    OrdererType: consensus === 'bft' ? 'BFT' : 'etcdraft',
    BatchTimeout: `${ordering.batchTimeoutMs}ms`,
    BatchSize: { MaxMessageCount: ordering.maxMessageCount, AbsoluteMaxBytes: '10 MB', PreferredMaxBytes: ordering.preferredMaxBytes },
    Policies: { ...standardPolicies, BlockValidation: implicit('ANY Writers') },
    Capabilities: { V2_0: true },
    Organizations: orderers.map((orderer) => ({
      Name: orderer.mspId,
      ID: orderer.mspId,
      MSPDir: ordererMsp(orderer),
      Policies: { Readers: signature(orderer.mspId, 'member'), Writers: signature(orderer.mspId, 'member'), Admins: signature(orderer.mspId, 'admin') },
      OrdererEndpoints: [`${orderer.host}:${orderer.port}`],
    })),
  };
}

/**
 * A gateway hands each transaction to every orderer. With shorter intervals it happens more often that a block is decided
 * before all of them have been handed it, and then the gateway reports an ordered transaction as failed (`wasOrdered`).
 */
const MIN_BATCH_INTERVAL_MS = 200;

/** SmartBFT takes all of its options or none: one that is left out is zero, not a default. */
function bftSection({ orderers, ordering }: Topology, { ordererIdentity, ordererTls }: ChannelMaterial): object {
  return {
    ConsenterMapping: orderers.map((orderer, position) => ({
      ID: position + 1,
      Host: orderer.host,
      Port: orderer.port,
      MSPID: orderer.mspId,
      Identity: ordererIdentity(orderer),
      ClientTLSCert: ordererTls(orderer),
      ServerTLSCert: ordererTls(orderer),
    })),
    SmartBFT: {
      RequestBatchMaxInterval: `${Math.max(ordering.batchTimeoutMs, MIN_BATCH_INTERVAL_MS)}ms`,
      RequestForwardTimeout: '2s',
      RequestComplainTimeout: '20s',
      RequestAutoRemoveTimeout: '3m0s',
      ViewChangeResendInterval: '1s',
      ViewChangeTimeout: '3s',
      LeaderHeartbeatTimeout: '5s',
      LeaderHeartbeatCount: 10,
      CollectTimeout: '1s',
      IncomingMessageBufferSize: 1000,
      RequestPoolSize: 100_000,
    },
  };
}

const bftComments = {
  [`Profiles.${CHANNEL_PROFILE}.Orderer.BatchTimeout`]: 'Not read by SmartBFT, which cuts blocks by its RequestBatchMaxInterval, at most MaxMessageCount transactions each.',
  [`Profiles.${CHANNEL_PROFILE}.Orderer.SmartBFT`]: 'Complete: SmartBFT takes a missing option as zero.',
  [`Profiles.${CHANNEL_PROFILE}.Orderer.SmartBFT.LeaderHeartbeatTimeout`]: 'A leader that gives no sign of life for so long is replaced, looked at once a second: the time without blocks after a leader dies or is cut off.',
  [`Profiles.${CHANNEL_PROFILE}.Orderer.SmartBFT.RequestComplainTimeout`]: 'Plays no part when a leader dies. One that lives and does not order is replaced after RequestForwardTimeout and this; shorter, a leader that is only busy loses its place.',
  [`Profiles.${CHANNEL_PROFILE}.Orderer.SmartBFT.ViewChangeTimeout`]: 'Where the next leader is dead too, or lacks the last block, the one after it is tried after this; twice and three times as long for further ones, so a slow network is waited for.',
  [`Profiles.${CHANNEL_PROFILE}.Orderer.SmartBFT.RequestPoolSize`]: 'The default of 400 refuses transactions under load; changing it later needs a restart of every orderer.',
};

function raftSection({ orderers }: Topology, { ordererTls }: ChannelMaterial): object {
  return {
    EtcdRaft: {
      Consenters: orderers.map((orderer) => ({ Host: orderer.host, Port: orderer.port, ClientTLSCert: ordererTls(orderer), ServerTLSCert: ordererTls(orderer) })),
      Options: { TickInterval: '500ms', ElectionTick: 10, HeartbeatTick: 1, MaxInflightBlocks: 5, SnapshotIntervalSize: '16 MB' },
    },
  };
}
