/** Why a policy could not be read or was not met. */
export type PolicyErrorCode = 'POLICY_SYNTAX' | 'POLICY_INVALID' | 'POLICY_UNKNOWN' | 'POLICY_NOT_SATISFIED';

/** An error of this folder; `message` is worded as Fabric words it where Fabric has the same refusal. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(
    readonly code: PolicyErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
