import { common, discovery, gossip, msp, peer } from '@hyperledger/fabric-protos';
import type { PeerClient } from './peer-client.js';

/** What a peer says about its copy of a channel. */
export interface ChainHeight {
  readonly height: number;
  /** Hash of the newest block, hexadecimal. */
  readonly currentBlockHash: string;
}

/** A peer of the channel as another one sees it. */
export interface DiscoveredPeer {
  readonly mspId: string;
  /** `host:port`, empty where the peer has not said it yet. */
  readonly endpoint: string;
  readonly height: number;
  /** Names of the chaincodes that it runs with a committed definition. */
  readonly chaincodes: readonly string[];
}

/** Joins the peer to the channel of a genesis or configuration block. */
export async function joinChannel(client: PeerClient, block: Uint8Array): Promise<void> {
  await client.call({ channel: '', chaincode: 'cscc', args: ['JoinChain', block] });
}

/** Joins the peer to a channel by a snapshot that lies in a folder of the peer's host: it has no blocks of before. */
export async function joinChannelBySnapshot(client: PeerClient, folder: string): Promise<void> {
  await client.call({ channel: '', chaincode: 'cscc', args: ['JoinChainBySnapshot', folder] });
}

/** The channels that the peer has joined. */
export async function joinedChannels(client: PeerClient): Promise<readonly string[]> {
  const payload = await client.call({ channel: '', chaincode: 'cscc', args: ['GetChannels'] });
  return peer.ChannelQueryResponse.deserializeBinary(payload)
    .getChannelsList()
    .map((channel) => channel.getChannelId());
}

/** The newest configuration block that the peer has committed. */
export async function configurationBlock(client: PeerClient, channel: string): Promise<common.Block> {
  return common.Block.deserializeBinary(await client.call({ channel, chaincode: 'cscc', args: ['GetConfigBlock', channel] }));
}

export async function chainHeight(client: PeerClient, channel: string): Promise<ChainHeight> {
  const info = common.BlockchainInfo.deserializeBinary(await client.call({ channel, chaincode: 'qscc', args: ['GetChainInfo', channel] }));
  return { height: info.getHeight(), currentBlockHash: Buffer.from(info.getCurrentblockhash_asU8()).toString('hex') };
}

export async function blockByNumber(client: PeerClient, channel: string, number: number): Promise<common.Block> {
  return common.Block.deserializeBinary(await client.call({ channel, chaincode: 'qscc', args: ['GetBlockByNumber', channel, String(number)] }));
}

/** The channel's peers that this peer knows and takes for alive. */
export async function discoverPeers(client: PeerClient, channel: string): Promise<readonly DiscoveredPeer[]> {
  const query = new discovery.Query();
  query.setChannel(channel);
  query.setPeerQuery(new discovery.PeerMembershipQuery());
  const members = (await client.discover(query)).getMembers();
  const found: DiscoveredPeer[] = [];
  members?.getPeersByOrgMap().forEach((peers) => {
    found.push(...peers.getPeersList().map(readPeer));
  });
  return found;
}

function readPeer(found: discovery.Peer): DiscoveredPeer {
  const state = readGossip(found.getStateInfo())?.getStateInfo()?.getProperties() ?? new gossip.Properties();
  const alive = readGossip(found.getMembershipInfo())?.getAliveMsg() ?? new gossip.AliveMessage();
  return {
    mspId: msp.SerializedIdentity.deserializeBinary(found.getIdentity_asU8()).getMspid(),
    endpoint: alive.getMembership()?.getEndpoint() ?? '',
    height: state.getLedgerHeight(),
    chaincodes: state.getChaincodesList().map((chaincode) => chaincode.getName()),
  };
}

function readGossip(envelope: gossip.Envelope | undefined): gossip.GossipMessage | undefined {
  return envelope === undefined ? undefined : gossip.GossipMessage.deserializeBinary(envelope.getPayload_asU8());
}
