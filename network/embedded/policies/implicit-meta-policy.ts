import { common } from '@hyperledger/fabric-protos';
import { mergePolicies } from './merged-policy.js';
import type { Policy, PrincipalHolder } from './policy.js';
import { PolicyError } from './policy-error.js';

const { Rule } = common.ImplicitMetaPolicy;
/** `MAJORITY Endorsement` and its like. */
const TEXT = /^(ANY|ALL|MAJORITY) ([A-Za-z]+)$/;

/** A rule that counts the groups one level below whose policy of a given name is met: any, all, or a majority. */
export class ImplicitMetaPolicy implements Policy {
  private readonly threshold: number;

  constructor(
    private readonly definition: common.ImplicitMetaPolicy,
    private readonly subPolicies: readonly Policy[],
  ) {
    this.threshold = thresholdOf(definition.getRule(), subPolicies.length);
  }

  isSatisfiedBy(signers: readonly PrincipalHolder[]): boolean {
    return this.met(signers) >= this.threshold;
  }

  refusal(signers: readonly PrincipalHolder[]): string {
    return `implicit policy evaluation failed - ${this.met(signers)} sub-policies were satisfied, but this policy requires ${this.threshold} of the '${this.definition.getSubPolicy()}' sub-policies to be satisfied`;
  }

  toSignaturePolicy(): common.SignaturePolicyEnvelope {
    return mergePolicies(this.threshold, this.subPolicies);
  }

  private met(signers: readonly PrincipalHolder[]): number {
    return this.subPolicies.filter((policy) => policy.isSatisfiedBy(signers)).length;
  }
}

/** Encodes `MAJORITY Endorsement` and its like; throws POLICY_SYNTAX. */
export function encodeImplicitMeta(text: string): common.ImplicitMetaPolicy {
  const match = TEXT.exec(text);
  if (match === null) {
    throw new PolicyError('POLICY_SYNTAX', `expected two space separated tokens, but got '${text}'`);
  }
  const [, rule = '', subPolicy = ''] = match;
  const policy = new common.ImplicitMetaPolicy();
  policy.setRule(Rule[rule as keyof typeof Rule]);
  policy.setSubPolicy(subPolicy);
  return policy;
}

function thresholdOf(rule: number, groups: number): number {
  if (groups === 0) {
    return 0;
  }
  switch (rule) {
    case Rule.ALL:
      return groups;
    case Rule.MAJORITY:
      return Math.floor(groups / 2) + 1;
    default:
      return 1;
  }
}
