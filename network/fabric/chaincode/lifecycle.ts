import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeConfig, CollectionConfig } from '../../configuration/index.js';
import { encodeApplicationPolicy, encodePolicy, parsePolicy } from '../../embedded/policies/index.js';
import type { PeerClient } from '../peer/peer-client.js';

/** The chaincode that keeps what organisations have agreed on about chaincodes. */
export const LIFECYCLE = '_lifecycle';

/** A definition as it is committed on a channel. */
export interface CommittedDefinition {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  readonly initRequired: boolean;
  readonly validationParameter: Uint8Array;
  readonly collections: Uint8Array;
}

/** Installs a package at the peer; one that is there already is left as it is. */
export async function installPackage(client: PeerClient, packageBytes: Uint8Array): Promise<void> {
  const args = new peer.lifecycle.InstallChaincodeArgs();
  args.setChaincodeInstallPackage(packageBytes);
  await client.call({ channel: '', chaincode: LIFECYCLE, args: ['InstallChaincode', args.serializeBinary()] });
}

/** Ids of the packages that the peer has installed. */
export async function installedPackages(client: PeerClient): Promise<readonly string[]> {
  const args = new peer.lifecycle.QueryInstalledChaincodesArgs().serializeBinary();
  const payload = await client.call({ channel: '', chaincode: LIFECYCLE, args: ['QueryInstalledChaincodes', args] });
  return peer.lifecycle.QueryInstalledChaincodesResult.deserializeBinary(payload)
    .getInstalledChaincodesList()
    .map((installed) => installed.getPackageId());
}

/** The definitions that the peer has committed. */
export async function committedDefinitions(client: PeerClient, channel: string): Promise<readonly CommittedDefinition[]> {
  const args = new peer.lifecycle.QueryChaincodeDefinitionsArgs().serializeBinary();
  const payload = await client.call({ channel, chaincode: LIFECYCLE, args: ['QueryChaincodeDefinitions', args] });
  return peer.lifecycle.QueryChaincodeDefinitionsResult.deserializeBinary(payload)
    .getChaincodeDefinitionsList()
    .map((definition) => ({
      name: definition.getName(),
      version: definition.getVersion(),
      sequence: definition.getSequence(),
      initRequired: definition.getInitRequired(),
      validationParameter: definition.getValidationParameter_asU8(),
      collections: collectionBytes(definition.getCollections()),
    }));
}

/** Package id that the peer's organisation approved for a sequence; undefined where it approved none, empty where it does not run it. */
export async function approvedPackage(client: PeerClient, channel: string, { name, sequence }: Pick<ChaincodeConfig, 'name' | 'sequence'>): Promise<string | undefined> {
  const args = new peer.lifecycle.QueryApprovedChaincodeDefinitionsArgs().serializeBinary();
  const payload = await client.call({ channel, chaincode: LIFECYCLE, args: ['QueryApprovedChaincodeDefinitions', args] });
  const approved = peer.lifecycle.QueryApprovedChaincodeDefinitionsResult.deserializeBinary(payload)
    .getApprovedChaincodeDefinitionsList()
    .find((definition) => definition.getName() === name && definition.getSequence() === sequence);
  return approved === undefined ? undefined : (approved.getSource()?.getLocalPackage()?.getPackageId() ?? '');
}

/** Which organisations have approved exactly this definition, as the peer sees it. */
export async function approvals(client: PeerClient, channel: string, definition: ChaincodeConfig): Promise<ReadonlyMap<string, boolean>> {
  const args = definitionInto(new peer.lifecycle.CheckCommitReadinessArgs(), definition);
  const payload = await client.call({ channel, chaincode: LIFECYCLE, args: ['CheckCommitReadiness', args.serializeBinary()] });
  return new Map(peer.lifecycle.CheckCommitReadinessResult.deserializeBinary(payload).getApprovalsMap().getEntryList());
}

