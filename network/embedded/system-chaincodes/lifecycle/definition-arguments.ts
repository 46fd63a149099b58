import type { peer } from '@hyperledger/fabric-protos';
import { channelPolicyReference } from '../../definitions/chaincode-definition.js';
import type { ChaincodeDefinition } from '../../definitions/chaincode-definition.js';
import { collectionsOf } from '../../definitions/definition-record.js';

const NAME = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const VERSION = /^[A-Za-z0-9_.+-]+$/;
const COLLECTION = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;
const SYSTEM = new Set(['cscc', 'escc', 'lscc', 'qscc', 'vscc']);

/** What approval, readiness and commit have in common: a chaincode's definition. */
export interface DefinitionArguments {
  getName(): string;
  getSequence(): number;
  getVersion(): string;
  getEndorsementPlugin(): string;
  getInitRequired(): boolean;
  getValidationPlugin(): string;
  getValidationParameter_asU8(): Uint8Array;
  getCollections(): peer.CollectionConfigPackage | undefined;
}

/** The definition that a call names, with Fabric's defaults. */
export function definitionOf(args: DefinitionArguments): ChaincodeDefinition {
  const policy = args.getValidationParameter_asU8();
  return {
    name: args.getName(),
    sequence: args.getSequence(),
    version: args.getVersion(),
    endorsementPlugin: args.getEndorsementPlugin() || 'escc',
    initRequired: args.getInitRequired(),
    validationPlugin: args.getValidationPlugin() || 'vscc',
    endorsementPolicy: policy.length > 0 ? policy : channelPolicyReference('/Channel/Application/Endorsement'),
    collections: collectionsOf(args.getCollections()),
  };
}

/** What is approved and committed, not only asked about, is well formed. Throws with Fabric's reason where it is not. */
export function checkDefinition(definition: ChaincodeDefinition, committed: ChaincodeDefinition | undefined): void {
  try {
    checkNames(definition);
    checkCollections(definition.collections, committed?.collections ?? []);
  } catch (cause) {
    throw new Error(`error validating chaincode definition: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function checkNames({ name, version }: ChaincodeDefinition): void {
  if (!NAME.test(name)) {
    throw new Error(`invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`);
  }
  if (SYSTEM.has(name)) throw new Error(`chaincode name '${name}' is the name of a system chaincode`);
  if (!VERSION.test(version)) {
    throw new Error(`invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`);
  }
}

/** Collections stay for ever: a new definition names every one of before, with the same time to live. */
function checkCollections(proposed: readonly peer.StaticCollectionConfig[], committed: readonly peer.StaticCollectionConfig[]): void {
  const names = new Set<string>();
  for (const collection of proposed) {
    checkCollection(collection, names);
    names.add(collection.getName());
  }
  if (committed.length > 0 && proposed.length === 0) {
    throw new Error('the proposed collection config does not contain previously defined collections');
  }
  for (const before of committed) {
    const now = proposed.find((collection) => collection.getName() === before.getName());
    if (!now) throw new Error(`existing collection [${before.getName()}] missing in the proposed collection configuration`);
    if (now.getBlockToLive() !== before.getBlockToLive()) {
      throw new Error(`the BlockToLive in an existing collection [${before.getName()}] modified. Existing value [${before.getBlockToLive()}]`);
    }
  }
}

function checkCollection(collection: peer.StaticCollectionConfig, others: ReadonlySet<string>): void {
  const name = collection.getName();
  const [required, maximum] = [collection.getRequiredPeerCount(), collection.getMaximumPeerCount()];
  if (!COLLECTION.test(name)) {
    throw new Error(`invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`);
  }
  if (others.has(name)) throw new Error(`collection-name: ${name} -- found duplicate in collection configuration`);
  if (maximum < required) {
    throw new Error(`collection-name: ${name} -- maximum peer count (${maximum}) cannot be less than the required peer count (${required})`);
  }
  if (required < 0) throw new Error(`collection-name: ${name} -- requiredPeerCount (${required}) cannot be less than zero`);
  if (!collection.getMemberOrgsPolicy()?.getSignaturePolicy()) {
    throw new Error(`collection member policy is not set for collection '${name}'`);
  }
}
