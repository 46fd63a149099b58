import { peer } from '@hyperledger/fabric-protos';
import type { TransactionScope } from '../../chaincode/execution.js';
import { simulatorOf } from '../../chaincode/execution.js';
import { LIFECYCLE } from '../../definitions/chaincode-definition.js';
import type { ChaincodeDefinition } from '../../definitions/chaincode-definition.js';
import {
  collectionPackage,
  NAMESPACES,
  readApproval,
  readDefinition,
  readPackageId,
  readSequence,
} from '../../definitions/definition-record.js';
import type { ChaincodeParameters } from '../../definitions/definition-record.js';
import { metadataKey } from '../../definitions/lifecycle-record.js';
import { approvalsOf } from './definition-changes.js';
import type { LifecyclePeer } from './definition-changes.js';
import { organisationState, publicState } from './lifecycle-state.js';

const { lifecycle } = peer;

/** A chaincode that the channel does not know (status 404). */
export class NamespaceNotDefined extends Error {
  override readonly name = 'NamespaceNotDefined';
}

/** The committed definition of one chaincode and who has approved it. */
export async function queryDefinition(scope: TransactionScope, own: LifecyclePeer, bytes: Uint8Array): Promise<Uint8Array> {
  const name = lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(bytes).getName();
  const definition = await readDefinition(name, publicState(scope));
  if (!definition) throw new NamespaceNotDefined(`namespace ${name} is not defined`);
  const { approvals } = await approvalsOf(scope, own, definition.sequence, definition);
  const result = new lifecycle.QueryChaincodeDefinitionResult();
  fill(result, definition, definition.sequence);
  for (const [mspId, approved] of approvals) result.getApprovalsMap().set(mspId, approved);
  return result.serializeBinary();
}

/** All committed definitions. */
export async function queryDefinitions(scope: TransactionScope): Promise<Uint8Array> {
  const result = new lifecycle.QueryChaincodeDefinitionsResult();
  for (const name of await definedNames(scope)) {
    const definition = await readDefinition(name, publicState(scope));
    if (!definition) continue;
    const item = new lifecycle.QueryChaincodeDefinitionsResult.ChaincodeDefinition();
    item.setName(name);
    fill(item, definition, definition.sequence);
    result.addChaincodeDefinitions(item);
  }
  return result.serializeBinary();
}

/** The organisation's own approval: of the sequence asked for, else its newest. */
export async function queryApproved(scope: TransactionScope, { mspId }: LifecyclePeer, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.QueryApprovedChaincodeDefinitionArgs.deserializeBinary(bytes);
  const name = args.getName();
  const own = organisationState(scope, mspId);
  const current = args.getSequence() === 0 ? await readSequence(name, publicState(scope)) : args.getSequence();
  const newer = args.getSequence() === 0 && (await readApproval(name, current + 1, own)) !== undefined;
  const sequence = newer ? current + 1 : current;
  const approved = await readApproval(name, sequence, own);
  if (!approved) {
    throw new Error(`could not fetch approved chaincode definition (name: '${name}', sequence: '${sequence}') on channel '${scope.channelId}'`);
  }
  const result = new lifecycle.QueryApprovedChaincodeDefinitionResult();
  fill(result, approved, sequence);
  result.setSource(sourceOf(await readPackageId(name, sequence, own)));
  return result.serializeBinary();
}

/** Every approval of the organisation's. */
export async function queryAllApproved(scope: TransactionScope, { mspId }: LifecyclePeer): Promise<Uint8Array> {
  const own = organisationState(scope, mspId);
  const result = new lifecycle.QueryApprovedChaincodeDefinitionsResult();
  for (const name of await definedNames(scope)) {
    const current = await readSequence(name, publicState(scope));
    for (let sequence = 1; sequence <= current + 1; sequence += 1) {
      const approved = await readApproval(name, sequence, own);
      if (!approved) continue;
      const item = new lifecycle.QueryApprovedChaincodeDefinitionsResult.ApprovedChaincodeDefinition();
      item.setName(name);
      fill(item, approved, sequence);
      item.setSource(sourceOf(await readPackageId(name, sequence, own)));
      result.addApprovedChaincodeDefinitions(item);
    }
  }
  return result.serializeBinary();
}

async function definedNames(scope: TransactionScope): Promise<string[]> {
  const prefix = metadataKey(NAMESPACES, '');
  const range = await simulatorOf(scope).getStateRange(LIFECYCLE, prefix, `${prefix.slice(0, -1)}0`);
  const names: string[] = [];
  for (let more = true; more; ) {
    const { results, hasMore } = await range.next(100);
    names.push(...results.map(({ key }) => key.slice(prefix.length)));
    more = hasMore;
  }
  return names;
}

interface DefinitionMessage {
  setSequence(value: number): void;
  setVersion(value: string): void;
  setEndorsementPlugin(value: string): void;
  setValidationPlugin(value: string): void;
  setValidationParameter(value: Uint8Array): void;
  setInitRequired(value: boolean): void;
  setCollections(value: peer.CollectionConfigPackage): void;
}

function fill(message: DefinitionMessage, parameters: ChaincodeParameters | ChaincodeDefinition, sequence: number): void {
  message.setSequence(sequence);
  message.setVersion(parameters.version);
  message.setEndorsementPlugin(parameters.endorsementPlugin);
  message.setValidationPlugin(parameters.validationPlugin);
  message.setValidationParameter(parameters.endorsementPolicy);
  message.setInitRequired(parameters.initRequired);
  message.setCollections(collectionPackage(parameters.collections));
}

function sourceOf(packageId: string): peer.lifecycle.ChaincodeSource {
  const source = new lifecycle.ChaincodeSource();
  if (packageId === '') {
    source.setUnavailable(new lifecycle.ChaincodeSource.Unavailable());
  } else {
    const local = new lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    source.setLocalPackage(local);
  }
  return source;
}
