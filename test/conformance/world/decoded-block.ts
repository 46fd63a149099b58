import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';

const { rwset } = ledger;

/** A signature with who made it. */
export interface SignedBy {
  /** `msp.SerializedIdentity`. */
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a transaction read and wrote in one namespace. */
export interface DecodedNamespace {
  readonly name: string;
  readonly reads: readonly string[];
  readonly writes: ReadonlyMap<string, { readonly value: Uint8Array; readonly isDelete: boolean }>;
  readonly ranges: number;
  readonly metadataWrites: readonly string[];
  readonly collections: readonly { readonly name: string; readonly hashedReads: number; readonly hashedWrites: ledger.rwset.kvrwset.KVWriteHash[] }[];
}

/** An endorsed transaction taken apart. */
export interface DecodedTransaction {
  readonly txId: string;
  readonly code: number;
  readonly type: number;
  readonly channel: string;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
  /** The bytes that the creator signed. */
  readonly payload: Uint8Array;
  readonly endorsed: DecodedEndorsement | undefined;
}

/** The endorsed part of a transaction. */
export interface DecodedEndorsement {
  readonly chaincode: string;
  readonly args: readonly string[];
  /** The bytes that endorsers signed together with their identity. */
  readonly responsePayload: Uint8Array;
  readonly proposalHash: Uint8Array;
  readonly response: { readonly status: number; readonly payload: Uint8Array };
  readonly event: { readonly name: string; readonly payload: Uint8Array } | undefined;
  readonly endorsements: readonly SignedBy[];
  readonly namespaces: readonly DecodedNamespace[];
}

/** The header of a block. */
export interface DecodedHeader {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
}

/** The header; throws where the block has none. */
export function decodeHeader(block: common.Block): DecodedHeader {
  const header = block.getHeader();
  if (header === undefined) {
    throw new Error('the block has no header');
  }
  return { number: header.getNumber(), previousHash: header.getPreviousHash_asU8(), dataHash: header.getDataHash_asU8() };
}

/** Metadata of a block by index, the raw bytes. */
export function metadataOf(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array();
}

/** Every transaction of a block. */
export function decodeTransactions(block: common.Block): readonly DecodedTransaction[] {
  const flags = metadataOf(block, common.BlockMetadataIndex.TRANSACTIONS_FILTER);
  return (block.getData()?.getDataList_asU8() ?? []).map((bytes, index) => decodeEnvelope(bytes, flags[index] ?? 255));
}

/** MSP ids of identities. */
export function mspIdsOf(signatures: readonly SignedBy[]): readonly string[] {
  return signatures.map(({ identity }) => msp.SerializedIdentity.deserializeBinary(identity).getMspid()).sort();
}

/** One transaction's envelope. */
export function decodeEnvelope(bytes: Uint8Array, code: number): DecodedTransaction {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array());
  const signatureHeader = common.SignatureHeader.deserializeBinary(payload.getHeader()?.getSignatureHeader_asU8() ?? new Uint8Array());
  return {
    txId: channelHeader.getTxId(),
    code,
    type: channelHeader.getType(),
    channel: channelHeader.getChannelId(),
    creator: signatureHeader.getCreator_asU8(),
    nonce: signatureHeader.getNonce_asU8(),
    signature: envelope.getSignature_asU8(),
    payload: envelope.getPayload_asU8(),
    endorsed: channelHeader.getType() === common.HeaderType.ENDORSER_TRANSACTION ? decodeEndorsed(payload.getData_asU8()) : undefined,
  };
}

function decodeEndorsed(data: Uint8Array): DecodedEndorsement {
  const [action] = peer.Transaction.deserializeBinary(data).getActionsList();
  const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array());
  const endorsed = actionPayload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const proposalResponse = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  const chaincodeAction = peer.ChaincodeAction.deserializeBinary(proposalResponse.getExtension_asU8());
  const response = chaincodeAction.getResponse() ?? new peer.Response();
  return {
    chaincode: chaincodeAction.getChaincodeId()?.getName() ?? '',
    args: argumentsOf(actionPayload.getChaincodeProposalPayload_asU8()),
    responsePayload,
    proposalHash: proposalResponse.getProposalHash_asU8(),
    response: { status: response.getStatus(), payload: response.getPayload_asU8() },
    event: decodeEvent(chaincodeAction.getEvents_asU8()),
    endorsements: endorsed.getEndorsementsList().map((one) => ({ identity: one.getEndorser_asU8(), signature: one.getSignature_asU8() })),
    namespaces: rwset.TxReadWriteSet.deserializeBinary(chaincodeAction.getResults_asU8()).getNsRwsetList().map(decodeNamespace),
  };
}

function argumentsOf(proposalPayload: Uint8Array): readonly string[] {
  const input = peer.ChaincodeProposalPayload.deserializeBinary(proposalPayload).getInput_asU8();
  const args = peer.ChaincodeInvocationSpec.deserializeBinary(input).getChaincodeSpec()?.getInput()?.getArgsList_asU8() ?? [];
  return args.map((arg) => Buffer.from(arg).toString());
}

function decodeEvent(bytes: Uint8Array): DecodedEndorsement['event'] {
  if (bytes.length === 0) {
    return undefined;
  }
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return { name: event.getEventName(), payload: event.getPayload_asU8() };
}

function decodeNamespace(namespace: ledger.rwset.NsReadWriteSet): DecodedNamespace {
  const set = rwset.kvrwset.KVRWSet.deserializeBinary(namespace.getRwset_asU8());
  return {
    name: namespace.getNamespace(),
    reads: set.getReadsList().map((read) => read.getKey()),
    writes: new Map(set.getWritesList().map((write) => [write.getKey(), { value: write.getValue_asU8(), isDelete: write.getIsDelete() }])),
    ranges: set.getRangeQueriesInfoList().length,
    metadataWrites: set.getMetadataWritesList().map((write) => write.getKey()),
    collections: namespace.getCollectionHashedRwsetList().map((collection) => {
      const hashed = rwset.kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
      return { name: collection.getCollectionName(), hashedReads: hashed.getHashedReadsList().length, hashedWrites: hashed.getHashedWritesList() };
    }),
  };
}
