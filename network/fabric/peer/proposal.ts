import { createHash, randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import timestamp from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { SigningIdentity } from '../../identities/index.js';

/** A call of a chaincode at one peer. */
export interface Invocation {
  /** Empty for what concerns the peer and no channel. */
  readonly channel: string;
  readonly chaincode: string;
  readonly args: readonly (string | Uint8Array)[];
}

const NONCE_BYTES = 24;

/** Builds a proposal and signs it. */
export function signedProposal(signer: SigningIdentity, { channel, chaincode, args }: Invocation): peer.SignedProposal {
  const nonce = randomBytes(NONCE_BYTES);
  const creator = signer.serialize();
  const header = new common.Header();
  header.setChannelHeader(channelHeader(channel, chaincode, createHash('sha256').update(nonce).update(creator).digest('hex')));
  header.setSignatureHeader(signatureHeader(creator, nonce));
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload(chaincode, args));
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  signed.setSignature(signer.sign(signed.getProposalBytes_asU8()));
  return signed;
}

/** `common.SignatureHeader`, serialised: who signs, and a number that is used once. */
export function signatureHeader(creator: Uint8Array, nonce: Uint8Array = randomBytes(NONCE_BYTES)): Uint8Array {
  const header = new common.SignatureHeader();
  header.setCreator(creator);
  header.setNonce(nonce);
  return header.serializeBinary();
}

function channelHeader(channel: string, chaincode: string, txId: string): Uint8Array {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(chaincode));
  const header = new common.ChannelHeader();
  header.setType(common.HeaderType.ENDORSER_TRANSACTION);
  header.setTxId(txId);
  header.setTimestamp(timestamp.Timestamp.fromDate(new Date()));
  header.setChannelId(channel);
  header.setExtension$(extension.serializeBinary());
  return header.serializeBinary();
}

function payload(chaincode: string, args: readonly (string | Uint8Array)[]): Uint8Array {
  const input = new peer.ChaincodeInput();
  input.setArgsList(args.map((arg) => (typeof arg === 'string' ? Buffer.from(arg) : arg)));
  const specification = new peer.ChaincodeSpec();
  specification.setType(peer.ChaincodeSpec.Type.GOLANG);
  specification.setChaincodeId(chaincodeId(chaincode));
  specification.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(specification);
  const content = new peer.ChaincodeProposalPayload();
  content.setInput(invocation.serializeBinary());
  return content.serializeBinary();
}

function chaincodeId(name: string): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  return id;
}
