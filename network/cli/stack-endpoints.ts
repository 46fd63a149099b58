/** Where the parts of a running stack are reached; written to `endpoints.json` for people and their tools. */
export interface StackEndpoints {
  readonly network: 'embedded' | 'fabric';
  readonly channel: string;
  readonly identityProvider: string;
  /** By organisation name, for example `hospital`. */
  readonly gateways: Readonly<Record<string, GatewayEndpoint>>;
  /** By MSP id: one peer of each organisation, the one that its gateway uses. */
  readonly peers: Readonly<Record<string, PeerEndpoint>>;
  /** MSP folders in the layout of Fabric's own tools. */
  readonly organizationsPath: string;
}

export interface GatewayEndpoint {
  readonly mspId: string;
  readonly url: string;
}

export interface PeerEndpoint {
  /** `host:port` of the peer's gRPC service. */
  readonly endpoint: string;
  /** PEM file of the authority of the peer's TLS certificate. */
  readonly tlsCaFile: string;
}
