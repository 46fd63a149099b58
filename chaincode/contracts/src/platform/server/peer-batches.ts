import { peer } from '@hyperledger/fabric-protos';

/** What a peer offers beyond one message per key, as it says in its READY message. Zero where it does not. */
export interface PeerOffer {
  /** Most writes in one WRITE_BATCH_STATE. */
  readonly writes: number;
  /** Most keys in one GET_STATE_MULTIPLE. */
  readonly keys: number;
}

/** What an older peer offers: nothing. */
export const NO_OFFER: PeerOffer = { writes: 0, keys: 0 };

/** Reads the payload of a READY message; an older peer's is empty. */
export function readOffer(payload: Uint8Array): PeerOffer {
  const parameters = peer.ChaincodeAdditionalParams.deserializeBinary(payload);
  return {
    writes: parameters.getUseWriteBatch() ? parameters.getMaxSizeWriteBatch() : 0,
    keys: parameters.getUseGetMultipleKeys() ? parameters.getMaxSizeGetMultipleKeys() : 0,
  };
}

/** Which transaction a message belongs to. */
export interface TransactionRef {
  readonly channelId: string;
  readonly txId: string;
}

/** Writes in the order in which the transaction made them. */
export function writeBatchMessage(transaction: TransactionRef, records: readonly peer.WriteRecord[]): peer.ChaincodeMessage {
  const batch = new peer.WriteBatchState();
  batch.setRecList([...records]);
  return message(transaction, peer.ChaincodeMessage.Type.WRITE_BATCH_STATE, batch.serializeBinary());
}

/** Asks for several keys of the public state (collection empty) or of a collection. */
export function getMultipleMessage(transaction: TransactionRef, collection: string, keys: readonly string[]): peer.ChaincodeMessage {
  const request = new peer.GetStateMultiple();
  request.setKeysList([...keys]);
  request.setCollection(collection);
  return message(transaction, peer.ChaincodeMessage.Type.GET_STATE_MULTIPLE, request.serializeBinary());
}

/** The values in the order of the keys; empty where there is none. */
export function readMultiple(payload: Uint8Array): readonly Uint8Array[] {
  return peer.GetStateMultipleResult.deserializeBinary(payload).getValuesList_asU8();
}

/** One write; `value` for a put, `metadata` for a key-level policy, neither for a deletion or a purge. */
export function writeRecord(
  type: 'PUT_STATE' | 'DEL_STATE' | 'PURGE_PRIVATE_DATA' | 'PUT_STATE_METADATA',
  collection: string,
  key: string,
  content: { readonly value?: Uint8Array; readonly metadata?: { readonly name: string; readonly value: Uint8Array } } = {},
): peer.WriteRecord {
  const record = new peer.WriteRecord();
  record.setType(peer.WriteRecord.Type[type]);
  record.setCollection(collection);
  record.setKey(key);
  if (content.value !== undefined) record.setValue(content.value);
  if (content.metadata !== undefined) record.setMetadata(stateMetadata(content.metadata));
  return record;
}

function stateMetadata({ name, value }: { readonly name: string; readonly value: Uint8Array }): peer.StateMetadata {
  const metadata = new peer.StateMetadata();
  metadata.setMetakey(name);
  metadata.setValue(value);
  return metadata;
}

function message({ channelId, txId }: TransactionRef, type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap], payload: Uint8Array): peer.ChaincodeMessage {
  const result = new peer.ChaincodeMessage();
  result.setType(type);
  result.setPayload(payload);
  result.setChannelId(channelId);
  result.setTxid(txId);
  return result;
}
