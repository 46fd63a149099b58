import { peer } from '@hyperledger/fabric-protos';
import type { TransactionScope } from '../../chaincode/execution.js';
import type { ChaincodeDefinition } from '../../definitions/chaincode-definition.js';
import {
  approvalName,
  definitionRecord,
  localPackageRecord,
  NAMESPACES,
  parametersRecord,
  readApproval,
  readDefinition,
  readPackageId,
  readSequence,
  SOURCES,
} from '../../definitions/definition-record.js';
import type { ChaincodeParameters } from '../../definitions/definition-record.js';
import { writeRecord } from '../../definitions/lifecycle-record.js';
import { checkDefinition, definitionOf } from './definition-arguments.js';
import { approvalMismatches, organisationState, publicState } from './lifecycle-state.js';

/** Whose peer runs the call, and who else is on the channel. */
export interface LifecyclePeer {
  readonly mspId: string;
  readonly organisations: readonly string[];
}

const { lifecycle } = peer;

/** Records the organisation's approval of a definition in its own implicit collection. */
export async function approve(scope: TransactionScope, { mspId }: LifecyclePeer, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.ApproveChaincodeDefinitionForMyOrgArgs.deserializeBinary(bytes);
  const committed = await readDefinition(args.getName(), publicState(scope));
  const definition = definitionOf(args);
  checkDefinition(definition, committed);
  const packageId = args.getSource()?.getLocalPackage()?.getPackageId() ?? '';
  checkApprovableSequence(definition, committed);
  const own = organisationState(scope, mspId);
  await refuseRepetition(definition, committed, packageId, await readApproval(definition.name, definition.sequence, own), () =>
    readPackageId(definition.name, definition.sequence, own),
  );
  const name = approvalName(definition.name, definition.sequence);
  await writeRecord(NAMESPACES, name, parametersRecord(definition), own);
  await writeRecord(SOURCES, name, localPackageRecord(packageId), own);
  return new lifecycle.ApproveChaincodeDefinitionForMyOrgResult().serializeBinary();
}

/** Puts a definition in force; whether enough organisations approved is what the endorsement policy asks of each peer. */
export async function commit(scope: TransactionScope, own: LifecyclePeer, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.CommitChaincodeDefinitionArgs.deserializeBinary(bytes);
  const definition = definitionOf(args);
  checkDefinition(definition, await readDefinition(definition.name, publicState(scope)));
  const { approvals } = await readiness(scope, own, definition);
  await writeRecord(NAMESPACES, definition.name, definitionRecord(definition), publicState(scope));
  if (approvals.get(own.mspId) !== true) {
    throw new Error(`chaincode definition not agreed to by this org (${own.mspId})`);
  }
  return new lifecycle.CommitChaincodeDefinitionResult().serializeBinary();
}

/** Who has approved a definition, and in which fields the others' approvals differ from it. */
export async function checkReadiness(scope: TransactionScope, own: LifecyclePeer, bytes: Uint8Array): Promise<Uint8Array> {
  const args = lifecycle.CheckCommitReadinessArgs.deserializeBinary(bytes);
  const definition = definitionOf(args);
  const { approvals, mismatches } = await readiness(scope, own, definition);
  const result = new lifecycle.CheckCommitReadinessResult();
  for (const [mspId, approved] of approvals) result.getApprovalsMap().set(mspId, approved);
  for (const [mspId, items] of mismatches) {
    const entry = new lifecycle.CheckCommitReadinessResult.Mismatches();
    entry.setItemsList([...items]);
    result.getMismatchesMap().set(mspId, entry);
  }
  return result.serializeBinary();
}

