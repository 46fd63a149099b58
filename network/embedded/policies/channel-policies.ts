import { common } from '@hyperledger/fabric-protos';
import { ImplicitMetaPolicy } from './implicit-meta-policy.js';
import type { Policy } from './policy.js';
import { PolicyError } from './policy-error.js';
import { SignaturePolicy } from './signature-policy.js';

const { PolicyType } = common.Policy;
const ROOT = '/Channel';

/** The policies of one version of the channel configuration, by path such as `/Channel/Application/Endorsement`. */
export class ChannelPolicies {
  private readonly policies = new Map<string, Policy>();

  /** Throws POLICY_INVALID where a policy does not compile. */
  constructor(config: common.Config) {
    const root = config.getChannelGroup();
    if (root !== undefined) {
      this.add(ROOT, root);
    }
  }

  /** The policy at an absolute path, or at one relative to `/Channel/Application`; undefined where there is none. */
  find(path: string): Policy | undefined {
    return this.policies.get(path.startsWith('/') ? path : `${ROOT}/Application/${path}`);
  }

  /** The policy at a path; one that is not defined refuses everything, as in Fabric. */
  get(path: string): Policy {
    return this.find(path) ?? new NoSuchPolicy(path);
  }

  private add(path: string, group: common.ConfigGroup): void {
    const subgroups = [...group.getGroupsMap().entries()].map(([name]) => name);
    for (const [name, subgroup] of group.getGroupsMap().entries()) {
      this.add(`${path}/${name}`, subgroup);
    }
    for (const [name, entry] of group.getPoliciesMap().entries()) {
      this.policies.set(`${path}/${name}`, this.compile(`${path}/${name}`, entry.getPolicy(), subgroups.map((subgroup) => `${path}/${subgroup}`)));
    }
  }

  private compile(path: string, policy: common.Policy | undefined, subgroups: readonly string[]): Policy {
    switch (policy?.getType()) {
      case PolicyType.SIGNATURE:
        return new SignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(policy.getValue_asU8()));
      case PolicyType.IMPLICIT_META: {
        const definition = common.ImplicitMetaPolicy.deserializeBinary(policy.getValue_asU8());
        return new ImplicitMetaPolicy(definition, subgroups.map((subgroup) => this.get(`${subgroup}/${definition.getSubPolicy()}`)));
      }
      case undefined:
      default:
        throw new PolicyError('POLICY_INVALID', `policy ${path} has unknown policy type: ${policy?.getType() ?? 'none'}`);
    }
  }
}

class NoSuchPolicy implements Policy {
  constructor(private readonly path: string) {}

  isSatisfiedBy(): boolean {
    return false;
  }

  refusal(): string {
    return `no such policy: '${this.path}'`;
  }

  toSignaturePolicy(): common.SignaturePolicyEnvelope {
    throw new PolicyError('POLICY_UNKNOWN', `no such policy: '${this.path}'`);
  }
}
