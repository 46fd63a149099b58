/** Why identities could not be issued, read or trusted. */
export type IdentityErrorCode =
  | 'CERTIFICATE_FOREIGN'
  | 'IDENTITY_NOT_FOUND'
  | 'MSP_FOLDER_INVALID'
  | 'MSP_CONFIGURATION_INVALID'
  | 'MSP_UNKNOWN'
  | 'IDENTITY_MALFORMED'
  | 'IDENTITY_UNTRUSTED'
  | 'IDENTITY_REVOKED'
  | 'IDENTITY_UNCLASSIFIED'
  | 'SIGNATURE_INVALID'
  | 'PRINCIPAL_NOT_SATISFIED';

/** An error of this folder; `message` is worded as Fabric words it where Fabric has the same refusal. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';

  constructor(
    readonly code: IdentityErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
