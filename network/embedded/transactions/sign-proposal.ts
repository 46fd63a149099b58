import { common, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { randomBytes } from 'node:crypto';
import type { SigningIdentity } from '../../identities/index.js';
import { transactionId } from './transaction-id.js';

/** Makes and signs a proposal as a client does: for the transactions that the network makes itself. */
export function signProposal(
  channel: string,
  chaincodeName: string,
  args: readonly Uint8Array[],
  creator: SigningIdentity,
): peer.SignedProposal {
  const proposal = new peer.Proposal();
  proposal.setHeader(header(channel, chaincodeName, creator).serializeBinary());
  proposal.setPayload(payload(chaincodeName, args));
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(creator.sign(signed.getProposalBytes_asU8()));
  return signed;
}

function header(channel: string, chaincodeName: string, creator: SigningIdentity): common.Header {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(chaincodeName);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId);
  return transactionHeader(common.HeaderType.ENDORSER_TRANSACTION, channel, creator, extension.serializeBinary());
}

/** A fresh header of the creator's: nonce, transaction id and the time of now. */
export function transactionHeader(type: number, channel: string, creator: SigningIdentity, extension?: Uint8Array): common.Header {
  const nonce = randomBytes(24);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(type);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(transactionId(nonce, creator.serialize()));
  channelHeader.setTimestamp(timestamps.Timestamp.fromDate(new Date()));
  if (extension) channelHeader.setExtension$(extension);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator.serialize());
  signatureHeader.setNonce(nonce);
  const result = new common.Header();
  result.setChannelHeader(channelHeader.serializeBinary());
  result.setSignatureHeader(signatureHeader.serializeBinary());
  return result;
}

function payload(chaincodeName: string, args: readonly Uint8Array[]): Uint8Array {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(chaincodeName);
  const input = new peer.ChaincodeInput();
  input.setArgsList([...args]);
  const specification = new peer.ChaincodeSpec();
  specification.setChaincodeId(chaincodeId);
  specification.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(specification);
  const result = new peer.ChaincodeProposalPayload();
  result.setInput(invocation.serializeBinary());
  return result.serializeBinary();
}
