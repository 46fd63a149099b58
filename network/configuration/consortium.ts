/** What the consortium agrees on, as read from a file of `fabric-config` (YAML or JSON); no organisation is named in code. */

export interface ConsortiumConfig {
  readonly channel: string;
  readonly organisations: readonly OrganisationConfig[];
  readonly chaincodes: readonly ChaincodeConfig[];
  readonly ordering: OrderingConfig;
}

export interface OrganisationConfig {
  /** Short name for people and folders, for example `hospital`. */
  readonly name: string;
  readonly mspId: string;
  /** DNS domain, the folder name under `organizations/peerOrganizations`. */
  readonly domain: string;
  /** Enrolled identities besides the `Admin`; attributes go into the certificate's Fabric extension (1.2.3.4.5.6.7.8.1). */
  readonly users: readonly UserConfig[];
  readonly peers: number;
}

export interface UserConfig {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ChaincodeConfig {
  readonly name: string;
  readonly version: string;
  readonly sequence: number;
  /**
   * A signature policy in Fabric's syntax, for example `AND('InsurerMSP.peer','HospitalMSP.peer')`, or the path of a
   * channel policy, for example `/Channel/Application/Endorsement` (a majority of the organisations).
   */
  readonly endorsementPolicy: string;
  /** As in the collection configuration files of Fabric's own tools. */
  readonly collections: readonly CollectionConfig[];
  /** True where it has to be called as init once per version before it is used; false where omitted. */
  readonly initRequired?: boolean;
  /** MSP ids whose peers run it; all where omitted. */
  readonly installedAt?: readonly string[];
}

export interface CollectionConfig {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount: number;
  readonly maxPeerCount: number;
  readonly blockToLive: number;
  readonly memberOnlyRead: boolean;
  readonly memberOnlyWrite: boolean;
  readonly endorsementPolicy?: { readonly signaturePolicy?: string; readonly channelConfigPolicy?: string };
}

export interface OrderingConfig {
  readonly maxMessageCount: number;
  readonly preferredMaxBytes: number;
  /** Milliseconds after the first waiting transaction at which a block is cut. */
  readonly batchTimeoutMs: number;
}
