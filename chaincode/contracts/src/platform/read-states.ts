import type { ChaincodeStub } from 'fabric-shim-api';
import type { BatchingStub } from './server/batching-handler.js';

/**
 * Values of several keys, in the order of the keys, empty where there is none: of the public state where `collection` is
 * empty, else of that collection. One message where server and peer can do that, else one per key.
 */
export async function readStates(stub: ChaincodeStub, collection: string, keys: readonly string[]): Promise<readonly Uint8Array[]> {
  if (canBatch(stub)) return stub.readStates(collection, keys);
  const values: Uint8Array[] = [];
  for (const key of keys) values.push(await (collection === '' ? stub.getState(key) : stub.getPrivateData(collection, key)));
  return values;
}

function canBatch(stub: ChaincodeStub): stub is ChaincodeStub & BatchingStub {
  return 'readStates' in stub;
}
