import { common, type msp, orderer, peer } from '@hyperledger/fabric-protos';
import { wrapMspConfiguration } from '../../identities/index.js';
import { capabilities, configGroup, implicitMetaPolicy, type Serializable, signaturePolicy } from './config-group.js';

/** A member organisation: its MSP and where other organisations' peers find it. */
export interface MemberConfiguration {
  readonly msp: msp.FabricMSPConfig;
  readonly anchorPeers?: readonly { readonly host: string; readonly port: number }[];
}

/** An ordering organisation: its MSP and the addresses (`host:port`) of its orderers. */
export interface OrdererConfiguration {
  readonly msp: msp.FabricMSPConfig;
  readonly endpoints: readonly string[];
}

/** What a channel starts with. */
export interface ChannelConfiguration {
  readonly members: readonly MemberConfiguration[];
  readonly orderers: readonly OrdererConfiguration[];
  readonly batch: { readonly maxMessageCount: number; readonly absoluteMaxBytes: number; readonly preferredMaxBytes: number; readonly timeoutMs: number };
  /** Resource name (for example `peer/Propose`) to policy path, where it differs from Fabric's default. */
  readonly accessControl?: Readonly<Record<string, string>>;
}

/** The Merkle tree's width for block data: the only one that Fabric knows, which makes the data hash a plain hash. */
const BLOCK_DATA_WIDTH = 0xffffffff;

/** The configuration that Fabric's own tool makes of the same facts: groups by MSP id, `Admins` may change each element. */
export function buildChannelConfig(configuration: ChannelConfiguration): common.Config {
  const hashing = new common.HashingAlgorithm();
  hashing.setName('SHA256');
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(BLOCK_DATA_WIDTH);
  const config = new common.Config();
  config.setSequence(0);
  config.setChannelGroup(
    configGroup({
      policies: metaPolicies(),
      values: { HashingAlgorithm: hashing, BlockDataHashingStructure: structure, Capabilities: capabilities('V3_0') },
      groups: { Application: applicationGroup(configuration), Orderer: ordererGroup(configuration) },
    }),
  );
  return config;
}

function applicationGroup({ members, accessControl }: ChannelConfiguration): common.ConfigGroup {
  const endorsement = { Endorsement: implicitMetaPolicy('MAJORITY Endorsement'), LifecycleEndorsement: implicitMetaPolicy('MAJORITY Endorsement') };
  return configGroup({
    policies: { ...metaPolicies(), ...endorsement },
    values: { Capabilities: capabilities('V2_5'), ...(accessControl === undefined ? {} : { ACLs: accessControlList(accessControl) }) },
    groups: Object.fromEntries(members.map((member) => [member.msp.getName(), memberGroup(member)])),
  });
}

function memberGroup({ msp: mspConfig, anchorPeers = [] }: MemberConfiguration): common.ConfigGroup {
  const id = mspConfig.getName();
  const anchors: Record<string, Serializable> = anchorPeers.length === 0 ? {} : { AnchorPeers: anchorPeerList(anchorPeers) };
  return configGroup({
    policies: {
      Readers: signaturePolicy(`OR('${id}.admin', '${id}.peer', '${id}.client')`),
      Writers: signaturePolicy(`OR('${id}.admin', '${id}.client')`),
      Admins: signaturePolicy(`OR('${id}.admin')`),
      Endorsement: signaturePolicy(`OR('${id}.peer')`),
    },
    values: { MSP: wrapMspConfiguration(mspConfig), ...anchors },
  });
}

function ordererGroup({ orderers, batch }: ChannelConfiguration): common.ConfigGroup {
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(batch.maxMessageCount);
  size.setAbsoluteMaxBytes(batch.absoluteMaxBytes);
  size.setPreferredMaxBytes(batch.preferredMaxBytes);
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(`${batch.timeoutMs}ms`);
  const consensus = new orderer.ConsensusType();
  // The embedded orderer is alone; `solo` is Fabric's name for that and needs no list of consenters.
  consensus.setType('solo');
  return configGroup({
    policies: { ...metaPolicies(), BlockValidation: implicitMetaPolicy('ANY Writers') },
    values: { BatchSize: size, BatchTimeout: timeout, ChannelRestrictions: new orderer.ChannelRestrictions(), ConsensusType: consensus, Capabilities: capabilities('V2_0') },
    groups: Object.fromEntries(orderers.map((entry) => [entry.msp.getName(), ordererOrganisationGroup(entry)])),
  });
}

function ordererOrganisationGroup({ msp: mspConfig, endpoints }: OrdererConfiguration): common.ConfigGroup {
  const id = mspConfig.getName();
  const addresses = new common.OrdererAddresses();
  addresses.setAddressesList([...endpoints]);
  return configGroup({
    policies: {
      Readers: signaturePolicy(`OR('${id}.member')`),
      Writers: signaturePolicy(`OR('${id}.member')`),
      Admins: signaturePolicy(`OR('${id}.admin')`),
    },
    values: { MSP: wrapMspConfiguration(mspConfig), Endpoints: addresses },
  });
}

function metaPolicies(): Record<string, common.Policy> {
  return { Readers: implicitMetaPolicy('ANY Readers'), Writers: implicitMetaPolicy('ANY Writers'), Admins: implicitMetaPolicy('MAJORITY Admins') };
}

function anchorPeerList(anchors: readonly { readonly host: string; readonly port: number }[]): peer.AnchorPeers {
  const list = new peer.AnchorPeers();
  for (const { host, port } of anchors) {
    const anchor = new peer.AnchorPeer();
    anchor.setHost(host);
    anchor.setPort(port);
    list.addAnchorPeers(anchor);
  }
  return list;
}

function accessControlList(entries: Readonly<Record<string, string>>): peer.ACLs {
  const list = new peer.ACLs();
  for (const [resource, path] of Object.entries(entries)) {
    const entry = new peer.APIResource();
    entry.setPolicyRef(path);
    list.getAclsMap().set(resource, entry);
  }
  return list;
}
