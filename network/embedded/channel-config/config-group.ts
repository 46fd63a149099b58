import { common } from '@hyperledger/fabric-protos';
import { encodeImplicitMeta, encodePolicy, parsePolicy } from '../policies/index.js';

/** Anything that serialises, which is all that a configuration value is. */
export interface Serializable {
  serializeBinary(): Uint8Array;
}

/** Whoever satisfies this policy of the same group may change an element. */
const MOD_POLICY = 'Admins';

/** What a group of the channel configuration holds. */
export interface GroupContent {
  readonly policies: Readonly<Record<string, common.Policy>>;
  readonly values: Readonly<Record<string, Serializable>>;
  readonly groups?: Readonly<Record<string, common.ConfigGroup>>;
}

/** Builds a group whose every element may be changed by its `Admins`. */
export function configGroup({ policies, values, groups = {} }: GroupContent): common.ConfigGroup {
  const group = new common.ConfigGroup();
  group.setModPolicy(MOD_POLICY);
  for (const [name, policy] of Object.entries(policies)) {
    const entry = new common.ConfigPolicy();
    entry.setModPolicy(MOD_POLICY);
    entry.setPolicy(policy);
    group.getPoliciesMap().set(name, entry);
  }
  for (const [name, value] of Object.entries(values)) {
    const entry = new common.ConfigValue();
    entry.setModPolicy(MOD_POLICY);
    entry.setValue(value.serializeBinary());
    group.getValuesMap().set(name, entry);
  }
  for (const [name, subgroup] of Object.entries(groups)) {
    group.getGroupsMap().set(name, subgroup);
  }
  return group;
}

/** A policy in Fabric's signature policy syntax. */
export function signaturePolicy(text: string): common.Policy {
  return policy(common.Policy.PolicyType.SIGNATURE, encodePolicy(parsePolicy(text)));
}

/** A policy such as `MAJORITY Endorsement`. */
export function implicitMetaPolicy(text: string): common.Policy {
  return policy(common.Policy.PolicyType.IMPLICIT_META, encodeImplicitMeta(text));
}

/** `V2_5` and its like: what every node of the channel must understand. */
export function capabilities(...names: readonly string[]): common.Capabilities {
  const result = new common.Capabilities();
  names.forEach((name) => result.getCapabilitiesMap().set(name, new common.Capability()));
  return result;
}

function policy(type: number, value: Serializable): common.Policy {
  const result = new common.Policy();
  result.setType(type);
  result.setValue(value.serializeBinary());
  return result;
}
