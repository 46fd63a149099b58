/** Where a node finds its identity and keeps its data, on the host that it runs on; absolute paths. */
export interface NodeFiles {
  readonly msp: string;
  readonly tlsCertificate: string;
  readonly tlsKey: string;
  readonly tlsCaCertificate: string;
  /** The ledger and everything else that must survive a restart. */
  readonly data: string;
}
