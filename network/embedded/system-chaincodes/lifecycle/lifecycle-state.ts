import { createHash } from 'node:crypto';
import type { TransactionScope } from '../../chaincode/execution.js';
import { simulatorOf } from '../../chaincode/execution.js';
import { implicitCollection, LIFECYCLE } from '../../definitions/chaincode-definition.js';
import { approvalName, NAMESPACES, parametersRecord } from '../../definitions/definition-record.js';
import type { ChaincodeParameters } from '../../definitions/definition-record.js';
import { fieldKey, metadataKey, recordMetadata } from '../../definitions/lifecycle-record.js';
import type { RecordState } from '../../definitions/lifecycle-record.js';

/** The public state of `_lifecycle`: committed definitions. */
export function publicState(scope: TransactionScope): RecordState {
  const simulator = simulatorOf(scope);
  return {
    get: (key) => simulator.getState(LIFECYCLE, key),
    put: (key, value) => {
      simulator.setState(LIFECYCLE, key, value);
    },
  };
}

/** An organisation's implicit collection of `_lifecycle`: its approvals and packages. */
export function organisationState(scope: TransactionScope, mspId: string): RecordState {
  const simulator = simulatorOf(scope);
  const collection = implicitCollection(mspId);
  return {
    get: (key) => simulator.getPrivateData(LIFECYCLE, collection, key),
    put: (key, value) => {
      simulator.setPrivateData(LIFECYCLE, collection, key, value);
    },
  };
}

/** Fields in which an organisation's approval differs from a definition; every peer can tell this by the hashes. */
export async function approvalMismatches(
  scope: TransactionScope,
  mspId: string,
  sequence: number,
  parameters: ChaincodeParameters,
): Promise<readonly string[]> {
  const record = parametersRecord(parameters);
  const stored = approvalName(parameters.name, sequence);
  const matches = async (key: string, value: Uint8Array): Promise<boolean> => {
    const hash = await simulatorOf(scope).getPrivateDataHash(LIFECYCLE, implicitCollection(mspId), key);
    return hash !== undefined && Buffer.compare(hash, createHash('sha256').update(value).digest()) === 0;
  };
  if (!(await matches(metadataKey(NAMESPACES, stored), recordMetadata(record)))) return [record.datatype];
  const mismatches: string[] = [];
  for (const [field, value] of record.fields) {
    if (!(await matches(fieldKey(NAMESPACES, stored, field), value))) mismatches.push(field);
  }
  return mismatches;
}