/** The one argument of `ApproveChaincodeDefinitionForMyOrg`; no package where the organisation does not run the chaincode. */
export function approveArgument(definition: ChaincodeConfig, packageId: string | undefined): Uint8Array {
  const args = definitionInto(new peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), definition);
  const source = new peer.lifecycle.ChaincodeSource();
  if (packageId === undefined) {
    source.setUnavailable(new peer.lifecycle.ChaincodeSource.Unavailable());
  } else {
    const local = new peer.lifecycle.ChaincodeSource.Local();
    local.setPackageId(packageId);
    source.setLocalPackage(local);
  }
  args.setSource(source);
  return args.serializeBinary();
}

/** The one argument of `CommitChaincodeDefinition`. */
export function commitArgument(definition: ChaincodeConfig): Uint8Array {
  return definitionInto(new peer.lifecycle.CommitChaincodeDefinitionArgs(), definition).serializeBinary();
}

/** True where a committed definition says what the configuration says. */
export function isAsConfigured(committed: CommittedDefinition, definition: ChaincodeConfig): boolean {
  return (
    committed.version === definition.version &&
    committed.initRequired === (definition.initRequired ?? false) &&
    Buffer.from(committed.validationParameter).equals(validationParameter(definition)) &&
    Buffer.from(committed.collections).equals(collectionBytes(collections(definition)))
  );
}

/** The setters that all messages about a definition share. */
interface DefinitionMessage {
  setName(value: string): void;
  setVersion(value: string): void;
  setSequence(value: number): void;
  setEndorsementPlugin(value: string): void;
  setValidationPlugin(value: string): void;
  setInitRequired(value: boolean): void;
  setValidationParameter(value: Uint8Array): void;
  setCollections(value?: peer.CollectionConfigPackage): void;
}

function definitionInto<Message extends DefinitionMessage>(message: Message, definition: ChaincodeConfig): Message {
  message.setName(definition.name);
  message.setVersion(definition.version);
  message.setSequence(definition.sequence);
  message.setEndorsementPlugin('escc');
  message.setValidationPlugin('vscc');
  message.setInitRequired(definition.initRequired ?? false);
  message.setValidationParameter(validationParameter(definition));
  message.setCollections(collections(definition));
  return message;
}

function validationParameter({ endorsementPolicy }: ChaincodeConfig): Uint8Array {
  return encodeApplicationPolicy(endorsementPolicy).serializeBinary();
}

function collections(definition: ChaincodeConfig): peer.CollectionConfigPackage | undefined {
  if (definition.collections.length === 0) return undefined;
  const all = new peer.CollectionConfigPackage();
  for (const configured of definition.collections) {
    const item = new peer.CollectionConfig();
    item.setStaticCollectionConfig(collection(configured));
    all.addConfig(item);
  }
  return all;
}

function collection(configured: CollectionConfig): peer.StaticCollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  members.setSignaturePolicy(encodePolicy(parsePolicy(configured.policy)));
  const encoded = new peer.StaticCollectionConfig();
  encoded.setName(configured.name);
  encoded.setMemberOrgsPolicy(members);
  encoded.setRequiredPeerCount(configured.requiredPeerCount);
  encoded.setMaximumPeerCount(configured.maxPeerCount);
  encoded.setBlockToLive(configured.blockToLive);
  encoded.setMemberOnlyRead(configured.memberOnlyRead);
  encoded.setMemberOnlyWrite(configured.memberOnlyWrite);
  const endorsement = configured.endorsementPolicy?.signaturePolicy ?? configured.endorsementPolicy?.channelConfigPolicy;
  if (endorsement !== undefined) encoded.setEndorsementPolicy(encodeApplicationPolicy(endorsement));
  return encoded;
}

function collectionBytes(all: peer.CollectionConfigPackage | undefined): Uint8Array {
  return all?.serializeBinary() ?? new Uint8Array();
}
