/** A transaction that must not take effect, with the code that the block records. */
export class InvalidTransaction extends Error {
  override readonly name = 'InvalidTransaction';

  constructor(
    /** `peer.TxValidationCode`. */
    readonly code: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs a step whose failure, whatever it is, means one code. */
export function orInvalid<T>(code: number, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw new InvalidTransaction(code, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
