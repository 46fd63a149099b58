import { common, peer } from '@hyperledger/fabric-protos';

/** A transaction of a block as event services look at it. */
export interface BlockTransaction {
  readonly channelHeader: common.ChannelHeader;
  readonly validationCode: number;
  /** Serialised `peer.Transaction` of an endorser transaction. */
  readonly data: Uint8Array;
}

/** The block's transactions; envelopes that cannot be read are left out. */
export function transactionsOf(block: common.Block): BlockTransaction[] {
  const codes = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  const envelopes = block.getData()?.getDataList_asU8() ?? [];
  return envelopes.flatMap((bytes, index) => {
    try {
      const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
      const header = payload.getHeader();
      if (!header) return [];
      const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
      const validationCode = codes?.[index] ?? peer.TxValidationCode.INVALID_OTHER_REASON;
      return [{ channelHeader, validationCode, data: payload.getData_asU8() }];
    } catch {
      return [];
    }
  });
}

/** The events that a transaction's chaincodes set: one at most per action. */
export function chaincodeEvents(transaction: BlockTransaction): peer.ChaincodeEvent[] {
  if (transaction.channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return [];
  try {
    return peer.Transaction.deserializeBinary(transaction.data).getActionsList().flatMap(eventOf);
  } catch {
    return [];
  }
}

function eventOf(action: peer.TransactionAction): peer.ChaincodeEvent[] {
  const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction();
  if (!endorsed) return [];
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed.getProposalResponsePayload_asU8());
  const bytes = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getEvents_asU8();
  if (bytes.length === 0) return [];
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return event.getChaincodeId() === '' ? [] : [event];
}
