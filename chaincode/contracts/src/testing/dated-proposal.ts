import { common, gateway, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';

/** The bytes of an unsigned proposal with another time than the client's clock says. */
export function datedProposal(bytes: Uint8Array, time: Date): Uint8Array {
  const proposed = gateway.ProposedTransaction.deserializeBinary(bytes);
  const proposal = peer.Proposal.deserializeBinary(proposed.getProposal()?.getProposalBytes_asU8() ?? new Uint8Array());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  channelHeader.setTimestamp(timestamps.Timestamp.fromDate(time));
  header.setChannelHeader(channelHeader.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  const unsigned = new peer.SignedProposal();
  unsigned.setProposalBytes(proposal.serializeBinary());
  proposed.setProposal(unsigned);
  return proposed.serializeBinary();
}
