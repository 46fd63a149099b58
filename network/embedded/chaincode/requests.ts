import { peer } from '@hyperledger/fabric-protos';
import type { Execution } from './execution.js';
import { invokeChaincode } from './invoke-request.js';
import { getHistoryForKey, getQueryResult, getStateByRange, queryStateClose, queryStateNext } from './query-requests.js';
import {
  deleteState,
  getPrivateDataHash,
  getState,
  getStateMetadata,
  getStateMultiple,
  purgePrivateData,
  putState,
  putStateMetadata,
  writeBatch,
} from './state-requests.js';

/** The peer's answer to a chaincode's message: the payload of its RESPONSE, or a throw that becomes an ERROR. */
export type ChaincodeRequest = (execution: Execution, payload: Uint8Array) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

const Type = peer.ChaincodeMessage.Type;

const requests: ReadonlyMap<number, NamedRequest> = new Map([
  [Type.GET_STATE, { name: 'GET_STATE', answer: getState }],
  [Type.GET_STATE_MULTIPLE, { name: 'GET_STATE_MULTIPLE', answer: getStateMultiple }],
  [Type.GET_PRIVATE_DATA_HASH, { name: 'GET_PRIVATE_DATA_HASH', answer: getPrivateDataHash }],
  [Type.GET_STATE_METADATA, { name: 'GET_STATE_METADATA', answer: getStateMetadata }],
  [Type.GET_STATE_BY_RANGE, { name: 'GET_STATE_BY_RANGE', answer: getStateByRange }],
  [Type.GET_QUERY_RESULT, { name: 'GET_QUERY_RESULT', answer: getQueryResult }],
  [Type.GET_HISTORY_FOR_KEY, { name: 'GET_HISTORY_FOR_KEY', answer: getHistoryForKey }],
  [Type.QUERY_STATE_NEXT, { name: 'QUERY_STATE_NEXT', answer: queryStateNext }],
  [Type.QUERY_STATE_CLOSE, { name: 'QUERY_STATE_CLOSE', answer: queryStateClose }],
  [Type.PUT_STATE, { name: 'PUT_STATE', answer: putState }],
  [Type.DEL_STATE, { name: 'DEL_STATE', answer: deleteState }],
  [Type.PURGE_PRIVATE_DATA, { name: 'PURGE_PRIVATE_DATA', answer: purgePrivateData }],
  [Type.PUT_STATE_METADATA, { name: 'PUT_STATE_METADATA', answer: putStateMetadata }],
  [Type.WRITE_BATCH_STATE, { name: 'WRITE_BATCH_STATE', answer: writeBatch }],
  [Type.INVOKE_CHAINCODE, { name: 'INVOKE_CHAINCODE', answer: invokeChaincode }],
]);

/** What a chaincode can ask its peer for. */
export interface NamedRequest {
  readonly name: string;
  readonly answer: ChaincodeRequest;
}

/** What a message of this type asks for; undefined where it asks for nothing. */
export function requestOf(type: number): NamedRequest | undefined {
  return requests.get(type);
}

/** Answers one message of a chaincode; never throws, as an error is an answer too. */
export async function answerRequest(request: NamedRequest, execution: Execution | undefined, message: peer.ChaincodeMessage): Promise<peer.ChaincodeMessage> {
  const answer = new peer.ChaincodeMessage();
  answer.setTxid(message.getTxid());
  answer.setChannelId(message.getChannelId());
  try {
    if (!execution) throw new Error('no ledger context');
    const payload = await request.answer(execution, message.getPayload_asU8());
    answer.setType(Type.RESPONSE);
    if (payload) answer.setPayload(payload);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    answer.setType(Type.ERROR);
    answer.setPayload(Buffer.from(`${request.name} failed: transaction ID: ${message.getTxid()}: ${reason}`));
  }
  return answer;
}
