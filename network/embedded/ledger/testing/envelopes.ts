import { common, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { newBlock } from '../block.js';

export const CHANNEL = 'testchannel';

/** An ordered transaction as a client assembles it, without signatures and endorsements. */
export function envelope(txId: string, results: Uint8Array, type: number = common.HeaderType.ENDORSER_TRANSACTION): Uint8Array {
  const payload = new common.Payload();
  payload.setHeader(header(txId, type));
  payload.setData(transaction(results).serializeBinary());
  const message = new common.Envelope();
  message.setPayload(payload.serializeBinary());

  return message.serializeBinary();
}

/** Transaction id of the genesis block's configuration. */
export const GENESIS_TX = 'genesis';

/** A genesis block with one configuration transaction of no content. */
export function genesisBlock(channel = CHANNEL): common.Block {
  const payload = new common.Payload();
  payload.setHeader(header(GENESIS_TX, common.HeaderType.CONFIG, channel));
  const message = new common.Envelope();
  message.setPayload(payload.serializeBinary());

  return newBlock(0, new Uint8Array(0), [message.serializeBinary()]);
}

function header(txId: string, type: number, channel = CHANNEL): common.Header {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(type);
  channelHeader.setChannelId(channel);
  channelHeader.setTxId(txId);
  const timestamp = new timestamps.Timestamp();
  timestamp.fromDate(new Date(Date.UTC(2026, 10, 21)));
  channelHeader.setTimestamp(timestamp);
  const message = new common.Header();
  message.setChannelHeader(channelHeader.serializeBinary());

  return message;
}

function transaction(results: Uint8Array): peer.Transaction {
  const chaincodeAction = new peer.ChaincodeAction();
  chaincodeAction.setResults(results);
  const response = new peer.ProposalResponsePayload();
  response.setExtension$(chaincodeAction.serializeBinary());
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(response.serializeBinary());
  const payload = new peer.ChaincodeActionPayload();
  payload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setPayload(payload.serializeBinary());
  const message = new peer.Transaction();
  message.setActionsList([action]);

  return message;
}
