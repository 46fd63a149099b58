/** Where an organisation's peer reaches a chaincode server; TLS as in Fabric's `connection.json`. */
export interface ChaincodeAddress {
  /** `host:port`; with TLS the host must be a name in the server's certificate. */
  readonly address: string;
  readonly tls?: ChaincodeTls;
}

export interface ChaincodeTls {
  /** PEM of the authorities that may have issued the server's certificate. */
  readonly rootCertificates: string;
  /** Client key and certificate (PEM), where the server asks for them. */
  readonly client?: { readonly key: string; readonly certificate: string };
}
