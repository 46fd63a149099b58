import { peer } from '@hyperledger/fabric-protos';
import type { Execution } from './execution.js';
import type { ChaincodeRequest } from './requests.js';

export const getState: ChaincodeRequest = async (execution, payload) => {
  const request = peer.GetState.deserializeBinary(payload);
  const { simulator, namespace } = execution;
  const collection = request.getCollection();
  if (collection === '') return simulator.getState(namespace, request.getKey());
  execution.refusePrivateDataInInit();
  return simulator.getPrivateData(namespace, collection, request.getKey());
};

export const getStateMultiple: ChaincodeRequest = async (execution, payload) => {
  const request = peer.GetStateMultiple.deserializeBinary(payload);
  const { simulator, namespace } = execution;
  const collection = request.getCollection();
  if (collection !== '') execution.refusePrivateDataInInit();
  const values =
    collection === ''
      ? await simulator.getStates(namespace, request.getKeysList())
      : await simulator.getPrivateDataMultiple(namespace, collection, request.getKeysList());
  const result = new peer.GetStateMultipleResult();
  result.setValuesList(values.map((value) => value ?? new Uint8Array()));
  return result.serializeBinary();
};

export const getPrivateDataHash: ChaincodeRequest = async (execution, payload) => {
  const request = peer.GetState.deserializeBinary(payload);
  execution.refusePrivateDataInInit();
  return execution.simulator.getPrivateDataHash(execution.namespace, request.getCollection(), request.getKey());
};

export const putState: ChaincodeRequest = (execution, payload) => {
  const request = peer.PutState.deserializeBinary(payload);
  put(execution, request.getCollection(), request.getKey(), request.getValue_asU8());
  return undefined;
};

export const deleteState: ChaincodeRequest = (execution, payload) => {
  const request = peer.DelState.deserializeBinary(payload);
  remove(execution, request.getCollection(), request.getKey());
  return undefined;
};

export const purgePrivateData: ChaincodeRequest = (execution, payload) => {
  const request = peer.DelState.deserializeBinary(payload);
  purge(execution, request.getCollection(), request.getKey());
  return undefined;
};

export const getStateMetadata: ChaincodeRequest = async (execution, payload) => {
  const request = peer.GetStateMetadata.deserializeBinary(payload);
  const { simulator, namespace } = execution;
  const collection = request.getCollection();
  if (collection !== '') execution.refusePrivateDataInInit();
  const metadata =
    collection === ''
      ? await simulator.getStateMetadata(namespace, request.getKey())
      : await simulator.getPrivateDataMetadata(namespace, collection, request.getKey());
  const result = new peer.StateMetadataResult();
  for (const [name, value] of metadata) {
    const item = new peer.StateMetadata();
    item.setMetakey(name);
    item.setValue(value);
    result.addEntries(item);
  }
  return result.serializeBinary();
};

export const putStateMetadata: ChaincodeRequest = async (execution, payload) => {
  const request = peer.PutStateMetadata.deserializeBinary(payload);
  await putMetadata(execution, request.getCollection(), request.getKey(), request.getMetadata());
  return undefined;
};

/** Many writes in one message; the peer applies them in their order, as if each had come alone. */
export const writeBatch: ChaincodeRequest = async (execution, payload) => {
  for (const record of peer.WriteBatchState.deserializeBinary(payload).getRecList()) {
    await write(execution, record);
  }
  return undefined;
};

async function write(execution: Execution, record: peer.WriteRecord): Promise<void> {
  const collection = record.getCollection();
  switch (record.getType()) {
    case peer.WriteRecord.Type.PUT_STATE:
      put(execution, collection, record.getKey(), record.getValue_asU8());
      return;
    case peer.WriteRecord.Type.DEL_STATE:
      remove(execution, collection, record.getKey());
      return;
    case peer.WriteRecord.Type.PURGE_PRIVATE_DATA:
      purge(execution, collection, record.getKey());
      return;
    case peer.WriteRecord.Type.PUT_STATE_METADATA:
      await putMetadata(execution, collection, record.getKey(), record.getMetadata());
      return;
    case peer.WriteRecord.Type.UNDEFINED:
    default:
      throw new Error('unknown operation type');
  }
}

function put(execution: Execution, collection: string, key: string, value: Uint8Array): void {
  const { simulator, namespace } = execution;
  if (collection === '') {
    simulator.setState(namespace, key, value);
  } else {
    execution.refusePrivateDataInInit();
    simulator.setPrivateData(namespace, collection, key, value);
  }
  execution.scope.footprint.wrote(namespace, collection, key);
}

function remove(execution: Execution, collection: string, key: string): void {
  const { simulator, namespace } = execution;
  if (collection === '') {
    simulator.deleteState(namespace, key);
  } else {
    execution.refusePrivateDataInInit();
    simulator.deletePrivateData(namespace, collection, key);
  }
  execution.scope.footprint.wrote(namespace, collection, key);
}

function purge(execution: Execution, collection: string, key: string): void {
  if (collection === '') throw new Error('only applicable for private data');
  execution.refusePrivateDataInInit();
  execution.simulator.purgePrivateData(execution.namespace, collection, key);
  execution.scope.footprint.wrote(execution.namespace, collection, key);
}

async function putMetadata(
  execution: Execution,
  collection: string,
  key: string,
  metadata: peer.StateMetadata | undefined,
): Promise<void> {
  const { simulator, namespace } = execution;
  const name = metadata?.getMetakey() ?? '';
  const value = metadata?.getValue_asU8() ?? new Uint8Array();
  if (collection === '') {
    await simulator.setStateMetadata(namespace, key, name, value);
  } else {
    execution.refusePrivateDataInInit();
    await simulator.setPrivateDataMetadata(namespace, collection, key, name, value);
  }
  execution.scope.footprint.wrote(namespace, collection, key);
}
