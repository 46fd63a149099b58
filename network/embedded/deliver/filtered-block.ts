import { common, peer } from '@hyperledger/fabric-protos';
import { chaincodeEvents, transactionsOf } from '../blocks/block-transactions.js';
import type { BlockTransaction } from '../blocks/block-transactions.js';

/** A block reduced to ids, codes and the names of events, for clients that need not see more. */
export function filteredBlock(block: common.Block, channel: string): peer.FilteredBlock {
  const filtered = new peer.FilteredBlock();
  filtered.setChannelId(channel);
  filtered.setNumber(block.getHeader()?.getNumber() ?? 0);
  filtered.setFilteredTransactionsList(transactionsOf(block).map(filteredTransaction));
  return filtered;
}

function filteredTransaction(transaction: BlockTransaction): peer.FilteredTransaction {
  const type = transaction.channelHeader.getType();
  const filtered = new peer.FilteredTransaction();
  filtered.setTxid(transaction.channelHeader.getTxId());
  filtered.setType(type as common.HeaderTypeMap[keyof common.HeaderTypeMap]);
  filtered.setTxValidationCode(transaction.validationCode as peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]);
  if (type === common.HeaderType.ENDORSER_TRANSACTION) {
    const actions = new peer.FilteredTransactionActions();
    actions.setChaincodeActionsList(chaincodeEvents(transaction).map(withoutPayload));
    filtered.setTransactionActions(actions);
  }
  return filtered;
}

function withoutPayload(event: peer.ChaincodeEvent): peer.FilteredChaincodeAction {
  const visible = new peer.ChaincodeEvent();
  visible.setTxId(event.getTxId());
  visible.setChaincodeId(event.getChaincodeId());
  visible.setEventName(event.getEventName());
  const action = new peer.FilteredChaincodeAction();
  action.setChaincodeEvent(visible);
  return action;
}
