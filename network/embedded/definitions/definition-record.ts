import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeDefinition } from './chaincode-definition.js';
import { bytesField, int64Field, readField, readMetadata, stringField } from './lifecycle-record.js';
import type { LifecycleRecord, RecordReader } from './lifecycle-record.js';

/** The part of `_lifecycle`'s state that holds definitions, and that which holds an organisation's packages. */
export const NAMESPACES = 'namespaces';
export const SOURCES = 'chaincode-sources';

const DEFINITION = 'ChaincodeDefinition';
const PARAMETERS = 'ChaincodeParameters';
const LOCAL_PACKAGE = 'ChaincodeLocalPackage';

/** Everything that a definition says besides its sequence: what organisations approve. */
export type ChaincodeParameters = Omit<ChaincodeDefinition, 'sequence'>;

export function definitionRecord(definition: ChaincodeDefinition): LifecycleRecord {
  const fields = new Map([['Sequence', int64Field(definition.sequence)], ...parameterFields(definition)]);
  return { datatype: DEFINITION, fields };
}

export function parametersRecord(parameters: ChaincodeParameters): LifecycleRecord {
  return { datatype: PARAMETERS, fields: new Map(parameterFields(parameters)) };
}

export function localPackageRecord(packageId: string): LifecycleRecord {
  return { datatype: LOCAL_PACKAGE, fields: new Map([['PackageID', stringField(packageId)]]) };
}

/** The name under which an organisation keeps its approval of one sequence. */
export function approvalName(chaincodeName: string, sequence: number): string {
  return `${chaincodeName}#${sequence}`;
}

/** The committed sequence number, 0 where the chaincode is not defined. */
export async function readSequence(chaincodeName: string, state: RecordReader): Promise<number> {
  return (await readField(NAMESPACES, chaincodeName, 'Sequence', state)).getInt64();
}

/** The committed definition; undefined where there is none. */
export async function readDefinition(name: string, state: RecordReader): Promise<ChaincodeDefinition | undefined> {
  const metadata = await readMetadata(NAMESPACES, name, state);
  if (metadata?.getDatatype() !== DEFINITION) return undefined;
  const sequence = await readSequence(name, state);
  return { sequence, ...(await readParameters(name, name, state)) };
}

/** An organisation's approved parameters, as they stand in its implicit collection. */
export async function readApproval(name: string, sequence: number, state: RecordReader): Promise<ChaincodeParameters | undefined> {
  const stored = approvalName(name, sequence);
  const metadata = await readMetadata(NAMESPACES, stored, state);
  if (metadata?.getDatatype() !== PARAMETERS) return undefined;
  return readParameters(name, stored, state);
}

/** The package that an organisation runs for a sequence; empty where it does not endorse. */
export async function readPackageId(name: string, sequence: number, state: RecordReader): Promise<string> {
  return (await readField(SOURCES, approvalName(name, sequence), 'PackageID', state)).getString();
}

async function readParameters(name: string, stored: string, state: RecordReader): Promise<ChaincodeParameters> {
  const bytes = async (field: string): Promise<Uint8Array> =>
    (await readField(NAMESPACES, stored, field, state)).getBytes_asU8();
  const endorsement = peer.lifecycle.ChaincodeEndorsementInfo.deserializeBinary(await bytes('EndorsementInfo'));
  const validation = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(await bytes('ValidationInfo'));
  const collections = peer.CollectionConfigPackage.deserializeBinary(await bytes('Collections'));
  return {
    name,
    version: endorsement.getVersion(),
    endorsementPlugin: endorsement.getEndorsementPlugin(),
    initRequired: endorsement.getInitRequired(),
    validationPlugin: validation.getValidationPlugin(),
    endorsementPolicy: validation.getValidationParameter_asU8(),
    collections: collectionsOf(collections),
  };
}

function parameterFields(parameters: ChaincodeParameters): [string, Uint8Array][] {
  const endorsement = new peer.lifecycle.ChaincodeEndorsementInfo();
  endorsement.setVersion(parameters.version);
  endorsement.setEndorsementPlugin(parameters.endorsementPlugin);
  endorsement.setInitRequired(parameters.initRequired);
  const validation = new peer.lifecycle.ChaincodeValidationInfo();
  validation.setValidationPlugin(parameters.validationPlugin);
  validation.setValidationParameter(parameters.endorsementPolicy);
  return [
    ['EndorsementInfo', bytesField(endorsement.serializeBinary())],
    ['ValidationInfo', bytesField(validation.serializeBinary())],
    ['Collections', bytesField(collectionPackage(parameters.collections).serializeBinary())],
  ];
}

export function collectionPackage(collections: readonly peer.StaticCollectionConfig[]): peer.CollectionConfigPackage {
  const all = new peer.CollectionConfigPackage();
  for (const collection of collections) {
    const item = new peer.CollectionConfig();
    item.setStaticCollectionConfig(collection);
    all.addConfig(item);
  }
  return all;
}

/** The static collections of a package; other kinds do not exist. */
export function collectionsOf(all: peer.CollectionConfigPackage | undefined): peer.StaticCollectionConfig[] {
  return (all?.getConfigList() ?? []).flatMap((item) => item.getStaticCollectionConfig() ?? []);
}