/** Approvals of a definition by organisation. */
export async function approvalsOf(
  scope: TransactionScope,
  { organisations }: LifecyclePeer,
  sequence: number,
  parameters: ChaincodeParameters,
): Promise<{ approvals: Map<string, boolean>; mismatches: Map<string, readonly string[]> }> {
  const approvals = new Map<string, boolean>();
  const mismatches = new Map<string, readonly string[]>();
  for (const mspId of organisations) {
    const items = await approvalMismatches(scope, mspId, sequence, parameters);
    approvals.set(mspId, items.length === 0);
    if (items.length > 0) mismatches.set(mspId, items);
  }
  return { approvals, mismatches };
}

async function readiness(
  scope: TransactionScope,
  own: LifecyclePeer,
  definition: ChaincodeDefinition,
): Promise<{ approvals: Map<string, boolean>; mismatches: Map<string, readonly string[]> }> {
  const next = (await readSequence(definition.name, publicState(scope))) + 1;
  if (definition.sequence !== next) {
    throw new Error(`requested sequence is ${definition.sequence}, but new definition must be sequence ${next}`);
  }
  return approvalsOf(scope, own, definition.sequence, definition);
}

/** An organisation approves the definition in force (it came late) or the one after it. */
function checkApprovableSequence({ sequence: requested }: ChaincodeDefinition, committed: ChaincodeDefinition | undefined): void {
  const current = committed?.sequence ?? 0;
  if (requested === 0 && current === 0) throw new Error('requested sequence is 0, but first definable sequence number is 1');
  if (requested < current) throw new Error(`currently defined sequence ${current} is larger than requested sequence ${requested}`);
  if (requested > current + 1) {
    throw new Error(`requested sequence ${requested} is larger than the next available sequence number ${current + 1}`);
  }
}

async function refuseRepetition(
  definition: ChaincodeDefinition,
  committed: ChaincodeDefinition | undefined,
  packageId: string,
  approved: ChaincodeParameters | undefined,
  approvedPackage: () => Promise<string>,
): Promise<void> {
  const { name, sequence } = definition;
  const difference = committed?.sequence === sequence ? differenceFrom(committed, definition) : undefined;
  if (difference !== undefined) {
    throw new Error(`attempted to redefine the current committed sequence (${sequence}) for namespace ${name} with different parameters: ${difference}`);
  }
  if (!approved || !same(definition, approved) || (await approvedPackage()) !== packageId) return;
  throw new Error(
    committed?.sequence === sequence
      ? `attempted to redefine the current committed sequence (${sequence}) for namespace ${name}`
      : `attempted to redefine uncommitted sequence (${sequence}) for namespace ${name} with unchanged content`,
  );
}

function same(a: ChaincodeParameters, b: ChaincodeParameters): boolean {
  const [left, right] = [parametersRecord(a).fields, parametersRecord(b).fields];
  return [...left].every(([field, value]) => Buffer.compare(value, right.get(field) ?? new Uint8Array()) === 0);
}

/** The first difference of a definition from the one in force, in Fabric's order and words; undefined where there is none. */
function differenceFrom(expected: ChaincodeDefinition, passed: ChaincodeDefinition): string | undefined {
  const differs = (field: string, a: unknown, b: unknown): string => `expected ${field} '${String(a)}' does not match passed ${field} '${String(b)}'`;
  if (expected.version !== passed.version) return differs('Version', expected.version, passed.version);
  if (expected.endorsementPlugin !== passed.endorsementPlugin) return differs('EndorsementPlugin', expected.endorsementPlugin, passed.endorsementPlugin);
  if (expected.initRequired !== passed.initRequired) return differs('InitRequired', expected.initRequired, passed.initRequired);
  if (expected.validationPlugin !== passed.validationPlugin) return differs('ValidationPlugin', expected.validationPlugin, passed.validationPlugin);
  const [before, now] = [Buffer.from(expected.endorsementPolicy).toString('hex'), Buffer.from(passed.endorsementPolicy).toString('hex')];
  if (before !== now) return differs('ValidationParameter', before, now);
  return same(expected, passed) ? undefined : 'Collections do not match';
}
