import type { MspIdentity } from '../../identities/index.js';

/** A signature with the message and who is said to have made it. */
export interface Signed {
  readonly data: Uint8Array;
  /** `msp.SerializedIdentity`. */
  readonly identity: Uint8Array;
  readonly signature: Uint8Array;
}

/** How identities are read and signatures verified; see `MspRegistry`. */
export interface Verifier {
  identity(serialized: Uint8Array): MspIdentity;
  verify(identity: MspIdentity, signed: Signed): void;
}

/**
 * The distinct identities that really signed. Unknown identities, repetitions and wrong signatures are left out, not
 * errors: whether the rest suffices is the policy's question.
 */
export function verifiedSigners(signatures: readonly Signed[], verifier: Verifier): readonly MspIdentity[] {
  const signers = new Map<string, MspIdentity>();
  for (const signed of signatures) {
    const signer = verifiedSigner(signed, verifier, signers);
    if (signer !== undefined) {
      signers.set(keyOf(signer), signer);
    }
  }
  return [...signers.values()];
}

function verifiedSigner(signed: Signed, verifier: Verifier, known: ReadonlyMap<string, MspIdentity>): MspIdentity | undefined {
  try {
    const identity = verifier.identity(signed.identity);
    // Short cut: one good signature is enough.
    if (known.has(keyOf(identity))) {
      return undefined;
    }
    verifier.verify(identity, signed);
    return identity;
  } catch {
    return undefined;
  }
}

function keyOf(identity: MspIdentity): string {
  return `${identity.mspId} ${identity.id}`;
}
