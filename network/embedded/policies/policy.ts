import type { common, msp } from '@hyperledger/fabric-protos';

/** Whoever can be asked whether it matches a principal: an identity, or an organisation's peer in a plan. */
export interface PrincipalHolder {
  satisfies(principal: msp.MSPPrincipal): boolean;
}

/** A rule about who has to sign. */
export interface Policy {
  /** True where these signers meet the rule. They are distinct and their signatures are verified already. */
  isSatisfiedBy(signers: readonly PrincipalHolder[]): boolean;
  /** Why they do not, in Fabric's words; to be asked only of signers that do not. */
  refusal(signers: readonly PrincipalHolder[]): string;
  /** The same rule as one signature policy, for plans and for readers outside; throws POLICY_INVALID. */
  toSignaturePolicy(): common.SignaturePolicyEnvelope;
}
