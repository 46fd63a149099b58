import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import type { SignedData } from '../membership.js';

/** A proposal that cannot be taken apart; the message is Fabric's. */
export class MalformedProposal extends Error {
  override readonly name = 'MalformedProposal';
}

/** A signed proposal taken apart once; every endorser of this process works on the same parts. */
export interface UnpackedProposal {
  readonly signed: peer.SignedProposal;
  readonly channelId: string;
  readonly txId: string;
  readonly headerType: number;
  readonly epoch: number;
  /** Milliseconds since 1970; undefined where the client sent none. */
  readonly timestamp: number | undefined;
  readonly nonce: Uint8Array;
  readonly creator: Uint8Array;
  /** `common.Header` as the client serialised it: its parts go into the transaction unchanged. */
  readonly header: common.Header;
  /** The chaincode that the channel header's extension names, which is the one that endorsers run; empty where `fault` says why. */
  readonly chaincodeName: string;
  /** The chaincode of the payload, by which gateways find endorsers. */
  readonly requestedChaincode: string;
  /** What endorsers, but not gateways, refuse in the channel header's extension and in the payload. */
  readonly fault: string | undefined;
  /** What gateways refuse to evaluate, before any endorser is asked. */
  readonly evaluationFault: string | undefined;
  readonly input: peer.ChaincodeInput;
  /** `ChaincodeProposalPayload` without the transient map, as it goes into the transaction. */
  readonly publicPayload: Uint8Array;
  readonly hasTransientData: boolean;
  readonly hash: Uint8Array;
}

/** Takes a signed proposal apart. Throws {@link MalformedProposal}. */
export function unpackProposal(signed: peer.SignedProposal): UnpackedProposal {
  try {
    return unpack(signed);
  } catch (cause) {
    throw new MalformedProposal('error unmarshalling Proposal: proto: cannot parse invalid wire-format data', { cause });
  }
}

function unpack(signed: peer.SignedProposal): UnpackedProposal {
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
  const hasTransientData = payload.getTransientmapMap().getLength() > 0;
  const publicPayload = withoutTransientMap(payload);
  const chaincodeId = peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()).getChaincodeId();
  const specification = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()).getChaincodeSpec();
  return {
    signed,
    channelId: channelHeader.getChannelId(),
    txId: channelHeader.getTxId(),
    headerType: channelHeader.getType(),
    epoch: channelHeader.getEpoch(),
    timestamp: channelHeader.getTimestamp()?.toDate().getTime(),
    nonce: signatureHeader.getNonce_asU8(),
    creator: signatureHeader.getCreator_asU8(),
    header,
    chaincodeName: chaincodeId?.getName() ?? '',
    requestedChaincode: specification?.getChaincodeId()?.getName() ?? '',
    fault: faultOf(chaincodeId, specification),
    evaluationFault: evaluationFaultOf(specification),
    input: specification?.getInput() ?? new peer.ChaincodeInput(),
    publicPayload,
    hasTransientData,
    hash: proposalHash(header.getChannelHeader_asU8(), header.getSignatureHeader_asU8(), publicPayload),
  };
}

function faultOf(chaincodeId: peer.ChaincodeID | undefined, specification: peer.ChaincodeSpec | undefined): string | undefined {
  if (!chaincodeId) return 'ChaincodeHeaderExtension.ChaincodeId is nil';
  if (chaincodeId.getName() === '') return 'ChaincodeHeaderExtension.ChaincodeId.Name is empty';
  if (!specification) return 'chaincode invocation spec did not contain chaincode spec';
  return specification.hasInput() ? undefined : 'chaincode input did not contain any input';
}

function evaluationFaultOf(specification: peer.ChaincodeSpec | undefined): string | undefined {
  if (!specification) return 'no chaincode spec is provided';
  if (!specification.hasChaincodeId()) return 'no chaincode id is provided';
  return specification.getChaincodeId()?.getName() === '' ? 'no chaincode name is provided' : undefined;
}

function withoutTransientMap(payload: peer.ChaincodeProposalPayload): Uint8Array {
  const visible = new peer.ChaincodeProposalPayload();
  visible.setInput(payload.getInput_asU8());
  return visible.serializeBinary();
}

/** What endorsers sign instead of the proposal: everything of it that stands in the block. */
export function proposalHash(channelHeader: Uint8Array, signatureHeader: Uint8Array, publicPayload: Uint8Array): Uint8Array {
  return createHash('sha256').update(channelHeader).update(signatureHeader).update(publicPayload).digest();
}

/** The proposal as signed data, for policies that ask who made it. */
export function proposalSignature(proposal: UnpackedProposal): SignedData {
  return {
    data: proposal.signed.getProposalBytes_asU8(),
    identity: proposal.creator,
    signature: proposal.signed.getSignature_asU8(),
  };
}
