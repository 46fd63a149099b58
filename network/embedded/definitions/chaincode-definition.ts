import { peer } from '@hyperledger/fabric-protos';
import type { common } from '@hyperledger/fabric-protos';

/** The namespace of chaincode definitions. */
export const LIFECYCLE = '_lifecycle';

/** A chaincode as the channel has committed it. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly sequence: number;
  readonly version: string;
  readonly endorsementPlugin: string;
  readonly initRequired: boolean;
  readonly validationPlugin: string;
  /** Serialised `peer.ApplicationPolicy`: who must endorse. */
  readonly endorsementPolicy: Uint8Array;
  readonly collections: readonly peer.StaticCollectionConfig[];
}

const IMPLICIT_PREFIX = '_implicit_org_';

/** The organisation that an implicit collection belongs to; undefined for other collections. */
export function implicitCollectionOwner(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX) ? collection.slice(IMPLICIT_PREFIX.length) : undefined;
}

/** The collection that every chaincode has for an organisation without defining it. */
export function implicitCollection(mspId: string): string {
  return `${IMPLICIT_PREFIX}${mspId}`;
}

/** The id under which a chaincode server registers in this network, where Fabric uses the hash of the package. */
export function packageId(definition: Pick<ChaincodeDefinition, 'name' | 'version'>): string {
  return `${definition.name}:${definition.version}`;
}

/** A signature policy as chaincode definitions carry it. */
export function signaturePolicy(envelope: common.SignaturePolicyEnvelope): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setSignaturePolicy(envelope);
  return policy.serializeBinary();
}

/** A reference to a policy of the channel's configuration, for example `/Channel/Application/Endorsement`. */
export function channelPolicyReference(path: string): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  policy.setChannelConfigPolicyReference(path);
  return policy.serializeBinary();
}
