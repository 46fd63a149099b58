import type { ChaincodeConfig, ConsortiumConfig } from '@medaccord/network/configuration';
import type { SigningIdentity, UserRequest } from '@medaccord/network/identities';

/** How clients reach an organisation's peer. */
export interface PeerAddress {
  /** `host:port`. */
  readonly endpoint: string;
  /** PEM. */
  readonly tlsCaCert: string;
}

/** Where a peer finds a chaincode server; TLS with PEM texts. */
export interface ChaincodeServerAddress {
  readonly address: string;
  readonly tls?: { readonly rootCertificates: string; readonly client?: { readonly key: string; readonly certificate: string } };
}

/** What not every network can be made to do. A behaviour that needs it is skipped where it is missing, with this word as the reason. */
export type Capability = 'lag' | 'lose-private-data' | 'short-execute-timeout';

/** A running network, embedded or real, as far as the behaviours need it. */
export interface NetworkUnderTest {
  readonly kind: 'embedded' | 'fabric';
  readonly capabilities: ReadonlySet<Capability>;
  /** Holds `peerOrganizations`. */
  readonly organizationsPath: string;
  /** How long a chaincode may work on a transaction. */
  readonly executeTimeoutMs: number;
  peer(mspId: string): PeerAddress;
  /** The id under which a chaincode's servers must register. */
  packageId(chaincode: ChaincodeConfig): string;
  /** Tells an organisation's peer where a chaincode is served. */
  setChaincodeAddress(mspId: string, chaincode: string, address: ChaincodeServerAddress): Promise<void>;
  /** A user of the configuration, or `Admin`. */
  user(mspId: string, name: string): Promise<SigningIdentity>;
  /** The identity that the organisation's peer endorses with. */
  node(mspId: string): Promise<SigningIdentity>;
  /** Issues one more identity of the organisation. */
  issue(mspId: string, request: UserRequest): Promise<SigningIdentity>;
  /** Revokes an identity; resolves when the channel refuses it. */
  revoke(mspId: string, name: string): Promise<void>;
  /** Commits the next sequence of a chaincode's definition; resolves when every peer has it. */
  updateDefinition(chaincode: ChaincodeConfig): Promise<void>;
  /** The organisation's peer is down until it is started again. */
  stopPeer(mspId: string): Promise<void>;
  startPeer(mspId: string): Promise<void>;
  /** Capability `lag`: the organisation's peer commits nothing until it is resumed. */
  pause(mspId: string): Promise<void>;
  resume(mspId: string): Promise<void>;
  /** Capability `lose-private-data`: the organisation's peer gets no private data of later blocks, until told otherwise. */
  losePrivateData(mspId: string, lose: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Starts networks of one kind. */
export interface NetworkProvider {
  readonly kind: NetworkUnderTest['kind'];
  /** The chaincodes are defined then, but nowhere served yet. */
  start(options: { readonly config: ConsortiumConfig; readonly directory: string }): Promise<NetworkUnderTest>;
}
