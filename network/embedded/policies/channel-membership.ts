import type { common } from '@hyperledger/fabric-protos';
import { type MspIdentity, MspRegistry } from '../../identities/index.js';
import { readApplicationPolicy, readKeyPolicy } from './application-policy.js';
import { ChannelPolicies } from './channel-policies.js';
import { endorsementPlans, satisfiedByPeers } from './endorsement-plan.js';
import type { Policy } from './policy.js';
import { PolicyError } from './policy-error.js';
import { type Signed, verifiedSigners, type Verifier } from './signature-set.js';
import { VerifiedSignatures } from './verified-signatures.js';

/** Compiled policies are few (chaincodes, collections, kinds of keys); a chaincode that makes many gets them compiled anew. */
const COMPILED_POLICIES = 10_000;

/** Identities and policies of one version of the channel configuration; a new version is a new object. */
export class ChannelMembership implements Verifier {
  readonly registry: MspRegistry;
  readonly policies: ChannelPolicies;
  private readonly verified = new VerifiedSignatures(20_000);
  private readonly compiled = new Map<string, Policy>();

  /** Throws MSP_CONFIGURATION_INVALID or POLICY_INVALID. */
  constructor(readonly config: common.Config) {
    this.registry = MspRegistry.fromChannelConfig(config);
    this.policies = new ChannelPolicies(config);
  }

  /** Throws MSP_UNKNOWN, IDENTITY_MALFORMED or IDENTITY_UNTRUSTED; does not look at revocation or classification. */
  identity(serialized: Uint8Array): MspIdentity {
    return this.registry.deserialize(serialized);
  }

  /** Throws SIGNATURE_INVALID unless the signature is the identity's; remembers what it has verified. */
  verify(identity: MspIdentity, signed: Signed): void {
    if (!this.verified.has(identity.id, signed)) {
      identity.verify(signed.data, signed.signature);
      this.verified.add(identity.id, signed);
    }
  }

  /** Throws POLICY_NOT_SATISFIED with Fabric's reason where the signatures do not meet a channel policy. */
  checkPolicy(path: string, signatures: readonly Signed[]): void {
    this.check(this.policies.get(path), signatures);
  }

  /** The same for a serialised `peer.ApplicationPolicy`; also throws POLICY_INVALID and POLICY_UNKNOWN. */
  checkApplicationPolicy(policy: Uint8Array, signatures: readonly Signed[]): void {
    this.check(this.applicationPolicy(policy), signatures);
  }

  /** The same for a key-level policy (a bare `common.SignaturePolicyEnvelope`). */
  checkKeyPolicy(policy: Uint8Array, signatures: readonly Signed[]): void {
    this.check(this.keyPolicy(policy), signatures);
  }

  /** Whether one peer of each of these organisations satisfies a serialised `peer.ApplicationPolicy`. */
  satisfiedByPeers(policy: Uint8Array, mspIds: readonly string[]): boolean {
    return satisfiedByPeers([this.applicationPolicy(policy)], mspIds);
  }

  /**
   * Which organisations to ask so that all of these policies are met; see `endorsementPlans`. Preferred ones first in
   * `available`.
   */
  endorsementPlans(policies: PolicyBytes, available: readonly string[]): readonly (readonly string[])[] {
    const { application = [], key = [] } = policies;
    return endorsementPlans([...application.map((bytes) => this.applicationPolicy(bytes)), ...key.map((bytes) => this.keyPolicy(bytes))], available);
  }

  private check(policy: Policy, signatures: readonly Signed[]): void {
    const signers = verifiedSigners(signatures, this);
    if (!policy.isSatisfiedBy(signers)) {
      throw new PolicyError('POLICY_NOT_SATISFIED', policy.refusal(signers));
    }
  }

  private applicationPolicy(bytes: Uint8Array): Policy {
    return this.compile(`application ${Buffer.from(bytes).toString('base64')}`, () => readApplicationPolicy(bytes, this.policies));
  }

  private keyPolicy(bytes: Uint8Array): Policy {
    return this.compile(`key ${Buffer.from(bytes).toString('base64')}`, () => readKeyPolicy(bytes));
  }

  private compile(key: string, read: () => Policy): Policy {
    let policy = this.compiled.get(key);
    if (policy === undefined) {
      policy = read();
      if (this.compiled.size >= COMPILED_POLICIES) {
        this.compiled.clear();
      }
      this.compiled.set(key, policy);
    }
    return policy;
  }
}

/** Serialised policies of a transaction: `peer.ApplicationPolicy` of chaincodes and collections, key-level ones of keys. */
export interface PolicyBytes {
  readonly application?: readonly Uint8Array[];
  readonly key?: readonly Uint8Array[];
}
