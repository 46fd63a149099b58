import type { MspIdentity, MspRegistry } from '../identities/index.js';
import type { ChannelMembership, PolicyBytes, Signed } from './policies/index.js';

/** Something signed: a proposal by its creator, a transaction by its submitter, a result by an endorser. */
export type SignedData = Signed;

/**
 * The few questions that gateway, endorser, deliver and validation ask of the channel's identities and policies,
 * answered by the configuration that is in force.
 */
export class Membership {
  constructor(private current: ChannelMembership) {}

  /** Puts another version of the channel's configuration in force. */
  use(version: ChannelMembership): void {
    this.current = version;
  }

  get registry(): MspRegistry {
    return this.current.registry;
  }

  get configuration(): ChannelMembership['config'] {
    return this.current.config;
  }

  /** Number of the configuration's version: access that was granted under an older one is checked again. */
  get sequence(): number {
    return this.current.config.getSequence();
  }

  /** Throws where the organisation is unknown or the certificate is not its own; does not validate. */
  identity(serialized: Uint8Array): MspIdentity {
    return this.current.identity(serialized);
  }

  /** Throws unless the signature is the identity's; remembers what it has verified. */
  verify(identity: MspIdentity, signed: SignedData): void {
    this.current.verify(identity, signed);
  }

  /** Throws with Fabric's reason where the signatures do not satisfy the channel policy (`/Channel/Application/Writers`). */
  checkPolicy(path: string, signatures: readonly SignedData[]): void {
    this.current.checkPolicy(path, signatures);
  }

  /** Evaluates a serialised `peer.ApplicationPolicy` (signature policy or reference); throws with the reason. */
  checkApplicationPolicy(policy: Uint8Array, signatures: readonly SignedData[]): void {
    this.current.checkApplicationPolicy(policy, signatures);
  }

  /** Evaluates a key-level policy, a bare `SignaturePolicyEnvelope`; throws with the reason. */
  checkKeyPolicy(policy: Uint8Array, signatures: readonly SignedData[]): void {
    this.current.checkKeyPolicy(policy, signatures);
  }

  /** Whether these organisations' peers together satisfy a serialised `peer.ApplicationPolicy`. */
  satisfiedByPeers(policy: Uint8Array, mspIds: readonly string[]): boolean {
    return this.current.satisfiedByPeers(policy, mspIds);
  }

  /** Smallest sets of these organisations whose peers satisfy all of the policies; preferred organisations first. */
  endorsementPlans(policies: PolicyBytes, available: readonly string[]): readonly (readonly string[])[] {
    return this.current.endorsementPlans(policies, available);
  }
}
