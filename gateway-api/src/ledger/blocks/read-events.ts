import { common, peer } from '@hyperledger/fabric-protos';

/** The event of one valid transaction. */
export interface BlockEvent {
  readonly transactionId: string;
  /** The transaction's time, as the chaincode saw it. */
  readonly at: Date;
  readonly chaincode: string;
  readonly name: string;
  readonly payload: Uint8Array;
}

const VALID = 0;
const nothing = new Uint8Array();

/** The chaincode events of a block in the order of its transactions; of invalid ones none. */
export function readEvents(bytes: Uint8Array): readonly BlockEvent[] {
  const block = common.Block.deserializeBinary(bytes);
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();

  return (block.getData()?.getDataList_asU8() ?? []).flatMap((envelope, place) => (codes[place] === VALID ? eventOf(envelope) : []));
}

function eventOf(envelope: Uint8Array): readonly BlockEvent[] {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? nothing);
  const event = header.getType() === common.HeaderType.ENDORSER_TRANSACTION ? emittedBy(payload.getData_asU8()) : undefined;
  if (event === undefined || event.getEventName() === '') return [];

  return [{ transactionId: header.getTxId(), at: header.getTimestamp()?.toDate() ?? new Date(0), chaincode: event.getChaincodeId(), name: event.getEventName(), payload: event.getPayload_asU8() }];
}

function emittedBy(transaction: Uint8Array): peer.ChaincodeEvent {
  const [action] = peer.Transaction.deserializeBinary(transaction).getActionsList();
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? nothing).getAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? nothing);

  return peer.ChaincodeEvent.deserializeBinary(peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getEvents_asU8());
}
