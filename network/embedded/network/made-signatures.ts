import type { MspIdentity } from '../../identities/index.js';
import type { SignedData } from '../membership.js';
import { ChannelMembership } from '../policies/index.js';

/** Larger messages are verified like anybody's: keeping them would cost more than a verification. */
const KEPT_BYTES = 16 * 1024;
const KEPT_SIGNATURES = 4000;

/**
 * Endorsements that this process has just made: they come back in a block within moments and need not be verified.
 * Kept with message and identity, so that only the very same triple is taken on trust.
 */
export class MadeSignatures {
  readonly #made = new Map<string, SignedData>();

  remember(signed: SignedData): void {
    if (signed.data.length > KEPT_BYTES) return;
    this.#made.set(keyOf(signed.signature), signed);
    if (this.#made.size <= KEPT_SIGNATURES) return;
    const [oldest] = this.#made.keys();
    if (oldest !== undefined) this.#made.delete(oldest);
  }

  has({ data, identity, signature }: SignedData): boolean {
    const made = this.#made.get(keyOf(signature));
    return made !== undefined && Buffer.compare(made.data, data) === 0 && Buffer.compare(made.identity, identity) === 0;
  }
}

/** A version of the channel's configuration that trusts the signatures which this process made. */
export class LocalMembership extends ChannelMembership {
  constructor(
    config: ConstructorParameters<typeof ChannelMembership>[0],
    private readonly made: MadeSignatures,
  ) {
    super(config);
  }

  override verify(identity: MspIdentity, signed: SignedData): void {
    if (!this.made.has(signed)) super.verify(identity, signed);
  }
}

function keyOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
}
