import { common } from '@hyperledger/fabric-protos';
import { FabricError } from '../fabric-error.js';

/**
 * What changes between two configurations of a channel, as orderers take it: a read set that names the versions which the
 * change builds on, and a write set with the next versions of what changes. A group whose members come or go, or whose own
 * rule changes, lists all of its members; any other group lists only what changed. Throws CONFIGURATION_UNCHANGED.
 */
export function configurationDelta(channel: string, original: common.Config, updated: common.Config): common.ConfigUpdate {
  const [before, after] = [original.getChannelGroup(), updated.getChannelGroup()];
  if (before === undefined || after === undefined) {
    throw new FabricError('CONFIGURATION_INVALID', 'a configuration without a channel group describes no channel');
  }
  const { readSet, writeSet, changed } = groupDelta(before, after);
  if (!changed) throw new FabricError('CONFIGURATION_UNCHANGED', `the configuration of ${channel} is already as wanted`);
  const update = new common.ConfigUpdate();
  update.setChannelId(channel);
  update.setReadSet(readSet);
  update.setWriteSet(writeSet);
  return update;
}

interface GroupDelta {
  readonly readSet: common.ConfigGroup;
  readonly writeSet: common.ConfigGroup;
  readonly changed: boolean;
}

/** One kind of a group's members: its policies, its values or its groups. */
interface MemberDelta<Member> {
  readonly read: Map<string, Member>;
  readonly written: Map<string, Member>;
  /** Members that stay as they are, by version alone. */
  readonly same: Map<string, Member>;
  /** True where a member came or went. */
  readonly membership: boolean;
}

function groupDelta(before: common.ConfigGroup, after: common.ConfigGroup): GroupDelta {
  const policies = elementDelta(entries(before.getPoliciesMap()), entries(after.getPoliciesMap()), policyRules);
  const values = elementDelta(entries(before.getValuesMap()), entries(after.getValuesMap()), valueRules);
  const groups = subgroupDelta(entries(before.getGroupsMap()), entries(after.getGroupsMap()));
  const members = [policies, values, groups] as const;
  const whole = members.some(({ membership }) => membership) || before.getModPolicy() !== after.getModPolicy();
  const changed = whole || members.some(({ read, written }) => read.size + written.size > 0);
  const readSet = new common.ConfigGroup();
  readSet.setVersion(before.getVersion());
  const writeSet = new common.ConfigGroup();
  writeSet.setVersion(before.getVersion() + (whole ? 1 : 0));
  if (whole) writeSet.setModPolicy(after.getModPolicy());
  if (changed) fill(readSet, writeSet, { policies, values, groups }, whole);
  return { readSet, writeSet, changed };
}

interface Members {
  readonly policies: MemberDelta<common.ConfigPolicy>;
  readonly values: MemberDelta<common.ConfigValue>;
  readonly groups: MemberDelta<common.ConfigGroup>;
}

function fill(readSet: common.ConfigGroup, writeSet: common.ConfigGroup, { policies, values, groups }: Members, whole: boolean): void {
  copy(policies, whole, readSet.getPoliciesMap(), writeSet.getPoliciesMap());
  copy(values, whole, readSet.getValuesMap(), writeSet.getValuesMap());
  copy(groups, whole, readSet.getGroupsMap(), writeSet.getGroupsMap());
}

function copy<Member>({ read, written, same }: MemberDelta<Member>, whole: boolean, readSet: Target<Member>, writeSet: Target<Member>): void {
  const unchanged = whole ? [...same] : [];
  for (const [name, member] of [...read, ...unchanged]) readSet.set(name, member);
  for (const [name, member] of [...written, ...unchanged]) writeSet.set(name, member);
}

interface Target<Member> {
  set(name: string, member: Member): unknown;
}

/** How to compare and copy an element that holds no others. */
interface ElementRules<Element> {
  readonly equal: (one: Element, other: Element) => boolean;
  /** The element with this version, and with its content or without. */
  readonly versioned: (element: Element, version: number, content: 'whole' | 'version-only') => Element;
}

const policyRules: ElementRules<common.ConfigPolicy> = {
  equal: (one, other) => one.getModPolicy() === other.getModPolicy() && sameBytes(one.getPolicy()?.serializeBinary(), other.getPolicy()?.serializeBinary()),
  versioned: (policy, version, content) => {
    const copy = new common.ConfigPolicy();
    copy.setVersion(version);
    if (content === 'whole') {
      copy.setModPolicy(policy.getModPolicy());
      copy.setPolicy(policy.getPolicy());
    }
    return copy;
  },
};

const valueRules: ElementRules<common.ConfigValue> = {
  equal: (one, other) => one.getModPolicy() === other.getModPolicy() && sameBytes(one.getValue_asU8(), other.getValue_asU8()),
  versioned: (value, version, content) => {
    const copy = new common.ConfigValue();
    copy.setVersion(version);
    if (content === 'whole') {
      copy.setModPolicy(value.getModPolicy());
      copy.setValue(value.getValue_asU8());
    }
    return copy;
  },
};

function elementDelta<Element extends { getVersion(): number }>(before: ReadonlyMap<string, Element>, after: ReadonlyMap<string, Element>, rules: ElementRules<Element>): MemberDelta<Element> {
  const written = new Map<string, Element>();
  const same = new Map<string, Element>();
  for (const [name, element] of after) {
    const present = before.get(name);
    if (present === undefined) written.set(name, rules.versioned(element, 0, 'whole'));
    else if (rules.equal(present, element)) same.set(name, rules.versioned(present, present.getVersion(), 'version-only'));
    else written.set(name, rules.versioned(element, present.getVersion() + 1, 'whole'));
  }
  return { read: new Map(), written, same, membership: differ(before, after) };
}

function subgroupDelta(before: ReadonlyMap<string, common.ConfigGroup>, after: ReadonlyMap<string, common.ConfigGroup>): MemberDelta<common.ConfigGroup> {
  const [read, written, same] = [new Map<string, common.ConfigGroup>(), new Map<string, common.ConfigGroup>(), new Map<string, common.ConfigGroup>()];
  for (const [name, group] of after) {
    const present = before.get(name);
    const { readSet, writeSet, changed } = groupDelta(present ?? new common.ConfigGroup(), group);
    if (present === undefined) {
      writeSet.setVersion(0);
      writeSet.setModPolicy(group.getModPolicy());
      written.set(name, writeSet);
    } else if (changed) {
      read.set(name, readSet);
      written.set(name, writeSet);
    } else {
      same.set(name, readSet);
    }
  }
  return { read, written, same, membership: differ(before, after) };
}

function differ(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): boolean {
  return before.size !== after.size || [...before.keys()].some((name) => !after.has(name));
}

function entries<Member>(map: { forEach(visit: (member: Member, name: string) => void): void }): ReadonlyMap<string, Member> {
  const found = new Map<string, Member>();
  map.forEach((member, name) => found.set(name, member));
  return found;
}

function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return Buffer.from(one ?? []).equals(Buffer.from(other ?? []));
}
