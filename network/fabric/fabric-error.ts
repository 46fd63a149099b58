/** Why something on a Fabric network could not be done. */
export type FabricErrorCode =
  | 'BINARIES_NOT_FOUND'
  | 'VERSION_UNEXPECTED'
  | 'PLATFORM_UNSUPPORTED'
  | 'DOWNLOAD_FAILED'
  | 'ARCHIVE_MISMATCH'
  | 'TOPOLOGY_INVALID'
  | 'CONFIGURATION_INVALID'
  | 'CONFIGURATION_UNCHANGED'
  | 'PROCESS_FAILED'
  | 'NODE_REFUSED'
  | 'NOT_READY_IN_TIME'
  | 'ORDERER_REFUSED'
  | 'ORDERER_UNREACHABLE'
  | 'PEER_REFUSED'
  | 'CHAINCODE_UNKNOWN'
  | 'CA_REFUSED'
  | 'BACKUP_DAMAGED';

/** An error of this folder; `message` says what to do where the operator can do something. */
export class FabricError extends Error {
  override readonly name = 'FabricError';

  constructor(
    readonly code: FabricErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
