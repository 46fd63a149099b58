import { ledger, peer } from '@hyperledger/fabric-protos';
import { randomUUID } from 'node:crypto';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { KeyModification, KeyValue, ResultIterator } from '../ledger/api.js';
import type { Execution } from './execution.js';
import { queryResponse } from './query-iterators.js';
import type { ChaincodeRequest } from './requests.js';

export const getStateByRange: ChaincodeRequest = async (execution, payload) => {
  const request = peer.GetStateByRange.deserializeBinary(payload);
  const collection = request.getCollection();
  const { simulator, namespace } = execution;
  const paging = pagingOf(request.getMetadata_asU8());
  if (collection === '' && paging) return statePage(execution, request, paging);
  if (collection === '') {
    const results = await simulator.getStateRange(namespace, request.getStartkey(), request.getEndkey());
    return openKeyValues(execution, results);
  }
  execution.refusePrivateDataInInit();
  // A page size bounds a private range too, which has no further pages.
  const results = await simulator.getPrivateDataRange(namespace, collection, request.getStartkey(), request.getEndkey(), paging?.getPagesize());
  return openKeyValues(execution, results);
};

export const queryStateNext: ChaincodeRequest = async (execution, payload) => {
  const id = peer.QueryStateNext.deserializeBinary(payload).getId();
  return (await execution.iterators.next(id)).serializeBinary();
};

export const queryStateClose: ChaincodeRequest = (execution, payload) => {
  const id = peer.QueryStateClose.deserializeBinary(payload).getId();
  execution.iterators.close(id);
  return queryResponse(id, [], false).serializeBinary();
};

export const getHistoryForKey: ChaincodeRequest = async (execution, payload) => {
  const key = peer.GetHistoryForKey.deserializeBinary(payload).getKey();
  const history = await execution.simulator.getHistory(execution.namespace, key);
  return (await execution.iterators.open(encoded(history, keyModification))).serializeBinary();
};

/** Rich queries need CouchDB; a peer on LevelDB, which this network is, refuses them in these words. */
export const getQueryResult: ChaincodeRequest = (execution, payload) => {
  const collection = peer.GetQueryResult.deserializeBinary(payload).getCollection();
  if (collection !== '') execution.refusePrivateDataInInit();
  throw new Error('ExecuteQuery not supported for leveldb');
};

function pagingOf(metadata: Uint8Array): peer.QueryMetadata | undefined {
  const paging = peer.QueryMetadata.deserializeBinary(metadata);
  return paging.getPagesize() === 0 && paging.getBookmark() === '' ? undefined : paging;
}

async function statePage(
  execution: Execution,
  request: peer.GetStateByRange,
  paging: peer.QueryMetadata,
): Promise<Uint8Array> {
  const page = await execution.simulator.getStatePage(
    execution.namespace,
    request.getStartkey(),
    request.getEndkey(),
    paging.getPagesize(),
    paging.getBookmark(),
  );
  const metadata = new peer.QueryResponseMetadata();
  metadata.setFetchedRecordsCount(page.results.length);
  metadata.setBookmark(page.bookmark);
  const records = page.results.map((result) => keyValue(execution.namespace, result));
  const response = queryResponse(randomUUID(), records, false);
  response.setMetadata(metadata.serializeBinary());
  return response.serializeBinary();
}

async function openKeyValues(execution: Execution, results: ResultIterator<KeyValue>): Promise<Uint8Array> {
  const records = encoded(results, (result) => keyValue(execution.namespace, result));
  return (await execution.iterators.open(records)).serializeBinary();
}

function encoded<T>(results: ResultIterator<T>, encode: (result: T) => Uint8Array): ResultIterator<Uint8Array> {
  return {
    next: async (limit) => {
      const batch = await results.next(limit);
      return { results: batch.results.map(encode), hasMore: batch.hasMore };
    },
    close: () => {
      results.close();
    },
  };
}

function keyValue(namespace: string, { key, value }: KeyValue): Uint8Array {
  const record = new ledger.queryresult.KV();
  record.setNamespace(namespace);
  record.setKey(key);
  record.setValue(value);
  return record.serializeBinary();
}

function keyModification(modification: KeyModification): Uint8Array {
  const record = new ledger.queryresult.KeyModification();
  record.setTxId(modification.txId);
  record.setValue(modification.value);
  record.setIsDelete(modification.isDelete);
  record.setTimestamp(timestamps.Timestamp.fromDate(modification.timestamp));
  return record.serializeBinary();
}
